using static CxlSim.Kernel.Tests.TableRecords;

namespace CxlSim.Kernel.Tests;

/// <summary>How much boot RAM is movable: node 0 has [0, 2) and [4, 6) GiB, node 1 [6, 10), which SRAT calls hot-pluggable.</summary>
public sealed class MovableZoneTests
{
    /// <summary>Half of what the kernel is to have on each node; of node 0 that counts which lies below 4 GiB, and 388 KiB are no RAM there, so the zone begins 4 MiB later.</summary>
    [Theory]
    [InlineData("", 0, 0)]
    [InlineData("movable_node", 0, 4096)]
    [InlineData("movable_node kernelcore=1G", 0, 4096)]
    [InlineData("kernelcore=20G", 0, 0)]
    [InlineData("kernelcore=6G", 1020, 1024)]
    [InlineData("kernelcore=4G", 2044, 2048)]
    [InlineData("kernelcore=50%", 2044, 2048)]
    [InlineData("movablecore=4G", 2044, 2048)]
    [InlineData("movablecore=1G", 508, 512)]
    [InlineData("kernelcore=mirror", 0, 0)]
    public void CommandLine_SaysHowMuchIsMovable(string commandLine, ulong first, ulong second)
    {
        LinuxKernel kernel = new TableMachine().Ram(0, (2 * GiB) - 1).Ram(4 * GiB, (10 * GiB) - 1).Kernel(commandLine)
            .Table("SRAT", 3, Srat(Memory(0, 0, 6), Memory(1, 6, 10, flags: 3))).Boot();

        new[] { 0, 1 }.Select(node => kernel.Numa.Node(node).Zone(ZoneType.Movable).PresentPages >> 8).Should().Equal(first, second);
        (kernel.Numa.Node(1).Zone(ZoneType.Normal).PresentPages >> 8).Should().Be(4096 - second);
    }
}
