using CxlSim.Spec.Acpi;

namespace CxlSim.Firmware.Tests;

/// <summary>The tables of the Linux documentation's example configurations, worked out by hand: lengths, checksums, whole dumps.</summary>
public class DocumentedTablesTests
{
    [Theory]
    [InlineData("one-dev-per-hb", "CEDT", 180, 0x63)]
    [InlineData("one-dev-per-hb", "SRAT", 304, 0x06)]
    [InlineData("one-dev-per-hb", "HMAT", 148, 0xab)]
    [InlineData("one-dev-per-hb", "SLIT", 53, 0x1a)]
    [InlineData("hb-interleave", "CEDT", 144, 0xc3)]
    [InlineData("hb-interleave", "SRAT", 264, 0x75)]
    [InlineData("hb-interleave", "HMAT", 136, 0xca)]
    [InlineData("hb-interleave", "SLIT", 48, 0x3b)]
    [InlineData("multi-dev-per-hb", "CEDT", 108, 0x1e)]
    [InlineData("multi-dev-per-hb", "SRAT", 264, 0x75)]
    [InlineData("multi-dev-per-hb", "HMAT", 136, 0xcc)]
    [InlineData("multi-dev-per-hb", "SLIT", 48, 0x3b)]
    [InlineData("flexible", "CEDT", 384, 0x79)]
    [InlineData("flexible", "SRAT", 504, 0x20)]
    [InlineData("flexible", "HMAT", 208, 0xea)]
    [InlineData("flexible", "SLIT", 108, 0x75)]
    public void Table_HasTheWorkedLengthAndChecksum(string configuration, string signature, int length, byte checksum)
    {
        byte[] table = Board.OfPlatform($"tables-{configuration}.yaml").Tables[signature];

        table.Should().HaveCount(length);
        table[9].Should().Be(checksum);
        AcpiChecksum.IsValid(table).Should().BeTrue();
    }

    [Fact]
    public void CedtOfOneBridge_IsTheWorkedOne() => Hex("multi-dev-per-hb", "CEDT").Should().Be(
        "43454454" + "6c000000" + "011e5349" + "4d43584c" + "43584c53" + "494d3031" + "01000000" + "53494d43" + "01000000"
        + "00002000" + "07000000" + "01000000" + "00000000" + "00004070" + "03010000" + "00000100" + "00000000"
        + "01002800" + "00000000" + "00000000" + "10000000" + "00000000" + "02000000" + "00000000" + "00000000" + "06000100" + "07000000");

    [Theory]
    [InlineData("hb-interleave")]
    [InlineData("multi-dev-per-hb")]
    public void SlitOfTwoNodes_IsTheWorkedOne(string configuration) => Hex(configuration, "SLIT").Should().Be(
        "534c4954" + "30000000" + "013b5349" + "4d43584c" + "43584c53" + "494d3031" + "01000000" + "53494d43" + "01000000"
        + "02000000" + "00000000" + "0a14ff0a");

    private static string Hex(string configuration, string signature) =>
        Convert.ToHexStringLower(Board.OfPlatform($"tables-{configuration}.yaml").Tables[signature]);
}
