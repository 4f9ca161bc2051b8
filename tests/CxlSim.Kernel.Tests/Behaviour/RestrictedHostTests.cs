using CxlSim.Core;
using CxlSim.Session;
using CxlSim.Views;

namespace CxlSim.Kernel.Tests.Behaviour;

/// <summary>CXL 1.1: a host bridge that is no port, and a device whose endpoint hangs at the root (fact sheet 10, 11.10 and 11.11; fact sheet 20, 2.1 to 2.5).</summary>
public class RestrictedHostTests
{
    private const string Restricted = "{uid: 3, bus: 0x20, cxl: 1.1, rcrb: 0x200000000, type3: {id: rcd, volatile: 1GiB, serial: 0x11}}";
    private const string Virtual = "{uid: 12, bus: 0x30, root_ports: [{type3: {id: vh, volatile: 1GiB, serial: 0x12}}]}";
    private const string Window = "[{base: 0x1000000000, size: 1GiB, targets: [3]}]";

    private static string Machine(string bridges = Restricted, string decoders = "os", string windows = Window, string rest = "") => $$"""
        memory: {dram: 4GiB, cpus: 2}
        firmware: {decoders: {{decoders}}}
        host_bridges: [{{bridges}}]
        windows: {{windows}}
        {{rest}}
        """;

    [Fact]
    public void HostBridge_IsADportAndNoPort()
    {
        MachineSession session = Given.Booted(Machine());

        Line(session, " pci0000:20: host supports CXL (restricted)").Level.Should().Be(LogLevel.Info);
        CxlDport dport = session.Kernel.Cxl.Root!.Dports.Single();
        dport.PortId.Should().Be(3);
        dport.IsRestricted.Should().BeTrue();
        session.Kernel.Cxl.Ports.Where(port => !port.IsEndpoint).Should().ContainSingle("the root is the only one");
        IomemView.Render(session.Kernel.Iomem).Should().NotContain("RCRB", "it is taken only while it is read");
    }

    [Fact]
    public void Endpoint_HangsAtTheRoot()
    {
        MachineSession session = Given.Booted(Machine());
        CxlMemdev memdev = session.Memdev(0x11);

        memdev.IsBound.Should().BeTrue();
        memdev.Pci!.Address.Should().Be(new Bdf(0, 0x20, 0, 0));
        memdev.Endpoint!.ParentPort.Should().BeSameAs(session.Kernel.Cxl.Root);
        memdev.Endpoint.Path.Should().EndWith("/root0/endpoint1");
        memdev.Endpoint.ParentDport!.Device.Name.Should().Be("pci0000:20");
        memdev.Components!.Start.Should().Be(new Hpa(0x2_0002_0000), "the upstream port's registers, as the RCRB says");
        memdev.Performance.Should().BeEmpty("a CXL 1.1 device has no coordinates");
    }

    /// <summary>It is managed by the device of the root, whose driver goes (<c>devm_cxl_add_endpoint</c>).</summary>
    [Fact]
    public void Endpoint_GoesWithTheRoot()
    {
        MachineSession session = Given.Booted(Machine());

        session.Write("/sys/bus/platform/drivers/cxl_acpi/unbind", "ACPI0017:00").Should().Be(Errno.Ok);

        session.Memdev(0x11).IsBound.Should().BeFalse();
        session.Memdev(0x11).Endpoint.Should().BeNull();
        session.Kernel.Cxl.Ports.Should().BeEmpty();
    }

    [Fact]
    public void Region_CanBeMadeOnItsHdmDecoders()
    {
        MachineSession session = Given.AfterSteps(Machine(rest: """
            steps:
              - create-region: {decoder: decoder0.0, size: 512MiB, memdevs: [rcd]}
              - store: {hpa: 0x1000000100, value: 0x77}
            """));

        session.Region("region0").State.Should().Be(RegionState.Commit);
        session.Machine.Resolve(new Hpa(0x10_0000_0100))!.Should().Be(new Machine.DataPathTarget("rcd", new Dpa(0x100)));
    }

    // Ranges that firmware switched on are decoders: locked, enabled, one way, and a region comes of them.
    [Theory]
    [InlineData("programmed", "volatile: 1GiB", "1073741824")]
    [InlineData("locked", "volatile: 1GiB", "1073741824")]
    public void RangesOfFirmware_AreLockedDecoders(string decoders, string capacity, string size)
    {
        MachineSession session = Given.Booted(Machine(Restricted.Replace("volatile: 1GiB", capacity, StringComparison.Ordinal), decoders));
        CxlRegion region = session.Region("region0");

        session.Text(Given.Devices + "decoder1.0/start").Should().Be("0x1000000000");
        session.Text(Given.Devices + "decoder1.0/locked").Should().Be("1");
        session.Text(Given.Devices + "decoder1.0/interleave_ways").Should().Be("1");
        session.Text(Given.Devices + "decoder1.0/interleave_granularity").Should().Be("4096", "what a decoder object is born with");
        session.Text(Given.Devices + "decoder1.0/dpa_resource").Should().Be("0x0");
        session.Text(Given.Devices + "endpoint1/decoders_committed").Should().Be("1");
        session.Kernel.Cxl.Bus.Find("decoder1.1").Should().BeNull("there are as many decoders as ranges");
        region.State.Should().Be(RegionState.Commit);
        region.IsBound.Should().BeTrue();
        region.Resource!.Range.Size.Bytes.Should().Be(ulong.Parse(size, System.Globalization.CultureInfo.InvariantCulture));
        session.Machine.Store(new Hpa(0x10_0000_0200), [1]).Should().Be(BusResult.Done);
    }

    [Fact]
    public void RangesOutsideEveryWindow_AreRefused()
    {
        HostileBoot boot = new(Given.Platform(Machine(decoders: "programmed")));
        boot.Bus = new PatchedBus(boot.Hardware) { Config = (function, offset, value) => function.Bus == 0x20 && offset == 0x10c + 0x20 ? 0x77 : value };

        boot.Run().Should().BeNull();

        boot.Log.Lines.Should().ContainMatch("*the DVSEC ranges lie outside the CXL windows of the platform");
        boot.Kernel!.Cxl.Ports.Should().NotContain(port => port.IsEndpoint && port.IsBound);
    }

    // HDM count 0: EINVAL. Of three ranges the driver waits for those that there are.
    [Theory]
    [InlineData(0x000e, "*endpoint1: probe with driver cxl_port failed with error -22")]
    [InlineData(0x003e, "*memory range 1 did not become valid within 1 s")]
    public void CountOfRanges_OutOfBounds_IsRefused(ulong capability, string line)
    {
        HostileBoot boot = new(Given.Platform(Machine()));
        boot.Bus = new PatchedBus(boot.Hardware) { Config = (function, offset, value) => function.Bus == 0x20 && offset == 0x10c + 0x0a ? capability : value };

        boot.Run().Should().BeNull();

        boot.Log.Lines.Should().ContainMatch(line);
    }

    // Without component registers the ranges are all that there is, and the driver knows no interleave for them.
    [Fact]
    public void RangesWithoutComponentRegisters_AreDecodersThatNoRegionTakes()
    {
        HostileBoot boot = new(Given.Platform(Machine(decoders: "programmed")));
        boot.Bus = new PatchedBus(boot.Hardware) { Register = (address, value) => address == new Hpa(0x2_0000_1000) ? 0xffff_ffff : value };

        boot.Run().Should().BeNull();

        boot.Log.Lines.Should().Contain("cxl_pci 0000:20:00.0: No component registers (-6)");
        CxlPort endpoint = boot.Kernel!.Cxl.Ports.Single(port => port.IsEndpoint);
        endpoint.IsBound.Should().BeTrue();
        endpoint.Decoders.Should().ContainSingle().Which.IsLocked.Should().BeTrue();
        boot.Kernel.Cxl.Active.Should().BeEmpty();
    }

    /// <summary>Linux calls a function that decoders of DVSEC ranges do not have; from 7.0 on the region's lock comes before.</summary>
    [Theory]
    [InlineData("6.12", Errno.EFAULT)]
    [InlineData("7.2", Errno.EPERM)]
    public void RegionOfDvsecRanges_CannotBeTakenBack(string version, Errno expected)
    {
        MachineSession session = Given.Booted(File.ReadAllText(RepositoryRoot.File("platforms/rch.yaml")) + $"\nkernel: {{version: {version}}}\n");

        session.Write(Given.Devices + "region0/commit", "0").Should().Be(expected);
    }

    [Fact]
    public void RcrbThatNamesNoRegisters_EndsCxlAcpi()
    {
        HostileBoot boot = new(Given.Platform(Machine()));
        boot.Bus = new PatchedBus(boot.Hardware) { Register = (address, value) => address == new Hpa(0x2_0000_0004) ? 0 : value };

        boot.Run().Should().BeNull();

        boot.Log.Lines.Should().Contain(" pci0000:20: the RCRB names no component registers");
        boot.Kernel!.Cxl.Ports.Should().BeEmpty();
        boot.Kernel.Cxl.Bus.Devices.OfType<CxlMemdev>().Should().BeEmpty("its driver waits for a host bridge that never comes");
    }

    // Version 0 counts with 0x2000 bytes only, and never with a base of zero.
    [Theory]
    [InlineData(0x18, 0x1000UL)]
    [InlineData(0x10, 0UL)]
    public void ChbsOfTheWrongShape_IsNone(int field, ulong value)
    {
        HostileBoot boot = new(Given.Platform(Machine()));
        byte[] record = [.. BitConverter.GetBytes(0x2_0000_0000UL), .. BitConverter.GetBytes(0x2000UL)];
        byte[] changed = [.. record];
        BitConverter.TryWriteBytes(changed.AsSpan(field - 0x10), value);
        new TableList(boot.Hardware, boot.Handoff.Rsdp).Replace("CEDT", record, changed);

        boot.Run().Should().BeNull();

        boot.Log.Lines.Should().ContainMatch("*No CHBS found for Host Bridge (UID 3)");
    }

    [Fact]
    public void HostsOfBothKinds_AreNamed_AndTheirMembersDoNotMix()
    {
        MachineSession session = Given.Booted(Machine($"{Restricted}, {Virtual}", windows: "[{base: 0x1000000000, size: 2GiB, targets: [3, 12]}]"));
        Line(session, "Unsupported platform config, mixed Virtual Host and Restricted CXL Host hierarchy.").Level.Should().Be(LogLevel.Info);

        StepOutcome outcome = new StepRunner(session).Run(
            Given.Platform(Machine(rest: "steps: [{create-region: {decoder: decoder0.0, memdevs: [rcd, vh], size: 512MiB}}]")).Steps[0]);

        (outcome.Error, outcome.Refusal!.Rule).Should().Be((Errno.ENXIO, RefusalRules.MixedHosts));
        Line(session, "region0: members below CXL 1.1 hosts and below virtual hierarchies do not mix").Level.Should().Be(LogLevel.Error);
    }

    // The link that only the RCRB shows: capabilities of 32 bits, control and status of 16, in hexadecimal.
    [Fact]
    public void Link_HasAttributesOfItsOwn()
    {
        MachineSession session = Given.Booted(Machine($"{Restricted}, {Virtual}", rest: "kernel: {version: 6.13}"));
        const string device = "/sys/bus/pci/devices/0000:20:00.0/";

        Given.Booted(Machine($"{Restricted}, {Virtual}")).Read(device + "rcd_link_cap").Error.Should().Be(Errno.ENOENT, "6.12 has none");
        session.Text(device + "rcd_link_cap").Should().Be("105");
        session.Text(device + "rcd_link_ctrl").Should().Be("0");
        session.Text(device + "rcd_link_status").Should().Be("105");
        session.Read("/sys/bus/pci/devices/0000:31:00.0/rcd_link_cap").Error.Should().Be(Errno.ENOENT);
        session.Write("/sys/bus/pci/drivers/cxl_pci/unbind", "0000:20:00.0").Should().Be(Errno.Ok);
        session.Read(device + "rcd_link_cap").Error.Should().Be(Errno.ENOENT);
    }

    // The only driver of CXL that asks to come later: the RCRB is found through the host bridge's dport.
    [Fact]
    public void DeviceBeforeItsHost_IsProbedAgain()
    {
        MachineSession session = Given.Booted(Machine(rest: "kernel: {modules: [cxl_pci, cxl_acpi, cxl_mem, cxl_port]}"), out LogSink log);

        session.Memdev(0x11).IsBound.Should().BeTrue();
        log.Lines.Should().NotContainMatch("*No component registers*");
    }

    private static KernelLogLine Line(MachineSession session, string text) => session.Kernel.Log.Lines.First(line => line.Text.EndsWith(text, StringComparison.Ordinal));

    /// <summary>Whoever binds by name is told to come again, and is not called when cxl_acpi has come.</summary>
    [Fact]
    public void BoundTooEarly_IsToldToComeAgain()
    {
        MachineSession session = Given.Booted("""
            kernel: {modules: [device_dax]}
            firmware: {decoders: programmed}
            host_bridges: [{uid: 3, bus: 0x20, cxl: 1.1, rcrb: 0x200000000, type3: {volatile: 2GiB}}]
            windows: [{size: 2GiB, targets: [3]}]
            """);
        session.Write("/sys/bus/pci/drivers_autoprobe", "0").Should().Be(Errno.Ok);
        session.Load("cxl_pci").Should().Be(Errno.Ok);

        session.Write("/sys/bus/pci/drivers/cxl_pci/bind", "0000:20:00.0").Should().Be(Errno.EAGAIN);
        session.Load("cxl_acpi").Should().Be(Errno.Ok);

        session.Kernel.PciBus.Find("0000:20:00.0")!.IsBound.Should().BeFalse();
    }
}
