using System.Text.Json;

namespace CxlSim.Cli.Tests;

/// <summary>What Linux makes of the tables of the documentation's example configurations: nodes, speeds, tiers, demotion, block size.</summary>
public class DocumentedPlatformsTests
{
    private const string Node = "/sys/devices/system/node/";
    private const string Tiers = "/sys/devices/virtual/memory_tiering/";

    [Theory]
    [InlineData("hb-interleave", "region0 0xc050000000 256 GiB x2")]
    [InlineData("intra-hb-interleave", "region0 0xc050000000 256 GiB x2")]
    public void Interleaves_ComeOnlineByThemselves(string platform, string region)
    {
        ProgramResult result = RealProgram.Run("run", RealProgram.Platform(platform), "--json", "--log-level", "error");

        result.ExitCode.Should().Be(0, result.Error);
        JsonElement root = JsonDocument.Parse(result.Output).RootElement;
        root.GetProperty("devices").EnumerateArray().Select(device => $"{device.GetProperty("region")} {device.GetProperty("state")}").Should().HaveCount(2).And.AllBe(region + " online");
        root.GetProperty("steps").EnumerateArray().Should().HaveCount(8).And.OnlyContain(step => step.GetProperty("error").GetString() == "Ok");
    }

    // Latencies 0x80 and 0x100 of 1000 ps, bandwidths of 100 MB/s; 576 * 512/256 * 921600/(2 * bandwidth), of which tiers take 128 each.
    [Theory]
    [InlineData("one-dev-per-hb", "0-2", "51200", "81", "1-2", "preferred: 1-2, fallback: 1-2")]
    [InlineData("hb-interleave", "0-1", "102400", "40", "1", "preferred: 1, fallback: 1")]
    [InlineData("multi-dev-per-hb", "0-1", "51200", "81", "1", "preferred: 1, fallback: 1")]
    [InlineData("flexible", "0-7", "102400", "40", "1", "preferred: 1, fallback: 1")]
    public void Tables_BecomeNodesAndTiers(string configuration, string nodes, string bandwidth, string tier, string members, string demotion)
    {
        string log = Answers(
            Text(configuration),
            out Dictionary<string, string> values,
            Node + "possible", Node + "has_cpu", Node + "node1/access0/initiators/read_latency", Node + "node1/access0/initiators/write_bandwidth",
            Node + "node0/access0/initiators/read_latency", Node + "node0/access1/initiators/read_bandwidth",
            Tiers + $"memory_tier{tier}/nodelist", Tiers + "memory_tier4/nodelist", "/sys/devices/system/memory/block_size_bytes");

        values.Values.Should().Equal(nodes, "0", "256", bandwidth, "128", "460800", members, "0", "8000000");
        log.Should().Contain("Demotion targets for Node 0: " + demotion);
    }

    // Three of the views at once: two devices below bridge 7, and those below bridge 6 one by one.
    [Fact]
    public void FlexibleViews_FormThreeTiersAtMost()
    {
        string text = Text("flexible");
        text = text[..text.IndexOf("steps:", StringComparison.Ordinal)] + """
            steps:
              - create-region: {decoder: decoder0.1, memdevs: [mem-uid7-00.0, mem-uid7-01.0]}
              - create-region: {decoder: decoder0.5, memdevs: [mem-uid6-00.0]}
              - create-region: {decoder: decoder0.6, memdevs: [mem-uid6-01.0]}

            """;
        string log = Answers(text, out Dictionary<string, string> values, Tiers + "memory_tier81/nodelist", Tiers + "memory_tier162/nodelist");

        values.Values.Should().Equal("2", "6-7");
        log.Should().Contain("Demotion targets for Node 0: preferred: 2, fallback: 2,6-7").And.Contain("Demotion targets for Node 2: preferred: 6-7, fallback: 6-7");
    }

    private static string Text(string configuration) => File.ReadAllText(RealProgram.Platform($"tables-{configuration}"));

    /// <summary>Runs the platform, reads attributes in more steps; the log.</summary>
    private static string Answers(string text, out Dictionary<string, string> values, params string[] paths)
    {
        using ScratchFolder folder = new();
        string file = folder.Write("p.yaml", text.TrimEnd() + "\n" + string.Concat(paths.Select(path => $"  - read: {path}\n")));
        ProgramResult result = RealProgram.Run("run", file, "--json", "--log-level", "none", "--dmesg", folder["dmesg"]);

        result.ExitCode.Should().Be(0, result.Error + result.Output);
        JsonElement[] steps = [.. JsonDocument.Parse(result.Output).RootElement.GetProperty("steps").EnumerateArray().TakeLast(paths.Length)];
        values = paths.Zip(steps).ToDictionary(pair => pair.First, pair => pair.Second.GetProperty("result").GetString()!.Trim());
        return File.ReadAllText(folder["dmesg"]);
    }
}
