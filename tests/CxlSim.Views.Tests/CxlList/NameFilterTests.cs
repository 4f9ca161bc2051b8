namespace CxlSim.Views.Tests;

/// <summary>The manual page of <c>cxl list</c>: names, numbers and hosts, with commas or spaces between them.</summary>
public class NameFilterTests
{
    [Theory]
    [InlineData(null, true)]
    [InlineData("", false)]
    [InlineData("all", true)]
    [InlineData("mem3", true)]
    [InlineData("3", true)]
    [InlineData("0000:0d:00.0", true)]
    [InlineData("mem1,mem3", true)]
    [InlineData("mem1 mem3", true)]
    [InlineData("mem1 mem3,mem4", true)] // C reads mem3,mem4 as the number 3
    [InlineData("mem33", false)]
    [InlineData("em3", false)]
    [InlineData("99999999999999999999", false)]
    public void Memdev_PassesByNameNumberOrHost(string? filter, bool passes) =>
        new NameFilter(filter).Accepts("mem", 3, "mem3", "0000:0d:00.0").Should().Be(passes);

    [Theory]
    [InlineData("0xabc0", true)]
    [InlineData("43968", true)]
    [InlineData("0125700", true)]
    [InlineData("0xabc0x", false)]
    [InlineData("abc0", false)]
    public void Serial_IsReadAsCReadsIt(string filter, bool passes) => new NameFilter(filter).AcceptsSerial(0xabc0).Should().Be(passes);

    [Theory]
    [InlineData("decoder2.1", true)]
    [InlineData("2.1", true)]
    [InlineData("2", false)]
    [InlineData("decoder2.", false)]
    [InlineData("endpoint", true)]
    public void Decoder_PassesByBothNumbersOrItsKind(string filter, bool passes) =>
        new NameFilter(filter).AcceptsDecoder(2, 1, "decoder2.1", "endpoint").Should().Be(passes);
}
