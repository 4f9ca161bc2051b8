using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Kernel;
using CxlSim.Machine;
using CxlSim.Views;

namespace CxlSim.Session.Tests;

/// <summary>Requests from outside, and looking for bytes on the media.</summary>
public class MachineSessionTests
{
    /// <summary>Whose decoders firmware locked comes back as a region of its own; another memdev that has no driver stays as it is.</summary>
    [Fact]
    public void MemdevBoundAgain_LeavesOthersUnbound()
    {
        MachineSession session = Given.Booted("""
            memory: {dram: 4GiB, cpus: 2}
            firmware: {decoders: locked}
            host_bridges:
              - {uid: 5, bus: 0x10, root_ports: [{at: 01.0, port: 0, type3: {id: left, volatile: 1GiB}}]}
              - {uid: 6, bus: 0x20, root_ports: [{at: 01.0, port: 0, type3: {id: right, volatile: 1GiB}}]}
            windows: [{base: 0x1000000000, targets: [5]}, {base: 0x2000000000, targets: [6]}]
            """);
        session.Write("/sys/bus/cxl/drivers/cxl_mem/unbind", "mem0").Should().Be(Errno.Ok);
        session.Write("/sys/bus/cxl/drivers/cxl_mem/unbind", "mem1").Should().Be(Errno.Ok);

        session.Write("/sys/bus/cxl/drivers/cxl_mem/bind", "mem1").Should().Be(Errno.Ok);

        session.Kernel.Cxl.Bus.Devices.OfType<CxlMemdev>().Select(memdev => (memdev.Name, memdev.IsBound)).Should().BeEquivalentTo([("mem0", false), ("mem1", true)]);
    }

    [Fact]
    public void BeforeTheHandoff_ThereIsNoKernelToAsk()
    {
        MachineSession session = new(new SimulatedMachine(Given.Described(Given.OneCard)));
        Action ask = () => session.Read("/sys/bus");
        ask.Should().Throw<SimulatorBugException>();
    }

    [Fact]
    public void Requests_GoThroughTheInbox_SoThatTheTraceKnowsThem()
    {
        MachineSession session = Given.Booted();
        Requests requests = new();
        session.Machine.Simulation.AddSink(requests);
        session.Read("/sys/a");
        session.Write("/sys/b", "1");
        requests.Descriptions.Should().Equal("read /sys/a", "write /sys/b 1");
    }

    [Fact]
    public void Reading_TakesNoVirtualTime()
    {
        MachineSession session = Given.Booted();
        SimTime before = session.Machine.Simulation.Now;
        session.Read("/sys/bus/cxl/devices/mem0/serial").Error.Should().Be(Errno.Ok);
        session.Machine.Simulation.Now.Should().Be(before);
    }

    /// <summary>First, middle and last byte of 2 GiB over two cards, by hand: 256 bytes in turn, so bit 8 selects the card and the rest moves down by one.</summary>
    [Fact]
    public void Placement_IsWhatInterleavingByHandGives()
    {
        MachineSession session = Given.Booted(Given.TwoCards);
        session.Do("create-region: {decoder: decoder0.0, memdevs: [left, right]}").IsAsExpected.Should().BeTrue();
        session.CheckPlacement().Should().Equal(
            new PlacementCheck("region0", new Hpa(0x10_0000_0000), "left", new Dpa(0), true),
            new PlacementCheck("region0", new Hpa(0x10_4000_0000), "left", new Dpa(0x2000_0000), true),
            new PlacementCheck("region0", new Hpa(0x10_7fff_ffff), "right", new Dpa(0x3fff_ffff), true));
    }

    [Fact]
    public void Placement_AgreesWithTheWayOverResolveAndMedia()
    {
        MachineSession session = Given.WithRegion();
        byte[] found = new byte[1];
        foreach (PlacementCheck check in session.CheckPlacement())
        {
            session.Machine.Resolve(check.Address).Should().Be(new DataPathTarget(check.Device, check.MediaAddress));
            session.Machine.Store(check.Address, [0x5a]);
            session.Machine.Media.TryRead(check.Device, check.MediaAddress, found).Should().BeTrue();
            found.Should().Equal(0x5a);
        }
    }

    [Fact]
    public void Placement_PutsTheOldBytesBack()
    {
        MachineSession session = Given.WithRegion();
        ulong[] addresses = [0x10_0000_0000, 0x10_2000_0000, 0x10_3fff_ffff];
        foreach (ulong address in addresses)
        {
            session.Machine.Store(new Hpa(address), [0xa7]);
        }

        session.CheckPlacement().Should().OnlyContain(check => check.Found).And.HaveCount(3);
        byte[] found = new byte[1];
        foreach (ulong address in addresses)
        {
            session.Machine.Load(new Hpa(address), found).Should().Be(BusResult.Done);
            found.Should().Equal(0xa7);
        }
    }

    [Fact]
    public void WithoutARegion_NothingIsChecked() => Given.Booted().CheckPlacement().Should().BeEmpty();

    private sealed class Requests : ITraceSink
    {
        public List<string> Descriptions { get; } = [];

        public void Record(SimTime time, long eventNumber, TraceRecord record)
        {
            if (record is RequestServed request)
            {
                Descriptions.Add(request.Description);
            }
        }
    }
}
