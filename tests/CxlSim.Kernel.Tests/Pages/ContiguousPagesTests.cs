using CxlSim.Core;
using CxlSim.Session;

namespace CxlSim.Kernel.Tests;

/// <summary>Pages of areas for contiguous allocation: fact sheet 30, A-52.</summary>
public sealed class ContiguousPagesTests
{
    private const ulong Gigabyte = 1UL << 18;

    private readonly MachineSession _session = Given.Booted("""
        memory: {nodes: [{pxm: 0, size: 4GiB, cpus: 1}]}
        kernel: {config: {CMA: y, DMA_CMA: y}, command_line: cma=1G}
        """);

    private Zone Normal => _session.Zone(0, ZoneType.Normal);

    /// <summary>Of 2 GiB in Normal one is an area: less than half is never taken first.</summary>
    [Fact]
    public void UserPages_TakeBothHalvesInTurn()
    {
        (Normal.Free.Total, Normal.FreeCma.Total).Should().Be((Gigabyte, Gigabyte));

        _session.Take(Gigabyte).Should().Be(Errno.Ok);

        (Normal.Free.Total, Normal.FreeCma.Total).Should().Be((Gigabyte / 2, Gigabyte / 2));
    }

    [Fact]
    public void KernelPages_LeaveTheAreaAlone()
    {
        _session.Take(Gigabyte + 1000, use: PageUse.Kernel).Should().Be(Errno.Ok);

        Normal.FreeCma.Total.Should().Be(Gigabyte);
        _session.Where().Should().Contain("0.DMA32");
    }

    [Fact]
    public void FreedPages_ReturnToTheArea()
    {
        _session.Take(Gigabyte + 5000).Should().Be(Errno.Ok);
        _session.End();

        (Normal.Free.Total, Normal.FreeCma.Total).Should().Be((Gigabyte, Gigabyte));
        _session.Text("/sys/devices/system/node/node0/vmstat").Should().Contain($"nr_free_cma {Gigabyte}");
    }
}
