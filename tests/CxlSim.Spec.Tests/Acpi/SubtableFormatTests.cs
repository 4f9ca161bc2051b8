using CxlSim.Spec.Acpi;

namespace CxlSim.Spec.Tests.Acpi;

/// <summary>Where the records of a table say what they are and how long.</summary>
public class SubtableFormatTests
{
    /// <summary>A memory affinity of the SRAT, a CHBS of the CEDT and an address range of the HMAT begin like this (ACPI 6.5 5.2.16.2, 5.2.27.3, CXL r3.1 9.18.1.2).</summary>
    [Fact]
    public void Head_IsReadFromItsPlace()
    {
        SubtableFormat.Common.Head([0x01, 0x28, 0x05, 0x00]).Should().Be(((ushort)1, 0x28u));
        SubtableFormat.Cedt.Head([0x00, 0xee, 0x20, 0x00]).Should().Be(((ushort)0, 0x20u));
        SubtableFormat.Hmat.Head([0x01, 0x02, 0xee, 0xee, 0x28, 0x00, 0x01, 0x00]).Should().Be(((ushort)0x201, 0x1_0028u));
    }

    [Theory]
    [InlineData(new byte[] { 3, 2 }, true)]
    [InlineData(new byte[] { 3, 2, 9 }, true)]
    [InlineData(new byte[] { 3, 3 }, false)]
    [InlineData(new byte[] { 3, 1 }, false)]
    [InlineData(new byte[] { 3, 0 }, false)]
    [InlineData(new byte[] { 3 }, false)]
    [InlineData(new byte[0], false)]
    public void WholeRecord_IsNeitherShorterThanItsHead_NorLongerThanTheRest(byte[] rest, bool isWhole) =>
        SubtableFormat.Common.TryHead(rest, out _, out _).Should().Be(isWhole);
}
