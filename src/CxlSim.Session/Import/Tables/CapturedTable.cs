using CxlSim.Core;
using CxlSim.Spec.Acpi;

namespace CxlSim.Session;

/// <summary>An ACPI table of a capture.</summary>
/// <param name="Signature">Four letters.</param>
/// <param name="Revision">Of its header.</param>
/// <param name="Bytes">Header included; at least a header, at most as long as it claims.</param>
/// <param name="File">Where it was found.</param>
internal sealed record CapturedTable(string Signature, byte Revision, byte[] Bytes, CaptureFile File)
{
    private const int OemIdOffset = 10;
    private const int OemIdLength = 6;
    private const int OemTableIdLength = 8;

    public SourceLocation Place => File.Line(1);

    public string OemId => Printable(OemIdOffset, OemIdLength);

    public string OemTableId => Printable(OemIdOffset + OemIdLength, OemTableIdLength);

    /// <summary>The records, each with its type; a length that is wrong ends them, and is reported.</summary>
    /// <param name="first">Where the first begins.</param>
    /// <param name="format">How they say type and length.</param>
    /// <param name="findings">Takes what is wrong.</param>
    public IEnumerable<(int Type, ReadOnlyMemory<byte> Bytes)> Records(int first, SubtableFormat format, ImportFindings findings)
    {
        int at = first;
        while (at < Bytes.Length)
        {
            if (!format.TryHead(Bytes.AsSpan(at), out ushort type, out uint length))
            {
                findings.Warn(Cxi.TableForm, Place, $"the record at 0x{at:x} of the {Signature} claims {length} bytes, and {Bytes.Length - at} are left; what follows is not read");
                yield break;
            }

            yield return (type, Bytes.AsMemory(at, (int)length));
            at += (int)length;
        }
    }

    /// <summary>Reads the fixed part of a record; false where it is too short, which is reported.</summary>
    public bool TryRead<T>(ReadOnlyMemory<byte> bytes, ImportFindings findings, out T record)
        where T : unmanaged, IBinaryLayout
    {
        if (BinaryLayout.TryRead(bytes.Span, out record))
        {
            return true;
        }

        findings.Warn(Cxi.TableForm, Place, $"a record of the {Signature} has {bytes.Length} bytes; expected at least {T.SpecSize}");
        return false;
    }

    private string Printable(int offset, int length) =>
        new([.. Bytes.AsSpan(offset, Math.Min(length, AcpiTableHeader.SpecSize - offset)).ToArray().Select(letter => letter is >= 0x20 and < 0x7f ? (char)letter : ' ')]);
}
