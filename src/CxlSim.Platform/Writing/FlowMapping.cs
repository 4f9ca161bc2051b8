using System.Text;

namespace CxlSim.Platform.Writing;

/// <summary>A mapping on one line: <c>{pxm: 0, size: 2GiB}</c>. Keys whose value is null are left out.</summary>
internal sealed class FlowMapping
{
    private readonly StringBuilder _text = new();

    public bool IsEmpty => _text.Length == 0;

    public FlowMapping Add(string key, string? value)
    {
        if (value is not null)
        {
            _text.Append(IsEmpty ? "" : ", ").Append(key).Append(": ").Append(value);
        }

        return this;
    }

    /// <summary>A flag that is false where it is left out.</summary>
    public FlowMapping Flag(string key, bool value) => Add(key, value ? "true" : null);

    /// <summary>A number, left out where it is the usual one or none.</summary>
    public FlowMapping Number(string key, ulong? value, ulong? usual = null) => Add(key, value is { } number && value != usual ? ScalarText.Of(number) : null);

    /// <summary>Likewise, as hexadecimal digits.</summary>
    public FlowMapping Hex(string key, ulong? value, ulong? usual = null) => Add(key, value is { } number && value != usual ? ScalarText.Hex(number) : null);

    public FlowMapping Add(string key, string value, bool isSaid) => Add(key, isSaid ? value : null);

    public override string ToString() => $"{{{_text}}}";
}
