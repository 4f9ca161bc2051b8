using System.Text;
using CxlSim.Core;
using CxlSim.Spec.Acpi;

namespace CxlSim.Kernel;

/// <summary>A device object of the namespace and the names defined in it.</summary>
public sealed class AmlNode(string name)
{
    private readonly Dictionary<string, AmlValue> _names = [];

    public string Name => name;

    public List<AmlNode> Children { get; } = [];

    public void Define(string valueName, AmlValue value) => _names.TryAdd(valueName, value);

    public AmlValue? Value(string valueName) => _names.GetValueOrDefault(valueName);

    public ulong? Integer(string valueName) => Value(valueName)?.Integer;

    /// <summary><c>_HID</c> and then what <c>_CID</c> adds; numbers are EISA ids.</summary>
    public IEnumerable<string> HardwareIds()
    {
        foreach (AmlValue? value in new[] { Value("_HID"), Value("_CID") })
        {
            foreach (AmlValue id in value is null ? [] : value.Items is { } items ? items : [value])
            {
                if (id.Text is { } text)
                {
                    yield return text;
                }
                else if (id.Integer is { } number)
                {
                    yield return AcpiIds.FromEisaId(Bits.Low32(number));
                }
            }
        }
    }

    public override string ToString() => new StringBuilder(name).Append(' ').AppendJoin(',', HardwareIds()).ToString();
}
