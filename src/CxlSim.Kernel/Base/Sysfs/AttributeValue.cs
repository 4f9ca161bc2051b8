using System.Text;
using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>What reading an attribute gives: bytes, or an error.</summary>
public readonly record struct AttributeValue
{
    private AttributeValue(byte[]? bytes, Errno error)
    {
        Bytes = bytes ?? [];
        Error = error;
    }

    public byte[] Bytes { get; }

    public Errno Error { get; }

    /// <summary>The text without the newline at its end.</summary>
    public string Text => Encoding.Latin1.GetString(Bytes).TrimEnd('\n');

    /// <summary>Text as <c>sysfs_emit</c> gives it: with a newline at the end.</summary>
    public static implicit operator AttributeValue(string text) => new(Encoding.Latin1.GetBytes(text + "\n"), Errno.Ok);

    public static implicit operator AttributeValue(Errno error) => new(null, error);

    public static AttributeValue Binary(byte[] bytes) => new(bytes, Errno.Ok);

    /// <summary>Text as it stands, without a newline.</summary>
    public static AttributeValue Raw(string text) => new(Encoding.Latin1.GetBytes(text), Errno.Ok);
}
