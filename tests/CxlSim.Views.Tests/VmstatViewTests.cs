using CxlSim.Session;

namespace CxlSim.Views.Tests;

/// <summary>/proc/vmstat; the pages of struct pages are those that Linux 6.12.107 counted on a machine of 2 GiB and on one with 1 GiB more of kmem.</summary>
public sealed class VmstatViewTests
{
    [Theory]
    [InlineData("nr_memmap_boot_pages 8192")]
    [InlineData("nr_memmap_pages 2048")]
    [InlineData("pgdemote_kswapd 0")]
    [InlineData("numa_miss 0")]
    public void Line(string line) => Lines(RecordedMemory.Created()).Should().Contain(line);

    [Fact]
    public void FreePages_AreThoseOfAllZones()
    {
        MachineSession session = RecordedMemory.Created();

        ulong free = session.Kernel.Numa.OnlineNodes.Aggregate(0UL, (sum, node) => sum + node.FreePages);
        Lines(session)[0].Should().Be($"nr_free_pages {free}");
    }

    private static string[] Lines(MachineSession session) => VmstatView.Render(session.Kernel).TrimEnd('\n').Split('\n');
}
