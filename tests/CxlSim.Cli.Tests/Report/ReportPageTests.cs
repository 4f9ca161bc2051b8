using System.Text.Json;
using System.Text.RegularExpressions;
using CxlSim.Machine;
using CxlSim.Platform;
using CxlSim.Session;
using CxlSim.Views;

namespace CxlSim.Cli.Tests;

/// <summary>Reports in a real browser. The counts are those of the platform files.</summary>
public partial class ReportPageTests
{
    private const string Hostile = "</script><script>document.title = 'taken'</script>";

    [Fact]
    public void InterleavedMachine_IsDrawn()
    {
        JsonElement seen = Look("multi-interleave");

        ShouldBehave(seen, "multi-interleave");
        foreach (string window in new[] { "narrow", "wide" })
        {
            JsonElement page = seen.At(window);
            page.Texts("sections").Should().Equal("topology", "addresses", "decoders", "timeline", "memory", "curves");
            page.Texts("curves").Should().BeEquivalentTo("node0 to node1, all reads: 8", "node0 to node1, 1:1 reads-writes: 8");
            (page.Number("nodes.host bridge"), page.Number("nodes.device"), page.Number("windows"), page.Number("regions")).Should().Be((4, 4, 1, 1));
            page.Texts("labels").Count(label => label.Contains("128\u00a0GiB", StringComparison.Ordinal) && label.Contains("x16 32 GT/s", StringComparison.Ordinal)).Should().Be(4);
            page.Texts("lanes").Should().Equal("EFI memory map", "/proc/iomem", "memory blocks", "windows", "regions", "host bridge decoders", "device decoders", "device addresses");
            (page.Number("ribbons"), page.Number("devices")).Should().Be((4, 4));
            (page.Number("levels.root"), page.Number("levels.host bridge"), page.Number("levels.endpoint")).Should().Be((1, 2, 4));
            (page.Number("phases"), page.Number("unfinished"), page.Number("stranded")).Should().Be((14, 0, 0));
            page.Numbers("blocks").Should().Equal(256, 4096); // 32 GiB of DRAM and 512 GiB of CXL memory in blocks of 128 MiB
        }

        seen.Text("wide.summary").Should().StartWith("Linux 6.12 reached Running after ").And.EndWith("Of 512\u00a0GiB on 4 CXL memory devices, all is in use.");
    }

    /// <summary>Wheel, buttons and keys zoom; 0 shows all again. What the page says of an address is where the data path sends it.</summary>
    [Fact]
    public void AddressMap_Zooms_AndSaysWhereAnAddressLeads()
    {
        JsonElement seen = Look("multi-interleave");

        double[] wheel = seen.Numbers("zoom.wheel");
        double[] button = seen.Numbers("zoom.button");
        double[] moved = seen.Numbers("zoom.moved");
        double[] key = seen.Numbers("zoom.key");
        seen.Numbers("zoom.first").Should().Equal(0, 1);
        (wheel[1] - wheel[0]).Should().BeInRange(0.2, 0.99);
        (button[1] - button[0]).Should().BeApproximately((wheel[1] - wheel[0]) / 2, 1e-9);
        moved[0].Should().BeGreaterThan(button[0]);
        (key[1] - key[0]).Should().BeGreaterThan(moved[1] - moved[0]);
        seen.Numbers("zoom.all").Should().Equal(0, 1);

        Match told = Told().Match(seen.Text("zoom.pointed"));
        told.Success.Should().BeTrue(seen.Text("zoom.pointed"));
        string address = told.Groups["address"].Value;
        RealProgram.Run("translate", RealProgram.Platform("multi-interleave"), address).Output.Should().Be($"{address}  {told.Groups["memdev"].Value}  {told.Groups["dpa"].Value}\n");
        seen.Text("typed.told").Should().StartWith("0xc050000000  → mem0 DPA 0x0 ");
        seen.Number("typed.pieces").Should().BePositive();
    }

    [Fact]
    public void Page_IsUsedWithoutAMouse_AndLightsRegionsUp()
    {
        JsonElement seen = Look("multi-interleave");

        (seen.Text("pressed.before"), seen.Text("pressed.after")).Should().Be(("true", "false"));
        (seen.Number("pressed.shown") - seen.Number("pressed.left")).Should().Be(3); // two ports and two devices become one
        seen.Text("pointed.told").Should().Contain("0xc050000000–0x1404fffffff").And.Contain("region0");
        seen.Number("pointed.lit").Should().BePositive();
        seen.At("pointed.isGone").GetBoolean().Should().BeTrue();
    }

    [Fact]
    public void RegionThatFailed_SaysWhy()
    {
        JsonElement seen = Look("wrong-ways");

        ShouldBehave(seen, "wrong-ways");
        seen.Texts("wide.sections").Should().Contain("refusals").And.NotContain("curves");
        seen.Texts("wide.refusals").Should().HaveCount(2);
        string explained = RealProgram.Run("explain", RealProgram.Platform("wrong-ways")).Output;
        foreach (string line in seen.Texts("wide.refusals").SelectMany(text => text.Split('\n')))
        {
            explained.Should().Contain($"  {line}\n");
        }

        (seen.Number("wide.stranded"), seen.Number("wide.unfinished")).Should().Be((2, 1));
        seen.At("typed").ValueKind.Should().Be(JsonValueKind.Null);
    }

    /// <summary>64 bridges of 16 ports: the drawing folds, and the page stays light.</summary>
    [Fact]
    public void ThousandDevices_AreFolded()
    {
        using ScratchFolder folder = new();
        string ports = string.Join(", ", Enumerable.Repeat("{type3: {volatile: 256MiB}}", 16));
        IEnumerable<string> bridges = Enumerable.Range(0, 64).Select(b => $"{{uid: {b + 1}, segment: {b / 15}, bus: {b % 15 * 17}, root_ports: [{ports}]}}");
        IEnumerable<string> windows = Enumerable.Range(0, 64).Select(b => $"{{base: 0x{0x10_0000_0000 + (b * 0x1_0000_0000L):x}, size: 4GiB, targets: [{b + 1}]}}");
        string file = folder.Write("wide.yaml", $"name: wide\nhost_bridges: [{string.Join(", ", bridges)}]\nwindows: [{string.Join(", ", windows)}]\n");
        RealProgram.Run("report", file, "-o", folder["p.html"]).ExitCode.Should().Be(0);
        JsonElement seen = SeenReport.Of(folder["p.html"]);

        ShouldBehave(seen, "wide");
        foreach (string window in new[] { "narrow", "wide" })
        {
            JsonElement page = seen.At(window);
            (page.Number("nodes.host bridge"), page.Number("nodes.group"), page.Number("windows"), page.Number("devices")).Should().Be((64, 64, 64, 1024));
            page.Number("elements").Should().BeLessThan(15_000);
        }

        seen.Texts("wide.labels").Should().Contain(label => label.StartsWith("16 devices of 256\u00a0MiB, mem0 to mem15", StringComparison.Ordinal));
        (seen.Text("pressed.before"), seen.Number("pressed.left") - seen.Number("pressed.shown")).Should().Be(("false", 31)); // 16 ports and 16 devices instead of one group
    }

    [Fact]
    public void NamesThatLookLikeScripts_AreNames_AndCurvesAreDrawn()
    {
        using ScratchFolder folder = new();
        PlatformDescription platform = PlatformReader.ReadText(ScratchFolder.OneCard, "p.yaml").Platform! with { Name = Hostile };
        MachineSession session = new(new SimulatedMachine(platform));
        TimelineRecorder timeline = new();
        session.Machine.Simulation.AddSink(timeline);
        session.Boot();
        MachineReport report = MachineReportBuilder.Build(session.Machine, Explanation.Of(session, []), timeline) with
        {
            Curves = [new LatencyCurve("reads", [new LatencyPoint(1, 200), new LatencyPoint(20, 260), new LatencyPoint(26, 900)]), new LatencyCurve("writes", [new LatencyPoint(1, 150)])],
        };
        JsonElement seen = SeenReport.Of(folder.Write("p.html", MachineReportPage.Render(report)));

        ShouldBehave(seen, Hostile);
        seen.Number("wide.scripts").Should().Be(2);
        seen.Texts("wide.sections").Should().Contain("curves");
        seen.Texts("wide.curves").Should().BeEquivalentTo("reads: 3", "writes: 1");
    }

    /// <summary>The picture in the README, but for what another machine's fonts make of it. <c>CXLSIM_UPDATE_DOCS=1</c> takes it anew.</summary>
    [Fact]
    public void Picture_IsThatOfTheReadme()
    {
        using ScratchFolder folder = new();
        string shown = RepositoryRoot.File("docs/pictures/report.png");
        RealProgram.Run("report", RealProgram.Platform("multi-interleave"), "-o", folder["p.html"]).Error.Should().BeEmpty();

        JsonElement picture = SeenReport.Picture(folder["p.html"], folder["p.png"], shown);

        if (Environment.GetEnvironmentVariable("CXLSIM_UPDATE_DOCS") == "1")
        {
            File.Copy(folder["p.png"], shown, overwrite: true);
            return;
        }

        (picture.Number("width"), picture.Number("height")).Should().Be((1280, 1040));
        picture.At("share").GetDouble().Should().BeLessThan(0.02);
    }

    private static JsonElement Look(string platform)
    {
        using ScratchFolder folder = new();
        RealProgram.Run("report", RealProgram.Platform(platform), "-o", folder["p.html"]).Error.Should().BeEmpty();
        return SeenReport.Of(folder["p.html"]);
    }

    /// <summary>What holds of every page: no word on the console, no request but for the page, no scrolling sideways, light and dark, and a print without buttons.</summary>
    private static void ShouldBehave(JsonElement seen, string name)
    {
        seen.Texts("messages").Should().BeEmpty();
        seen.Texts("requests").Should().HaveCount(2).And.OnlyContain(address => address.StartsWith("file://", StringComparison.Ordinal) && address.EndsWith("/p.html", StringComparison.Ordinal));
        (seen.Number("narrow.overflow"), seen.Number("wide.overflow"), seen.Number("printed.overflow"), seen.Number("printed.tools")).Should().Be((0, 0, 0, 0));
        (seen.Text("wide.heading"), seen.Text("wide.title")).Should().Be((name, $"{name} – cxlsim report"));
        Brightness(seen.Text("wide.paper")).Should().BeGreaterThan(200);
        Brightness(seen.Text("narrow.paper")).Should().BeLessThan(60);
    }

    /// <summary>Of <c>rgb(23, 24, 26)</c>, the first.</summary>
    private static int Brightness(string colour) => int.Parse(Digits().Match(colour).Value, System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<address>0x[0-9a-f]+)  → (?<memdev>mem\d+) DPA (?<dpa>0x[0-9a-f]+)  ")]
    private static partial Regex Told();

    [GeneratedRegex(@"\d+")]
    private static partial Regex Digits();
}
