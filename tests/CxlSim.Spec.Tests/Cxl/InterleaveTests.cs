using CxlSim.Spec.Cxl;

namespace CxlSim.Spec.Tests.Cxl;

public class InterleaveTests
{
    private static readonly Dictionary<int, byte> WaysToCode = new() { [1] = 0, [2] = 1, [4] = 2, [8] = 3, [16] = 4, [3] = 8, [6] = 9, [12] = 10 };

    private static readonly Dictionary<int, byte> GranularityToCode = new()
    {
        [256] = 0, [512] = 1, [1024] = 2, [2048] = 3, [4096] = 4, [8192] = 5, [16384] = 6,
    };

    [Fact]
    public void Ways_EncodeAsTheTableSays_AndNothingElseDoes()
    {
        foreach (int ways in Enumerable.Range(-100, 1000).Append(int.MinValue).Append(int.MaxValue))
        {
            Interleave.TryEncodeWays(ways, out byte encoded).Should().Be(WaysToCode.TryGetValue(ways, out byte expected), "{0} ways", ways);
            encoded.Should().Be(expected, "{0} ways", ways);
        }
    }

    [Fact]
    public void WaysCodes_DecodeAsTheTableSays_AndNothingElseDoes()
    {
        Dictionary<byte, int> codeToWays = WaysToCode.ToDictionary(e => e.Value, e => e.Key);
        for (int code = 0; code < 256; code++)
        {
            Interleave.TryDecodeWays((uint)code, out int ways).Should().Be(codeToWays.TryGetValue((byte)code, out int expected), "code {0}", code);
            ways.Should().Be(expected, "code {0}", code);
        }

        Interleave.TryDecodeWays(uint.MaxValue, out _).Should().BeFalse();
        WaysToCode.Keys.Max().Should().Be(Interleave.MaxWays);
    }

    [Fact]
    public void Granularities_EncodeAsTheTableSays_AndNothingElseDoes()
    {
        foreach (int granularity in Enumerable.Range(-300, 40_000).Append(int.MinValue).Append(int.MaxValue))
        {
            bool legal = GranularityToCode.TryGetValue(granularity, out byte expected);
            if (Interleave.TryEncodeGranularity(granularity, out byte encoded) != legal || encoded != expected)
            {
                Assert.Fail($"granularity {granularity} gave {encoded}");
            }
        }
    }

    [Fact]
    public void GranularityCodes_DecodeAsTheTableSays_AndNothingElseDoes()
    {
        Dictionary<int, int> codeToGranularity = GranularityToCode.ToDictionary(e => (int)e.Value, e => e.Key);
        for (int code = 0; code < 256; code++)
        {
            Interleave.TryDecodeGranularity((uint)code, out int granularity).Should().Be(codeToGranularity.TryGetValue(code, out int expected), "code {0}", code);
            granularity.Should().Be(expected, "code {0}", code);
        }

        Interleave.TryDecodeGranularity(uint.MaxValue, out _).Should().BeFalse();
        (GranularityToCode.Keys.Min(), GranularityToCode.Keys.Max()).Should().Be((Interleave.MinGranularity, Interleave.MaxGranularity));
    }

    // Maps needed by host bridge ways (CXL r3.1 9.18.1.4).
    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(3, 0)]
    [InlineData(4, 2)]
    [InlineData(6, 1)]
    [InlineData(8, 3)]
    [InlineData(12, 2)]
    [InlineData(16, 4)]
    [InlineData(0, 0)]
    public void XorMaps_AreNeeded_ForEachDoublingInTheWays(int ways, int maps) => Interleave.XorMapsFor(ways).Should().Be(maps);
}
