namespace CxlSim.Conformance.Tests;

/// <summary>What the probe-order dependent names are replaced by.</summary>
public class StableNamesTests
{
    private static readonly StableNames Recorded = StableNames.Of(Recordings.Created);

    [Theory]
    [InlineData("mem0", "mem<0xabc0>")]
    [InlineData("endpoint2", "endpoint<0xabc0>")]
    [InlineData("decoder2.3", "decoder<0xabc0>.3")]
    [InlineData("port1", "port<pci0000:0c>")]
    [InlineData("decoder1.0", "decoder<pci0000:0c>.0")]
    [InlineData("decoder0.0", "decoderroot.0")]
    [InlineData("root0/port1/endpoint2/decoder2.0", "root0/port<pci0000:0c>/endpoint<0xabc0>/decoder<0xabc0>.0")]
    public void A_probed_name_becomes_what_it_stands_for(string name, string expected) => Recorded.Replace(name).Should().Be(expected);

    [Theory]
    [InlineData("memory12")]
    [InlineData("region0")]
    [InlineData("dax0.0")]
    [InlineData("mem5")]
    [InlineData("decoder8.0")]
    public void A_name_that_is_not_probed_or_not_known_stays(string name) => Recorded.Replace(name).Should().Be(name);

    [Fact]
    public void Without_attributes_only_the_root_is_known() =>
        StableNames.From("").Replace("decoder0.1 mem0").Should().Be("decoderroot.1 mem0");
}
