using CxlSim.Core;
using CxlSim.Platform;
using CxlSim.Spec.Acpi;

namespace CxlSim.Firmware;

/// <summary>Writes the common header, and length and checksum once the body is there.</summary>
public sealed class AcpiTable
{
    private const int LengthOffset = 4;
    private const int ChecksumOffset = 9;

    public AcpiTable(string signature, byte revision, FirmwareDescription firmware)
    {
        Body.Ascii(signature, 4).U32(0).U8(revision).U8(0)
            .Ascii(firmware.OemId, 6, (byte)' ').Ascii(firmware.OemTableId, 8, (byte)' ').U32(1)
            .Ascii("SIMC", 4).U32(1);
        Check.That(Body.Length == AcpiTableHeader.SpecSize, "a header of 36 bytes");
    }

    /// <summary>Everything after the header is appended here.</summary>
    public ByteWriter Body { get; } = new();

    public byte[] Finish()
    {
        BitConverter.TryWriteBytes(Body.At(LengthOffset, 4), (uint)Body.Length);
        byte[] table = Body.ToArray();
        table[ChecksumOffset] = AcpiChecksum.Of(table);
        return table;
    }
}
