using System.Text.RegularExpressions;
using CxlSim.Core;
using CxlSim.Session;

namespace CxlSim.Views.Tests;

/// <summary>/proc/zoneinfo, line by line against the recording.</summary>
public partial class ZoneinfoViewTests
{
    [Fact]
    public void HotAddedNode_IsTheRecordedOne_ToTheByte()
    {
        string[] recorded = [.. RecordedMemory.Lines("zoneinfo.txt").SkipWhile(line => line != "Node 1, zone      DMA")];

        Lines(RecordedMemory.Created()).SkipWhile(line => line != "Node 1, zone      DMA").Should().Equal(recorded).And.HaveCount(139);
    }

    /// <summary>What the guest used of its own memory is counted by the recording alone: of such lines only the name is compared.</summary>
    [Fact]
    public void FirstNode_DiffersOnlyInWhatTheGuestUsed() =>
        Lines(RecordedMemory.Created()).Select(WithoutUse).Should().Equal(RecordedMemory.Lines("zoneinfo.txt").Select(WithoutUse));

    [Fact]
    public void OfflineNode_IsNotListed() => Lines(RecordedMemory.Booted()).Should().NotContainMatch("Node 1*");

    [Fact]
    public void NodeWithoutOnlineBlocks_HasFiveEmptyZones()
    {
        MachineSession session = RecordedMemory.Created();
        foreach (int block in new[] { 146, 147, 148, 149 })
        {
            session.Write($"/sys/devices/system/memory/memory{block}/state", "offline").Should().Be(Errno.Ok);
        }

        string[] lines = [.. Lines(session).SkipWhile(line => line != "Node 1, zone      DMA")];

        lines.Should().HaveCount(5 * 12);
        lines.Should().NotContain("  per-node stats").And.NotContain("  pagesets");
    }

    [Fact]
    public void CpuThatIsOffline_HasNoPageset()
    {
        MachineSession session = RecordedMemory.Created();
        session.Write("/sys/devices/system/cpu/cpu1/online", "0").Should().Be(Errno.Ok);

        Lines(session).Should().Contain("    cpu: 0").And.NotContain("    cpu: 1");
    }

    private static string[] Lines(MachineSession session) => ZoneinfoView.Render(session.Kernel).TrimEnd('\n').Split('\n');

    private static string WithoutUse(string line) => Use().Match(line) is { Success: true } use ? use.Groups["name"].Value : line;

    [GeneratedRegex(@"^\s+(?<name>pages free|nr_\w+|numa_\w+|count:|high:  )\s*\d+$")]
    private static partial Regex Use();
}
