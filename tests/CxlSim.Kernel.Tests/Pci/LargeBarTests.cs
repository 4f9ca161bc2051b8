using CxlSim.Session;

namespace CxlSim.Kernel.Tests;

/// <summary>BARs whose size is in the second register alone.</summary>
public class LargeBarTests
{
    [Fact]
    public void ABarOf8GiB_IsAResource()
    {
        MachineSession session = Given.Booted("""
            memory: {dram: 2GiB, cpus: 1}
            host_bridges:
              - kind: pcie
                bus: 0
                mmio: [0x90000000-0x9fffffff, 0x8000000000-0x8fffffffff]
                functions: [{at: 02.0, id: "1af4:1001", class: 0x010000, bars: [{index: 0, size: 8GiB, wide: true, prefetchable: true}, {index: 2, size: 1MiB, wide: true}]}]
            """);

        session.Text("/sys/bus/pci/devices/0000:00:02.0/resource").Split('\n')[..4].Should().Equal(
            "0x0000008000000000 0x00000081ffffffff 0x000000000014220c",
            "0x0000000000000000 0x0000000000000000 0x0000000000000000",
            "0x0000008200000000 0x00000082000fffff 0x0000000000140204",
            "0x0000000000000000 0x0000000000000000 0x0000000000000000");
    }
}
