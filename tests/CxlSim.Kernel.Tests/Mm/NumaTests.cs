using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Session;

namespace CxlSim.Kernel.Tests;

/// <summary>Which node stands in for one that is not there; more CPUs than a byte can number.</summary>
public sealed class NumaTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(-1, -1)]
    public void OnlineNode_IsTheNearest(int node, int expected)
    {
        MachineSession session = Given.Booted("""
            memory:
              nodes: [{pxm: 0, size: 1GiB, cpus: 1}, {pxm: 1, size: 1GiB, cpus: 1}]
              srat:
                - {cpu: 0, pxm: 0}
                - {cpu: 1, pxm: 1}
                - {memory: 0x0-0x3fffffff, pxm: 0}
                - {memory: 0x40000000-0x7fffffff, pxm: 1}
                - {memory: 0x490000000-0x58fffffff, pxm: 2, hotplug: true}
              distances: [{from: 0, to: 2, distance: 40}, {from: 1, to: 2, distance: 30}]
            host_bridges: [{uid: 12, bus: 0x0c, component_registers: 0x480000000, root_ports: [{type3: {volatile: 1GiB}}]}]
            windows: [{base: 0x490000000, size: 4GiB, targets: [12], restrictions: 0xf}]
            """);

        session.Kernel.Numa.OnlineNode(node).Should().Be(expected);
    }

    [Fact]
    public void CpusBeyond255_HaveX2ApicIds()
    {
        LinuxKernel kernel = Given.Booted("memory: {apic: x2apic, nodes: [{pxm: 0, size: 1GiB, cpus: 200}, {pxm: 1, size: 1GiB, cpus: 100}]}").Kernel;

        kernel.Sysfs.Read("/sys/devices/system/node/node0/cpulist").Text.Should().Be("0-199");
        kernel.Sysfs.Read("/sys/devices/system/node/node1/cpulist").Text.Should().Be("200-299");
    }

    /// <summary>A record of the SRAT and a window that have all of the address space together.</summary>
    [Fact]
    public void MemoryAndWindowOfAllAddresses_AreAByteLess()
    {
        NumaMemblks memblks = new(new KernelLog(new Simulation(0)));
        memblks.TryAdd(0, 0, 1UL << 63).Should().BeTrue();

        memblks.TryFill(AddressRange.FromBounds(new Hpa((1UL << 63) - 0x1000_0000), new Hpa(ulong.MaxValue))).Should().BeTrue();

        memblks.Memory.Single().Range.Should().Be(AddressRange.FromBounds(Hpa.Zero, new Hpa(ulong.MaxValue - 1)));
    }
}
