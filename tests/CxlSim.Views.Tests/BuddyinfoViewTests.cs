using CxlSim.Core;
using CxlSim.Session;

namespace CxlSim.Views.Tests;

/// <summary>/proc/buddyinfo; the lines of node 1 are those of the recordings.</summary>
public class BuddyinfoViewTests
{
    [Fact]
    public void ZonesWithPages_ShowTheirFreeBlocks()
    {
        string[] lines = Lines(RecordedMemory.Created());

        lines.Should().HaveCount(3);
        lines[0].Should().StartWith("Node 0, zone      DMA      ");
        lines[1].Should().StartWith("Node 0, zone    DMA32      ");
        lines[2].Should().Be("Node 1, zone   Normal      0      0      0      0      0      0      0      0      0      0    128 ");
    }

    [Fact]
    public void BlockThatIsOffline_IsNotFree()
    {
        MachineSession session = RecordedMemory.Created();
        session.Write("/sys/devices/system/memory/memory147/state", "offline").Should().Be(Errno.Ok);
        session.Write("/sys/devices/system/memory/memory147/state", "online_movable").Should().Be(Errno.Ok);

        Lines(session)[2..].Should().Equal(
            "Node 1, zone   Normal      0      0      0      0      0      0      0      0      0      0     96 ",
            "Node 1, zone  Movable      0      0      0      0      0      0      0      0      0      0     32 ");
    }

    [Fact]
    public void MemmapOnMemory_TakesHalfABlockOfEach()
    {
        MachineSession session = Given.Booted("kernel: {command_line: memory_hotplug.memmap_on_memory=1}\n" + Given.OneCard);
        session.Do("create-region: {decoder: decoder0.0}").IsAsExpected.Should().BeTrue();

        Lines(session)[^1].Should().Be("Node 1, zone   Normal      0      0      0      0      0      0      0      0      0      8    248 ");
    }

    private static string[] Lines(MachineSession session) => BuddyinfoView.Render(session.Kernel).TrimEnd('\n').Split('\n');
}
