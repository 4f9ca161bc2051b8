using System.Text.Json;

namespace CxlSim.Cli.Tests.Traffic;

/// <summary><c>cxlsim workload</c>, as a user would run it.</summary>
public class WorkloadCommandTests
{
    private static readonly string Platform = RealProgram.Platform("expander-x16");

    [Fact]
    public void Saturation_NamesItsLimit()
    {
        ProgramResult result = RealProgram.Run("workload", Platform, "--threads", "16", "--outstanding", "38");

        (result.ExitCode, result.Error).Should().Be((0, ""));
        result.Output.Should().StartWith("node0 to node2: ").And.Contain("Where reads spend their time").And.EndWith("limit: link of expander, up\n");
    }

    /// <summary>No reads have no latency: not one of 0 ns.</summary>
    [Fact]
    public void WhatDidNotHappen_IsNotShown()
    {
        string writes = RealProgram.Run("workload", Platform, "--reads", "0", "--time", "5us").Output;
        writes.Should().Contain("\nwrites  ").And.Contain("\nBusy\n").And.NotContain("\nreads ").And.NotContain("Where reads spend").And.NotContain("together");

        string nothing = RealProgram.Run("workload", Platform, "--kind", "open", "--rate", "0.001", "--time", "1ns", "--warm-up", "0ns").Output;
        nothing.Should().Contain(": 0 reads, 0 writes in ").And.NotContain("latency").And.EndWith("\nBusy\nlimit: the arrivals themselves\n");
    }

    /// <summary>Durations and sizes are written as in platform files.</summary>
    [Fact]
    public void OtherUnits_AreTheSame()
    {
        string[] common = ["workload", Platform, "--threads", "2", "--outstanding", "2"];
        ProgramResult one = RealProgram.Run([.. common, "--pattern", "4KiB", "--time", "5us", "--warm-up", "1000ns", "--pause", "0.01us"]);

        one.ExitCode.Should().Be(0, one.Error);
        RealProgram.Run([.. common, "--pattern", "0x1000", "--time", "0.005ms", "--warm-up", "1us", "--pause", "10ns"]).Should().Be(one);
        RealProgram.Run([.. common, "--pattern", "8KiB", "--time", "5us", "--warm-up", "1us", "--pause", "10ns"]).Should().NotBe(one);
    }

    [Theory]
    [InlineData("the threads: none of the queues is full", "--pattern", "chase")]
    [InlineData("the arrivals themselves", "--kind", "open", "--rate", "5")]
    [InlineData("link of expander, up", "--kind", "open", "--rate", "60")]
    [InlineData("the most lines that may be under way", "--kind", "open", "--rate", "60", "--outstanding", "16")]
    [InlineData("controller of expander", "--threads", "16", "--outstanding", "50", "--reads", "60")]
    [InlineData("link of socket link node1 to domain 0, up", "--from", "node1", "--threads", "16", "--outstanding", "50")]
    [InlineData("controller of DRAM of node0", "--to", "node0", "--threads", "16", "--outstanding", "64")]
    public void Limit_IsNamed(string limit, params string[] arguments) =>
        JsonDocument.Parse(RealProgram.Run(["workload", Platform, "--format", "json", .. arguments]).Output).RootElement.GetProperty("limit").GetString().Should().Be(limit);

    /// <summary>Three pages of DRAM for each of the expander: a quarter of the lines come from there.</summary>
    [Fact]
    public void Weights_SpreadPages()
    {
        JsonElement root = JsonDocument.Parse(RealProgram.Run("workload", Platform, "--to", "node0", "--to", "node2", "--weight", "3", "--weight", "1", "--threads", "4", "--format", "json").Output).RootElement;

        double[] counts = [.. root.GetProperty("parts").EnumerateArray().Where(part => part.GetProperty("what").GetString() == "media, with their queue")
            .OrderBy(part => part.GetProperty("where").GetString()).Select(part => part.GetProperty("times").GetProperty("count").GetDouble())];
        (counts[0] / counts.Sum()).Should().BeApproximately(0.75, 0.02);
    }

    [Fact]
    public void Trace_IsReplayed()
    {
        using ScratchFolder folder = new();
        string file = folder.Write("t.txt", "0 R 0x890000000 64\n100 W 0x890000040 8\n250 R 0x100000000 128\n");

        ProgramResult result = RealProgram.Run("workload", Platform, "--trace", file);

        (result.ExitCode, result.Error).Should().Be((0, ""));
        result.Output.Should().Contain(": 3 reads, 1 writes in ").And.EndWith("limit: the trace itself\n");
    }

    /// <summary>An access that was issued before one that ends the thread is counted as well.</summary>
    [Fact]
    public void TraceToNowhere_CountsWhatCameBefore()
    {
        using ScratchFolder folder = new();

        RealProgram.Run("workload", Platform, "--trace", folder.Write("t.txt", "0 R 0x890000000 64\n10 R 0xf0000000 64\n")).Output.Should().Contain(": 1 reads, 0 writes in ");
    }

    /// <summary>A way to DRAM that takes no time at all would let a loop go round for ever.</summary>
    [Fact]
    public void MemoryWithoutAnyTime_ComesToItsEnd()
    {
        ProgramResult result = RealProgram.Run("workload", Platform, "--to", "node0", "--time", "1us", "--warm-up", "0ns", "--set", "timing.host={dram: {kind: fixed, read: 0ns}, dram_latency: 0ns, dram_line_every: 0ns}");

        (result.ExitCode, result.Error).Should().Be((0, ""));
        result.Output.Should().Contain(": 16000 reads, 0 writes in 1 us");
    }

    [Fact]
    public void TraceToNowhere_SaysSo()
    {
        using ScratchFolder folder = new();
        ProgramResult result = RealProgram.Run("workload", Platform, "--trace", folder.Write("t.txt", "0 R 0xf0000000 64\n"));

        result.ExitCode.Should().Be(1);
        result.Error.Should().Be("cxlsim: nothing answers 0xf0000000; a thread ended there\n");
    }

    [Fact]
    public void WrongTrace_IsADiagnostic()
    {
        using ScratchFolder folder = new();
        string file = folder.Write("t.txt", "0 R 0x890000000 64\nsoon R 0x890000000 64\n");
        ProgramResult result = RealProgram.Run("workload", Platform, "--trace", file);

        result.ExitCode.Should().Be(2);
        result.Error.Should().StartWith($"{file}:2:1: error CXT0002: found 'soon' for a time; expected ");
    }

    [Fact]
    public void SameSeed_GivesTheSameBytes()
    {
        string[] arguments = ["workload", Platform, "--threads", "4", "--kind", "mix", "--mix", "W5", "--delay", "300", "--format", "json"];

        RealProgram.Run(arguments).Output.Should().Be(RealProgram.Run(arguments).Output);
        RealProgram.Run([.. arguments, "--seed", "9"]).Output.Should().NotBe(RealProgram.Run(arguments).Output);
    }

    [Theory]
    [InlineData("expected random, sequential, chase, or a stride such as 4KiB", "--pattern", "100B")]
    [InlineData("expected random, sequential, chase, or a stride such as 4KiB", "--pattern", "0B")]
    [InlineData("expected random, sequential, chase, or a stride such as 4KiB", "--pattern", "2TiB")]
    [InlineData("expected a number from 0 to 100", "--reads", "101")]
    [InlineData("expected a number from 1 to 65536", "--outstanding", "0")]
    [InlineData("expected a duration such as", "--time", "-5ns")]
    [InlineData("more than 0ns", "--time", "0ns")]
    [InlineData("expected a duration such as", "--pause", "2s")]
    [InlineData("expected GB/s above", "--kind", "open", "--rate", "0")]
    [InlineData("found --mix of a workload of kind closed; expected --kind mix with it", "--mix", "W5")]
    [InlineData("found --reads of a workload of kind mix; expected --kind closed or open with it", "--kind", "mix", "--reads", "50")]
    [InlineData("found --threads and --trace; expected one of them", "--trace", "nothing.txt", "--threads", "2")]
    [InlineData("expected one for each --to", "--weight", "3", "--weight", "4")]
    [InlineData("no memory 'nowhere'", "--to", "nowhere")]
    [InlineData("found '6,7' for --reads", "--reads", "6,7")]
    [InlineData("found '0,5' for --rate", "--kind", "open", "--rate", "0,5")]
    [InlineData("found --time and --trace; expected one of them", "--trace", "nothing.txt", "--time", "5us")]
    [InlineData("found --pattern 4KiB of a workload of kind mix; expected random or sequential", "--kind", "mix", "--pattern", "4KiB")]
    [InlineData("found --outstanding 32 and --pattern chase; expected one of them", "--pattern", "chase", "--outstanding", "32")]
    [InlineData("found --weight 255 for 0x100000000-0x100000fff; expected at most the 1 pages", "--to", "0x100000000-0x100000fff", "--to", "node2", "--weight", "255", "--weight", "1")]
    public void Nonsense_IsRefused(string message, params string[] arguments)
    {
        ProgramResult result = RealProgram.Run(["workload", Platform, .. arguments]);

        result.ExitCode.Should().Be(2);
        result.Error.Should().Contain(message);
    }
}
