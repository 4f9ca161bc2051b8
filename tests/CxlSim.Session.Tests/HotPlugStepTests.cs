using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Session.Tests;

/// <summary>Devices leave their slots and come back (<c>drivers/pci/hotplug/pciehp_ctrl.c</c>: pciehp_handle_button_press, pciehp_handle_presence_or_link_change).</summary>
public sealed class HotPlugStepTests
{
    private const string Devices = "/sys/bus/cxl/devices/";
    private const string Slotted = """
        name: slotted
        kernel: {command_line: memhp_default_state=online_movable}
        memory: {dram: 2GiB, cpus: 2}
        host_bridges:
          - {uid: 5, bus: 0x10, hdm_decoders: 4, root_ports: [{at: 00.0, port: 0, hotplug: true, slot: 2, type3: {id: card, volatile: 1GiB, persistent: 512MiB, label_storage: 64KiB}}, {at: 01.0, port: 1, type3: {id: fixed, volatile: 1GiB}}]}
        windows: [{base: 0x1000000000, size: 4GiB, targets: [5]}]
        """;

    /// <summary>It gets its addresses again, and a region as before. What it held in volatile memory is lost.</summary>
    [Theory]
    [InlineData("unplug: card")]
    [InlineData("link-down: card")]
    public void Device_ComesBackEmpty_AndWorks(string leave)
    {
        MachineSession session = Given.Booted(Slotted);
        string resources = session.Read("/sys/bus/pci/devices/0000:11:00.0/resource").Text;
        session.Do(["create-region: {decoder: decoder0.0, memdevs: [card]}", "store: {hpa: 0x1000000000, value: 7}", "destroy-region: {region: region0, force: true}", leave]);
        session.Kernel.Cxl.Bus.Find("mem0").Should().BeNull();

        session.Do(["plug: card"]);

        session.Read("/sys/bus/pci/devices/0000:11:00.0/resource").Text.Should().Be(resources);
        session.Do(["create-region: {decoder: decoder0.0, memdevs: [card]}", "load: {hpa: 0x1000000000, value: 0}", "store: {hpa: 0x1000000000, value: 9}", "load: {device: card, dpa: 0, value: 9}"]);
        session.CheckPlacement().Should().HaveCount(3).And.OnlyContain(check => check.Found);
        session.Do("plug: card").Error.Should().Be(Errno.EBUSY);
    }

    [Fact]
    public void PersistentBytes_AreStillThere()
    {
        MachineSession session = Given.Booted(Slotted);
        session.Do(["create-region: {decoder: decoder0.0, type: pmem, memdevs: [card]}", "store: {hpa: 0x1000000040, value: 7}", "load: {device: card, dpa: 0x40000040, value: 7}", "unplug: card", "plug: card"]);

        session.Do("load: {device: card, dpa: 0x40000040, value: 7}").Error.Should().Be(Errno.Ok);
    }

    /// <summary>A press and a presence at once: the card is there, and nobody waits for five seconds.</summary>
    [Fact]
    public void LinuxSays_WhatComesAndGoes()
    {
        MachineSession session = Given.Booted(Slotted);
        Lines(session, "link-down: card").Should().Equal("Slot(2): Link Down", "Slot(2): Card not present");
        Lines(session, "plug: card").Should().Equal("Slot(2): Button press: will power on in 5 sec", "Slot(2): Card present", "Slot(2): Link Up");
        Lines(session, "unplug: card").Should().Equal("Slot(2): Button press: will power off in 5 sec");
    }

    /// <summary>Nobody presses the button, so that nobody waits; what the card held in volatile memory is lost with its power.</summary>
    [Fact]
    public void LinkThatComesUpAgain_BringsTheDevice()
    {
        MachineSession session = Given.Booted(Slotted);
        session.Do(["create-region: {decoder: decoder0.0, memdevs: [card]}", "store: {hpa: 0x1000000000, value: 7}", "destroy-region: {region: region0, force: true}", "link-down: card"]);
        SimTime before = session.Machine.Simulation.Now;

        Lines(session, "link-up: card").Should().Equal("Slot(2): Card present", "Slot(2): Link Up");

        (session.Machine.Simulation.Now - before < SimDuration.Seconds(5)).Should().BeTrue();
        session.Do(["create-region: {decoder: decoder0.0, memdevs: [card]}", "load: {hpa: 0x1000000000, value: 0}", "store: {hpa: 0x1000000000, value: 9}", "load: {device: card, dpa: 0, value: 9}"]);
        session.Do("link-up: card").Error.Should().Be(Errno.EBUSY);
    }

    /// <summary>The memory is lost with the device: what was online stays so, with nothing behind it (50-observed, 38).</summary>
    [Fact]
    public void LinkThatGoesDownUnderARegion_TakesItsDecoders()
    {
        MachineSession session = Given.Booted(Slotted);
        session.Do(["create-region: {decoder: decoder0.0, memdevs: [card]}", "load: {hpa: 0x1000000000}", "link-down: card"]);

        session.Read(Devices + "region0/commit").Text.Should().Be("0");
        session.Read("/sys/devices/system/memory/memory512/state").Text.Should().Be("online");
        session.Do("load: {hpa: 0x1000000000}").Error.Should().Be(Errno.EIO);
    }

    /// <summary>Who has asked for a device need not wait when it is torn out.</summary>
    [Fact]
    public void LinkThatGoesDownWhileSomebodyAsks_EndsTheFiveSeconds()
    {
        MachineSession session = Given.Booted(Slotted);
        SimTime before = session.Machine.Simulation.Now;
        session.Machine.DeviceActions.RequestUnplug("card").Should().Be(Errno.Ok);
        session.Machine.Simulation.RunWithin(SimDuration.Seconds(1));

        session.Machine.DeviceActions.DropLink("card").Should().Be(Errno.Ok);
        session.Machine.Simulation.RunWithin(SimDuration.Seconds(3));

        session.Kernel.Cxl.Bus.Find("mem0").Should().BeNull();
        (session.Machine.Simulation.Now - before < SimDuration.Seconds(5)).Should().BeTrue();
    }

    [Theory]
    [InlineData("link-down: fixed", Errno.EOPNOTSUPP)]
    [InlineData("link-down: nobody", Errno.ENODEV)]
    [InlineData("link-up: nobody", Errno.ENODEV)]
    [InlineData("link-up: fixed", Errno.EBUSY)]
    [InlineData("plug: nobody", Errno.ENODEV)]
    [InlineData("plug: card", Errno.EBUSY)]
    [InlineData("plug: fixed", Errno.EBUSY)]
    public void WhatCannotBe_IsRefused(string step, Errno error) => Given.Booted(Slotted).Do(step).Error.Should().Be(error);

    [Fact]
    public void Steps_AreDoneAgain()
    {
        string[] steps = ["create-region: {decoder: decoder0.0, memdevs: [card]}", "link-down: card", "plug: card", "unplug: card", "plug: card", "link-down: card", "link-up: card"];
        RecordedSession recorded = new(Slotted, 5, steps);
        for (int step = 1; step <= steps.Length; step++)
        {
            recorded.Step(step).Error.Should().Be(Errno.Ok);
        }

        recorded.ShouldReplay();
    }

    private static string[] Lines(MachineSession session, string step)
    {
        long mark = session.Kernel.Log.NextSequence;
        session.Do([step]);
        return [.. session.Kernel.Log.Lines.Skip((int)mark).Select(line => line.Text).Where(line => line.Contains("pciehp: ")).Select(line => line[(line.IndexOf("pciehp: ", StringComparison.Ordinal) + 8)..])];
    }
}
