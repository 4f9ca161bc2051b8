using CxlSim.Spec.Acpi;

namespace CxlSim.Views;

/// <summary>Tells a dumped ACPI table from other files.</summary>
public static class TableBytes
{
    /// <summary>What its first checksum covers (ACPI 6.5 5.2.5.3). A text of acpidump begins with the same letters.</summary>
    private const int RootPointerPart = 20;

    /// <summary>Four letters or digits and a length that is no text, or the root pointer.</summary>
    public static bool IsTable(byte[] bytes) =>
        bytes.Length >= AcpiTableHeader.SpecSize
        && ((BitConverter.ToUInt64(bytes) == Rsdp.ExpectedSignature && AcpiChecksum.IsValid(bytes.AsSpan(0, RootPointerPart)))
            || (bytes.AsSpan(0, 4).ToArray().All(letter => letter is (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'0' and <= (byte)'9') or (byte)'_')
                && bytes.AsSpan(4, 4).IndexOfAnyExceptInRange((byte)0x20, (byte)0x7e) >= 0));
}
