namespace CxlSim.Kernel.Tests;

/// <summary>Sizes of the per-CPU lists; figures of the recordings, two CPUs.</summary>
public sealed class PerCpuPagesTests
{
    [Theory]
    [InlineData(3592UL, 1UL, 4)]
    [InlineData(131072UL, 31UL, 16)]
    [InlineData(253840UL, 63UL, 16)]
    [InlineData(262144UL, 63UL, 20)]
    [InlineData(474334UL, 63UL, 20)]
    public void Batch_And_Threshold_GrowWithTheZone(ulong managed, ulong batch, int threshold)
    {
        Zone zone = new(ZoneType.Normal);
        zone.AddPages(new PageRange(0, managed), managed);

        PerCpuPages.Batch(zone).Should().Be(batch);
        PerCpuPages.StatThreshold(zone, 2).Should().Be(threshold);
    }

    /// <summary>Each further bit of the number of CPUs adds as much again; counters of one byte bound it.</summary>
    [Theory]
    [InlineData(1, 10)]
    [InlineData(4, 30)]
    [InlineData(8192, 125)]
    public void Threshold_GrowsWithTheCpus(int cpus, int threshold)
    {
        Zone zone = new(ZoneType.Normal);
        zone.AddPages(new PageRange(0, 262144), 262144);

        PerCpuPages.StatThreshold(zone, cpus).Should().Be(threshold);
    }
}
