using CxlSim.Core;

namespace CxlSim.Hardware.Tests;

/// <summary>The slot registers of a port, at 0x8c and 0x8e of its configuration space (PCI Express Base 6.0 7.5.3.10, 7.5.3.11).</summary>
public class HotplugSlotTests
{
    private const string Machine = """
        memory: {dram: 2GiB, cpus: 1}
        host_bridges:
          - {uid: 5, bus: 0x10, root_ports: [{at: 00.0, port: 7, hotplug: true, slot: 2, type3: {id: card, volatile: 1GiB}}]}
        windows: [{base: 0x1000000000, size: 4GiB, targets: [5]}]
        """;

    private readonly Bench _bench = new(Machine);
    private readonly List<(Bdf Function, int Vector)> _interrupts = [];

    public HotplugSlotTests() => _bench.Machine.Interrupted += (function, vector) => _interrupts.Add((function, vector));

    private uint Status => _bench.Machine.ReadConfig(Bench.PortAt(0), 0x8e, 2);

    [Fact]
    public void A_slot_has_a_number_and_says_what_it_can()
    {
        _bench.Machine.ReadConfig(Bench.PortAt(0), 0x88, 4).Should().Be((2u << 19) | 0x2007b);
        (_bench.Machine.ReadConfig(Bench.PortAt(0), 0x76, 2) & 0x100).Should().Be(0x100);
        Status.Should().Be(0x40);
    }

    [Fact]
    public void The_button_interrupts_only_who_asked_for_it_and_goes_by_a_one()
    {
        _bench.Machine.RequestUnplug("card").Should().Be(Errno.Ok);

        _interrupts.Should().BeEmpty();
        Status.Should().Be(0x41);
        _bench.Machine.WriteConfig(Bench.PortAt(0), 0x8e, 2, 0x0001);
        Status.Should().Be(0x40);
    }

    [Fact]
    public void An_enabled_button_interrupts()
    {
        _bench.Machine.WriteConfig(Bench.PortAt(0), 0x8c, 2, 0x121);

        _bench.Machine.RequestUnplug("card").Should().Be(Errno.Ok);

        _interrupts.Should().Equal((Bench.PortAt(0), 0));
    }

    [Fact]
    public void A_device_leaves_when_power_and_indicator_are_off()
    {
        _bench.Machine.WriteConfig(Bench.PortAt(0), 0x8c, 2, 0x500);
        _bench.Machine.ReadConfig(Bench.DeviceAt(0), 0, 2).Should().Be(0x8086, "it is the function found last now");

        _bench.Machine.WriteConfig(Bench.PortAt(0), 0x8c, 2, 0x700);

        _bench.Machine.ReadConfig(Bench.DeviceAt(0), 0, 2).Should().Be(0xffff);
        _bench.Read32(Bench.RegistersOf(0), 0).Should().Be(0xffffffff);
        Status.Should().Be(0x08);
        _bench.Machine.RequestUnplug("card").Should().Be(Errno.ENODEV);
    }
}
