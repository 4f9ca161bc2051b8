namespace CxlSim.Spec.Acpi;

/// <summary>All bytes of an ACPI structure add up to zero (ACPI 6.5 5.2.6).</summary>
public static class AcpiChecksum
{
    /// <summary>What to store so that the sum becomes zero; the checksum byte itself must be zero when this is called.</summary>
    public static byte Of(ReadOnlySpan<byte> structure) => unchecked((byte)(0 - Sum(structure)));

    public static bool IsValid(ReadOnlySpan<byte> structure) => Sum(structure) == 0;

    private static byte Sum(ReadOnlySpan<byte> structure)
    {
        byte sum = 0;
        foreach (byte value in structure)
        {
            sum = unchecked((byte)(sum + value));
        }

        return sum;
    }
}
