using System.Text.RegularExpressions;
using CxlSim.Core;
using CxlSim.Machine;
using CxlSim.Platform;
using CxlSim.Session;

namespace CxlSim.Conformance.Tests;

/// <summary>What the kernel says while a region is made, line by line, as the recordings have it.</summary>
public partial class RegionLogTests
{
    private const string Mark = "  dmesg: ";

    /// <summary>Memory that the kernel takes of DRAM at boot is not modelled, so counts of pages differ.</summary>
    [Fact]
    public void A_region_of_one_device_goes_online() => Made("teardown-online", "{decoder: decoder0.0, size: 512MiB, memdevs: [mem0]}").Select(WithoutPages)
        .Should().Equal(Recorded("16-teardown-online/cli-disable", "## T1: create").Select(WithoutPages));

    /// <summary>Names are given by the order of probes, and kmem was not loaded in the recording.</summary>
    [Fact]
    public void A_region_of_four_devices_below_a_switch_is_set_up() =>
        Made("switch-4way", "{decoder: decoder0.0, size: 1GiB, granularity: 256, memdevs: [mem0, mem1, mem2, mem3]}").Where(line => !OfMemory().IsMatch(line)).Select(WithoutNumbers)
            .Should().Equal(Recorded("04-switch-4way", "### geometry w4g256:").Where(line => !line.Contains("daxtag", StringComparison.Ordinal)).Select(WithoutNumbers));

    /// <summary>At boot the lists of all nodes that there can be are made, and a node that comes has its own before it is there.</summary>
    [Fact]
    public void Lists_of_zones_are_told_at_boot() => Session("teardown-online", null).Kernel.Log.Lines.Select(line => line.Text.TrimEnd()).Where(line => OfMemory().IsMatch(line)).Select(WithoutPages)
        .Should().Equal("Fallback order for Node 0: 0", "Fallback order for Node 1: 0", "Built 1 zonelists, mobility grouping on.  Total pages: N", "Policy zone: DMA32", "Demotion targets for Node 0: null");

    private static IEnumerable<string> Made(string machine, string region)
    {
        MachineSession session = Session(machine, region);
        int mark = session.Kernel.Log.Lines.Count;
        new StepRunner(session).Run(session.Machine.Platform.Steps[0]).Error.Should().Be(Errno.Ok);
        return session.Kernel.Log.Lines.Skip(mark).Select(line => line.Text.TrimEnd());
    }

    private static MachineSession Session(string machine, string? region)
    {
        string path = Path.Combine(RepositoryRoot.Find(), "tests", "conformance", "machines", machine + ".yaml");
        PlatformReadResult read = PlatformReader.ReadText(File.ReadAllText(path) + (region is null ? string.Empty : $"\nsteps:\n  - create-region: {region}\n"), path);
        read.Diagnostics.Should().BeEmpty();
        MachineSession session = new(new SimulatedMachine(read.Platform!));
        session.Boot().Should().BeTrue();
        return session;
    }

    private static IEnumerable<string> Recorded(string recording, string heading) =>
        File.ReadLines(Path.Combine(RepositoryRoot.Golden([.. recording.Split('/')]), "guest.log"))
            .SkipWhile(line => !line.StartsWith(heading, StringComparison.Ordinal))
            .SkipWhile(line => !line.StartsWith(Mark, StringComparison.Ordinal))
            .TakeWhile(line => line.StartsWith(Mark, StringComparison.Ordinal))
            .Select(line => line[Mark.Length..].TrimEnd());

    private static string WithoutPages(string line) => Pages().Replace(line, "Total pages: N");

    private static string WithoutNumbers(string line) => Names().Replace(line, "$1N");

    [GeneratedRegex("Total pages: [0-9]+")]
    private static partial Regex Pages();

    [GeneratedRegex("(mem|endpoint|decoder)[0-9]+")]
    private static partial Regex Names();

    [GeneratedRegex("Fallback|zonelists|Policy zone|Demotion")]
    private static partial Regex OfMemory();
}
