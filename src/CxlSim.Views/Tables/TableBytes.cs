using CxlSim.Spec.Acpi;

namespace CxlSim.Views;

/// <summary>Tells a dumped ACPI table from other files.</summary>
public static class TableBytes
{
    /// <summary>What its first checksum covers (ACPI 6.5 5.2.5.3). A text of acpidump begins with the same letters.</summary>
    private const int RootPointerPart = 20;

    /// <summary>Behind signature and length (ACPI 6.5 5.2.6).</summary>
    private const int LengthEnd = 8;

    /// <summary>Four letters or digits and a length that is no text, or the root pointer. What was cut within its header is still a table where its length is plain.</summary>
    public static bool IsTable(byte[] bytes) =>
        bytes.Length < AcpiTableHeader.SpecSize ? bytes.Length >= LengthEnd && HasSignature(bytes) && bytes[LengthEnd - 1] == 0
            : (BitConverter.ToUInt64(bytes) == Rsdp.ExpectedSignature && AcpiChecksum.IsValid(bytes.AsSpan(0, RootPointerPart)))
                || (HasSignature(bytes) && bytes.AsSpan(4, 4).IndexOfAnyExceptInRange((byte)0x20, (byte)0x7e) >= 0);

    private static bool HasSignature(byte[] bytes) =>
        bytes.AsSpan(0, 4).ToArray().All(letter => letter is (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'0' and <= (byte)'9') or (byte)'_');
}
