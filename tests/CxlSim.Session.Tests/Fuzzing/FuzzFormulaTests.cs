using CxlSim.Platform;

namespace CxlSim.Session.Tests;

/// <summary>The second opinion itself, held against the Linux documentation's own set-ups.</summary>
public class FuzzFormulaTests
{
    /// <summary>Two bridges with two devices each, 256 bytes: both bridges spread by 512 (<c>driver-api/cxl/linux/example-configurations/multi-interleave</c>).</summary>
    [Fact]
    public void TwoBridgesOfTwo_SpreadByTwiceTheGranularity()
    {
        FuzzWay[] ways = Ways("""
            host_bridges:
              - {uid: 5, bus: 0x50, root_ports: [{port: 0, type3: {volatile: 1GiB}}, {port: 2, type3: {volatile: 1GiB}}]}
              - {uid: 4, bus: 0x40, root_ports: [{port: 0, type3: {volatile: 1GiB}}, {port: 2, type3: {volatile: 1GiB}}]}
            """);

        PortFormula formula = new([ways[0], ways[2], ways[1], ways[3]], 2, 256);

        formula.Ports().Select(port => $"{port.Unit} {port.Granularity} [{string.Join(',', port.Targets)}]").Should().Equal("host bridge 5 512 [0,2]", "host bridge 4 512 [0,2]");
    }

    /// <summary>A bridge with two switches of two, 256 bytes: the bridge spreads by 256, its switches by 512.</summary>
    [Fact]
    public void SwitchesBelowABridge_SpreadByWhatItSpreads()
    {
        FuzzWay[] ways = Ways("""
            host_bridges:
              - uid: 1
                bus: 0x10
                root_ports:
                  - {port: 0, switch: {ports: [{type3: {volatile: 1GiB}}, {type3: {volatile: 1GiB}}]}}
                  - {port: 1, switch: {ports: [{type3: {volatile: 1GiB}}, {type3: {volatile: 1GiB}}]}}
            """);

        PortFormula formula = new([ways[0], ways[2], ways[1], ways[3]], 1, 256);

        formula.Ports().Select(port => (port.Granularity, port.Targets.Length)).Should().Equal((256UL, 2), (512UL, 2), (512UL, 2));
    }

    /// <summary>With all abilities the limit is 16384 for 2 ways, 8192 for 4, 4096 for 8, 2048 for 16: one bit of 8 to 14 for each doubling.</summary>
    [Theory]
    [InlineData(2, 16384, true)]
    [InlineData(4, 16384, false)]
    [InlineData(4, 8192, true)]
    [InlineData(8, 8192, false)]
    [InlineData(8, 4096, true)]
    [InlineData(16, 2048, true)]
    [InlineData(16, 4096, false)]
    [InlineData(3, 16384, true)]
    [InlineData(12, 16384, false)]
    [InlineData(5, 256, false)]
    public void Interleave_NeedsItsAddressBits(int ways, int granularity, bool fits) => InterleaveFormula.Fits(InterleaveCapabilities.All, ways, granularity).Should().Be(fits);

    private static FuzzWay[] Ways(string platform) => [.. FuzzWay.All(Given.Described(platform))];
}
