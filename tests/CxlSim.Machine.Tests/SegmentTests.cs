using CxlSim.Core;
using CxlSim.Kernel;

namespace CxlSim.Machine.Tests;

/// <summary>The same buses in two PCI segments.</summary>
public class SegmentTests
{
    private readonly SimulatedMachine _machine = Given.Booted("""
        memory: {dram: 4GiB, cpus: 2}
        firmware: {decoders: programmed}
        host_bridges:
          - {uid: 1, bus: 0x10, root_ports: [{type3: {id: left, volatile: 256MiB}}]}
          - {uid: 2, bus: 0x10, segment: 7, root_ports: [{type3: {id: right, volatile: 256MiB}}]}
        windows: [{base: 0x1000000000, size: 512MiB, targets: [1, 2]}]
        """);

    [Fact]
    public void Functions_AreNamedByTheirSegment() =>
        _machine.Devices.Select(device => device.Address.ToString()).Should().Equal("0000:11:00.0", "0007:11:00.0");

    [Fact]
    public void Kernel_FindsBothRoots_AndTheRegionAcross()
    {
        _machine.Kernel!.PciRoots.Select(root => root.Name).Should().Equal("pci0000:10", "pci0007:10");
        _machine.Kernel.Sysfs.Read("/sys/bus/cxl/devices/region0/commit").Text.Should().Be("1");
        _machine.Resolve(new Hpa(0x1000000100)).Should().Be(new DataPathTarget("right", Dpa.Zero));
    }

    [Fact]
    public void EverySegment_HasItsConfigurationSpace()
    {
        string log = string.Join('\n', _machine.Kernel!.Log.Lines.Select(line => line.Text));
        log.Should().Contain("(domain 0007 [bus 10-11])");
        Names(_machine.Kernel.Iomem.Root).Should().Contain("PCI ECAM 0000 [bus 00-ff]").And.Contain("PCI ECAM 0007 [bus 00-ff]");
    }

    private static IEnumerable<string> Names(Resource resource) => resource.Children.SelectMany(child => Names(child).Prepend(child.Name));
}
