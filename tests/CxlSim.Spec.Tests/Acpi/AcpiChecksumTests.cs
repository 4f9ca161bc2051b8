using CxlSim.Spec.Acpi;

namespace CxlSim.Spec.Tests.Acpi;

public class AcpiChecksumTests
{
    [Theory]
    [InlineData(new byte[] { }, 0)]
    [InlineData(new byte[] { 1 }, 255)]
    [InlineData(new byte[] { 200, 100 }, 212)]
    [InlineData(new byte[] { 255, 1 }, 0)]
    public void Of_BringsTheSumToZero(byte[] structure, byte expected)
    {
        AcpiChecksum.Of(structure).Should().Be(expected);
        AcpiChecksum.IsValid([.. structure, expected]).Should().BeTrue();
        AcpiChecksum.IsValid([.. structure, unchecked((byte)(expected + 1))]).Should().BeFalse();
    }

    [Theory]
    [InlineData("CEDT")]
    [InlineData("SRAT")]
    public void Of_GivesTheByteThatFirmwareStored(string name)
    {
        const int checksumOffset = 9;
        byte[] table = new GoldenTable("01-single-volatile", name).Bytes;
        byte stored = table[checksumOffset];
        table[checksumOffset] = 0;

        AcpiChecksum.Of(table).Should().Be(stored);
    }
}
