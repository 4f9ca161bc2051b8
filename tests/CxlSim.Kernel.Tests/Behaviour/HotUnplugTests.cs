using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Session;

namespace CxlSim.Kernel.Tests.Behaviour;

/// <summary>A device leaves its slot at somebody's request, with a region still active (recording 11-ras, 02-after-device_del).</summary>
public class HotUnplugTests
{
    private const string Machine = """
        memory: {dram: 2GiB, cpus: 2}
        host_bridges:
          - uid: 12
            bus: 0x0c
            root_ports:
              - {at: 00.0, port: 0, hotplug: true, slot: 2, type3: {id: cxl-mem0, volatile: 512MiB, serial: 0xabc0}}
              - {at: 01.0, port: 1, hotplug: true, slot: 3, type3: {id: cxl-mem1, volatile: 512MiB, serial: 0xabc1}}
              - {at: 02.0, port: 2, type3: {id: fixed, volatile: 512MiB, serial: 0xabc2}}
        windows: [{base: 0x490000000, size: 4GiB, targets: [12]}]
        """;

    [Fact]
    public void A_port_with_a_slot_says_what_it_has()
    {
        Given.Booted(Machine, out LogSink log);

        log.Lines.Should().Contain(
            "pcieport 0000:0c:01.0: pciehp: Slot #3 AttnBtn+ PwrCtrl+ MRL- AttnInd+ PwrInd+ HotPlug+ Surprise+ Interlock+ NoCompl- IbPresDis- LLActRep+ (with Cmd Compl erratum)");
        log.Lines.Should().NotContain(line => line.StartsWith("pcieport 0000:0c:02.0: pciehp"));
    }

    [Fact]
    public void A_device_stays_for_five_seconds_and_is_gone_then()
    {
        MachineSession session = Given.Booted(Machine);
        SimTime asked = session.Machine.Simulation.Now;

        session.Machine.DeviceActions.RequestUnplug("cxl-mem1").Should().Be(Errno.Ok);
        session.Machine.Simulation.RunWithin(SimDuration.Seconds(4));

        session.Kernel.Cxl.Bus.Find("mem1").Should().NotBeNull();
        session.Machine.DeviceActions.RequestUnplug("cxl-mem1").Should().Be(Errno.EBUSY);
        session.Machine.Simulation.RunUntilIdle();
        session.Kernel.Cxl.Bus.Devices.Select(device => device.Name).Should().NotContain(["mem1", "endpoint3"]).And.Contain(["mem0", "mem2"]);
        session.Kernel.PciBus.Find("0000:0e:00.0").Should().BeNull();
        (session.Machine.Simulation.Now - asked).Should().Be(SimDuration.Seconds(6));
        session.Machine.Devices.Select(device => device.Address is null).Should().Equal(false, true, false);
        session.Machine.DeviceActions.RequestUnplug("cxl-mem1").Should().Be(Errno.ENODEV);
        session.Write("/sys/bus/pci/rescan", "1").Should().Be(Errno.Ok);
        session.Kernel.Cxl.Bus.Find("mem1").Should().BeNull();
    }

    [Fact]
    public void An_interleaved_region_loses_its_decoders_and_its_memory_answers_no_more()
    {
        MachineSession session = Given.AfterSteps(Machine + "\nsteps:\n  - create-region: {decoder: decoder0.0, memdevs: [cxl-mem0, cxl-mem1], granularity: 256}\n");
        session.Machine.Store(new Hpa(0x490000000), [1]).Should().Be(BusResult.Done);
        session.Write("/sys/bus/dax/drivers/kmem/unbind", "dax0.0").Should().Be(Errno.Ok);

        session.Machine.DeviceActions.RequestUnplug("cxl-mem1").Should().Be(Errno.Ok);
        session.Machine.Simulation.RunUntilIdle();

        session.Text(Given.Devices + "region0/commit").Should().Be("0");
        session.Text(Given.Devices + "region0/target1").Should().BeEmpty();
        session.Text(Given.Devices + "decoder1.0/start").Should().Be("0x0");
        session.Text(Given.Devices + "decoder2.0/size").Should().Be("0x40000000");
        session.Text(Given.Devices + "endpoint2/decoders_committed").Should().Be("0");
        session.Machine.Load(new Hpa(0x490000000), new byte[1]).Should().Be(BusResult.DecodeError);
    }

    [Theory]
    [InlineData("fixed", Errno.EOPNOTSUPP)]
    [InlineData("mem0", Errno.ENODEV)]
    public void What_cannot_be_unplugged_is_refused(string id, Errno error) =>
        Given.Booted(Machine).Machine.DeviceActions.RequestUnplug(id).Should().Be(error);
}
