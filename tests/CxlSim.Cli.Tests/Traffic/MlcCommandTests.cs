using System.Text.Json;
using System.Xml.Linq;

namespace CxlSim.Cli.Tests.Traffic;

/// <summary><c>cxlsim mlc</c>, as a user of Intel MLC would run it.</summary>
public class MlcCommandTests
{
    private static readonly string Platform = RealProgram.Platform("expander-x16");

    [Fact]
    public void WithoutOptions_EverythingIsMeasured()
    {
        ProgramResult result = RealProgram.Run("mlc", Platform, "--delay", "0", "20000");

        (result.ExitCode, result.Error).Should().Be((0, ""));
        result.Output.Should().MatchRegex(@"Idle latencies \(in ns\)\n +node0 +node1 +node2\n +node0 +[0-9.]+ +[0-9.]+ +[0-9.]+\n")
            .And.Contain("Bandwidths (in MB/sec), all reads, 16 threads").And.Contain("Peak bandwidths")
            .And.MatchRegex(@"Loaded latencies, all reads \(W0\), node0 to node2, 16 threads\nInject  Latency Bandwidth\nDelay   \(ns\)    MB/sec\n=+\n 00000 ").And.Contain("(W5)");
    }

    /// <summary>The kernel's access coordinates come from CDAT and link; what is measured comes from queues.</summary>
    [Fact]
    public void Bandwidths_StandBesideWhatTheKernelSays() =>
        RealProgram.Run("mlc", Platform, "--bandwidth-matrix").Output.Should().Contain("What the kernel says (access0/initiators)").And.MatchRegex(@"\nnode2 +\S+ +2[0-9]{2}\.[0-9] +\S+ +4[0-9]{4}\.[0-9]\n");

    private static readonly string[] Hotplug = ["--set", "host_bridges[0].root_ports[0].hotplug=true", "--set", "host_bridges[2].root_ports[0].hotplug=true"];

    /// <summary>Of an interleaved region each member is looked at, also one whose lines are all odd.</summary>
    [Theory]
    [InlineData("d2-01.1", "0xc050000000")]
    [InlineData("a8-01.1", "0xc060000100")]
    public void MemoryOfWhichAMemberIsGone_IsRefused(string device, string address)
    {
        ProgramResult result = RealProgram.Run(["mlc", RealProgram.Platform("hb-interleave"), "--peak", .. Hotplug, "--set", $"steps=[{{link-down: {device}}}]"]);

        result.ExitCode.Should().Be(2);
        result.Error.Should().MatchRegex($"nothing answers {address} of node1; expected memory that decoders lead to\n$");
    }

    /// <summary>Another node of the matrices is left out, and named.</summary>
    [Fact]
    public void MatrixOfMemoryThatIsGone_HasNoFigureOfIt()
    {
        ProgramResult result = RealProgram.Run(["mlc", RealProgram.Platform("hb-interleave"), "--to", "node0", "--idle-latency", "--bandwidth-matrix", .. Hotplug, "--set", "steps=[{link-down: d2-01.1}]"]);

        result.ExitCode.Should().Be(1);
        result.Error.Should().EndWith("cxlsim: not all of node1 answers; there are no figures of it\n");
        result.Output.Should().MatchRegex("\n +node0 +[0-9.]+ +-\n").And.MatchRegex("\nnode1 +- +- +- +-\n");
    }

    [Fact]
    public void Json_HasTheSameBytesEachTime()
    {
        string[] arguments = ["mlc", Platform, "--loaded-latency", "--mix", "W0", "--mix", "W6", "--delay", "300", "1000", "--format", "json", "--threads", "4"];
        ProgramResult result = RealProgram.Run(arguments);

        RealProgram.Run(arguments).Output.Should().Be(result.Output);
        JsonElement root = JsonDocument.Parse(result.Output).RootElement;
        root.GetProperty("threads").GetInt32().Should().Be(4);
        JsonElement[] curves = [.. root.GetProperty("loaded").EnumerateArray()];
        curves.Select(curve => curve.GetProperty("mix").GetString()).Should().Equal("W0", "W6");
        curves[0].GetProperty("points").EnumerateArray().Select(point => point.GetProperty("delay").GetInt32()).Should().Equal(300, 1000);
    }

    [Fact]
    public void Csv_IsATable()
    {
        string[] lines = RealProgram.Run("mlc", Platform, "--peak", "--idle-latency", "--format", "csv").Output.TrimEnd('\n').Split('\n');

        lines[0].Should().Be("measure,from,to,threads,mix,delay,latency_ns,bandwidth_MBps");
        lines.Should().HaveCount(1 + 6 + 10).And.OnlyContain(line => line.Split(',').Length == 8);
    }

    [Fact]
    public void Plot_IsADrawing()
    {
        using ScratchFolder folder = new();
        string file = folder["curve.svg"];

        RealProgram.Run("mlc", Platform, "--loaded-latency", "--delay", "0", "300", "1000", "--plot", file).ExitCode.Should().Be(0);

        XDocument.Load(file).Root!.Elements().Count(element => element.Name.LocalName == "polyline").Should().Be(2);
    }

    [Theory]
    [InlineData("no cores at 'node7'; expected one of node0, node1", "--from", "node7")]
    [InlineData("no memory 'node7'; expected node0, node1, node2, region0", "--to", "node7")]
    [InlineData("no memory ''; expected", "--to", "")]
    [InlineData("nothing answers 0xf0000000", "--to", "0xf0000000-0xf0ffffff")]
    [InlineData("found '-5' for --delay; expected a number from 0 to 1000000", "--delay", "-5")]
    [InlineData("found 'abc' for --delay; expected a number from 0 to 1000000", "--delay", "0", "abc")]
    [InlineData("--plot without --loaded-latency", "--idle-latency", "--plot", "curve.svg")]
    [InlineData("expected a number from 1 to 1024", "--threads", "0")]
    [InlineData("expected a number from 1 to 1024", "--threads", "many")]
    [InlineData("'W1'", "--mix", "W1")]
    public void Nonsense_IsRefused(string message, params string[] arguments)
    {
        ProgramResult result = RealProgram.Run(["mlc", Platform, .. arguments]);

        result.ExitCode.Should().Be(2);
        result.Error.Should().Contain(message);
    }

    /// <summary>Where no region was made there is DRAM, and nothing else.</summary>
    [Fact]
    public void MachineWithoutRegions_ShowsItsDram()
    {
        using ScratchFolder folder = new();
        string file = folder.Write("p.yaml", ScratchFolder.OneCard);

        RealProgram.Run("mlc", file, "--no-steps", "--idle-latency").Output.Should().MatchRegex(@"^Idle latencies \(in ns\)\n +node0\n +node0 +[0-9.]+\n");
    }
}
