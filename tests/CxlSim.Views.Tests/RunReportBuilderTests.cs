using CxlSim.Engine;
using CxlSim.Machine;
using CxlSim.Session;

namespace CxlSim.Views.Tests;

/// <summary>What became of capacity, in each of its states.</summary>
public class RunReportBuilderTests
{
    private const string Region = "create-region: {decoder: decoder0.0, size: 512MiB}";
    private const string Device = "/sys/bus/cxl/devices/";
    private const string Memdev = "mem0 0000:11:00.0";
    private const string Place = "region0 0x1000000000 512 MiB x1";

    /// <summary>One after the other; blocks of 128 MiB from memory512 on.</summary>
    [Fact]
    public void Region_GoesFromOnlineToOfflineToDevdax()
    {
        MachineSession session = Given.Booted();
        Rows(session).Should().Equal(Free("1 GiB"));

        session.After(Region);
        DeviceRow online = new("card", Memdev, "512 MiB", "decoder2.0", Place, "dax0.0 kmem", "4 (512-515)", "1", "Normal", "online");
        Rows(session).Should().Equal(online, Free("512 MiB"));

        session.After("offline: memory513");
        Rows(session)[0].Should().Be(online with { State = "3 of 4 blocks online" });

        session.After("online: memory513", "offline: dax0.0");
        Rows(session)[0].Should().Be(online with { Zone = "", State = "offline" });

        session.After("write: {path: /sys/bus/dax/drivers/kmem/unbind, value: dax0.0}");
        DeviceRow unbound = online with { Dax = "dax0.0 unbound", Blocks = "", Zone = "", State = "no dax driver" };
        Rows(session)[0].Should().Be(unbound);

        session.After("write: {path: /sys/bus/dax/drivers/device_dax/new_id, value: dax0.0}");
        Rows(session)[0].Should().Be(unbound with { Dax = "dax0.0 device_dax", State = "devdax" });
    }

    /// <summary>What firmware lists as ordinary memory is online before there are drivers, and has no dax device.</summary>
    [Fact]
    public void MemoryOfTheBoot_IsOnline()
    {
        MachineSession session = Given.Booted("""
            memory: {dram: 2GiB, cpus: 1}
            firmware: {decoders: programmed}
            host_bridges: [{uid: 5, bus: 0x10, root_ports: [{type3: {id: card, volatile: 512MiB}}]}]
            windows: [{base: 0x200000000, size: 512MiB, targets: [5], efi: conventional}]
            """);

        Rows(session).Should().Equal(new DeviceRow("card", Memdev, "512 MiB", "decoder2.0", "region0 0x200000000 512 MiB x1", "", "4 (64-67)", "1", "Normal", "online"));
    }

    [Fact]
    public void TwoZones_AreBothNamed()
    {
        MachineSession session = Given.Booted().After(Region, "offline: dax0.0", "online: memory512", "online: {subject: memory515, state: online_movable}");
        (Rows(session)[0].Zone, Rows(session)[0].State).Should().Be(("Normal,Movable", "2 of 4 blocks online"));
    }

    [Fact]
    public void Reserved_ConfiguredAndCommitted_AreToldApart()
    {
        MachineSession session = Given.Booted().After(Write("decoder2.0/mode", "ram"), Write("decoder2.0/dpa_size", "0x20000000"));
        DeviceRow reserved = new("card", Memdev, "512 MiB", "decoder2.0", "", "", "", "", "", "reserved, in no region");
        Rows(session).Should().Equal(reserved, Free("512 MiB"));

        session.After(
            Write("decoder0.0/create_ram_region", "region0"),
            Write("region0/interleave_granularity", "256"),
            Write("region0/interleave_ways", "1"),
            Write("region0/size", "0x20000000"),
            Write("region0/target0", "decoder2.0"));
        Rows(session)[0].Should().Be(reserved with { Region = Place, State = "not committed" });

        session.After(Write("region0/commit", "1"));
        Rows(session)[0].Should().Be(reserved with { Region = Place, State = "committed, no dax device" });
    }

    /// <summary>Modules that are not loaded end the way of the memory at different places.</summary>
    [Theory]
    [InlineData("[cxl_acpi]", "", "not found by the kernel")]
    [InlineData("[]", "", "not found by the kernel")]
    [InlineData("[cxl_acpi, cxl_pci]", Memdev, "no endpoint")]
    [InlineData("[cxl_acpi, cxl_pci, cxl_mem, cxl_port]", Memdev, "free")]
    public void MissingModule_EndsTheWay(string modules, string memdev, string state)
    {
        MachineSession session = Given.Booted($"kernel: {{modules: {modules}}}\n{Given.OneCard}");
        Rows(session).Should().Equal(new DeviceRow("card", memdev, "1 GiB", "", "", "", "", "", "", state));
    }

    [Theory]
    [InlineData("PowerOn", "kernel not started")]
    [InlineData("FirmwareTables", "kernel not started")]
    [InlineData("AcpiScan", "not probed yet")]
    public void StoppedBoot_SaysHowFarItCame(string phase, string state)
    {
        SimulatedMachine machine = new(Given.Described(Given.OneCard));
        machine.Simulation.AddSink(new StopAtPhase(machine, phase));
        machine.RunBoot().Should().BeFalse();
        RunReport report = RunReportBuilder.Build(machine, [], []);
        (report.Phase, report.Devices[0].State).Should().Be((phase, state));
        report.KernelTime.Picoseconds.Should().BeLessThanOrEqualTo(report.VirtualTime.Picoseconds);
    }

    [Fact]
    public void KernelThatHasNotStarted_HasNoTimeOfItsOwn()
    {
        SimulatedMachine machine = new(Given.Described(Given.OneCard));
        machine.Simulation.AddSink(new StopAtPhase(machine, "FirmwareTables"));
        machine.RunBoot();
        RunReport report = RunReportBuilder.Build(machine, [], []);
        report.VirtualTime.Picoseconds.Should().BePositive();
        report.KernelTime.Should().Be(SimDuration.Zero);
    }

    [Fact]
    public void Report_CarriesTheRunsOwnFacts()
    {
        RunReport report = Given.Booted().Report();
        (report.Platform, report.Kernel, report.Seed, report.Phase).Should().Be(("one-card", "6.12", 0UL, "Running"));
    }

    private static IReadOnlyList<DeviceRow> Rows(MachineSession session) => session.Report().Devices;

    private static DeviceRow Free(string size) => new("card", Memdev, size, "", "", "", "", "", "", "free");

    private static string Write(string attribute, string value) => $"write: {{path: {Device}{attribute}, value: {value}}}";
}
