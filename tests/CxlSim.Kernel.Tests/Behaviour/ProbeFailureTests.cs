using CxlSim.Core;
using CxlSim.Session;

namespace CxlSim.Kernel.Tests.Behaviour;

/// <summary>What each fault of a device does to the probe of cxl_pci and of what comes after: severity of the line, and the effect (fact sheet 10, 11.10 and 11.12).</summary>
public class ProbeFailureTests
{
    private const string Pci = "cxl_pci 0000:11:00.0: ";

    private static MachineSession Booted(string device) => Given.Booted($$"""
        memory: {dram: 2GiB, cpus: 1}
        host_bridges:
          - {uid: 5, bus: 0x10, root_ports: [{type3: { {{device}} } }]}
        windows: [{size: 1GiB, targets: [5]}]
        """);

    // No register locator, or no block: Linux says nothing of it (seen on 6.12.107, of devices without extended configuration space).
    [Theory]
    [InlineData("no_register_locator")]
    [InlineData("no_device_registers")]
    public void Fault_EndsTheProbeWithoutAWord(string fault)
    {
        MachineSession session = Booted($"volatile: 256MiB, faults: [{fault}]");

        session.Kernel.Log.Lines.Should().NotContain(line => line.Level <= LogLevel.Error && line.Text.StartsWith(Pci, StringComparison.Ordinal));
        session.Kernel.Cxl.Bus.Devices.OfType<CxlMemdev>().Should().BeEmpty();
        session.Kernel.PciBus.Find("0000:11:00.0")!.IsBound.Should().BeFalse();
    }

    // A block past its BAR's end, missing capabilities; mailbox and logs: the probe fails, there is no memdev.
    [Theory]
    [InlineData("block_beyond_bar", LogLevel.Warning, Pci + "BAR 2 ends before the register block at offset 0x100000 (type 3)")]
    [InlineData("no_mailbox", LogLevel.Error, Pci + "the device registers lack: mailbox")]
    [InlineData("mailbox_not_ready", LogLevel.Error, Pci + "mailbox did not become ready")]
    [InlineData("mailbox_too_small", LogLevel.Error, Pci + "mailbox payload of 128 bytes is too small")]
    [InlineData("mailbox_stuck", LogLevel.Error, Pci + "timeout waiting for opcode 0x0400")]
    [InlineData("no_effects_log", LogLevel.Debug, Pci + "no command effects log")]
    public void Fault_EndsTheProbe(string fault, LogLevel level, string line)
    {
        MachineSession session = Booted($"volatile: 256MiB, faults: [{fault}]");

        Find(session, line).Level.Should().Be(level);
        session.Kernel.Cxl.Bus.Devices.OfType<CxlMemdev>().Should().BeEmpty();
        session.Kernel.PciBus.Find("0000:11:00.0")!.IsBound.Should().BeFalse();
    }

    // The device can be managed, but no endpoint comes of it.
    [Theory]
    [InlineData("no_device_dvsec", LogLevel.Warning, Pci + "Device DVSEC not present, skip CXL.mem init")]
    [InlineData("no_device_dvsec", LogLevel.Debug, "device is not capable of CXL.mem")]
    [InlineData("no_component_registers", LogLevel.Warning, Pci + "No component registers (-19)")]
    [InlineData("no_component_registers", LogLevel.Error, "no component registers, and CXL.mem is off")]
    [InlineData("media_not_valid", LogLevel.Error, Pci + "memory range 0 did not become valid within 1 s")]
    [InlineData("media_not_valid", LogLevel.Warning, Pci + "Media not active (-110)")]
    [InlineData("media_not_active", LogLevel.Error, Pci + "memory range 0 did not become active within 60 s")]
    [InlineData("media_not_active", LogLevel.Warning, Pci + "Media not active (-110)")]
    [InlineData("media_not_ready", LogLevel.Warning, Pci + "Media not active (-5)")]
    public void Fault_LeavesAMemdevWithoutMemory(string fault, LogLevel level, string line)
    {
        MachineSession session = Booted($"volatile: 256MiB, faults: [{fault}]");

        Find(session, line).Level.Should().Be(level);
        CxlMemdev memdev = session.Kernel.Cxl.Bus.Devices.OfType<CxlMemdev>().Single();
        memdev.IsBound.Should().BeFalse();
        session.Kernel.Cxl.Ports.Should().NotContain(port => port.IsEndpoint && port.IsBound);
        session.Kernel.PciBus.Find("0000:11:00.0")!.IsBound.Should().BeTrue();
    }

    // Capacity is asked for only once the media is there.
    [Theory]
    [InlineData("media_not_valid", "0x0")]
    [InlineData("media_not_active", "0x0")]
    [InlineData("media_not_ready", "0x0")]
    [InlineData("no_device_dvsec", "0x10000000")]
    public void Capacity_IsNoneWithoutMedia(string fault, string size) =>
        Booted($"volatile: 256MiB, faults: [{fault}]").Text(Given.Devices + "mem0/ram/size").Should().Be(size);

    // Two reads a second apart for the first, sixty of a second each for the second, a hundred milliseconds between looks at the mailbox.
    [Theory]
    [InlineData("media_not_valid", "memory range 0 did not become valid", 1, 2)]
    [InlineData("media_not_active", "memory range 0 did not become active", 60, 61)]
    [InlineData("mailbox_not_ready", "mailbox did not become ready", 60, 61)]
    [InlineData("mailbox_stuck", "timeout waiting for opcode", 2, 3)]
    public void Timeouts_AreTheDriversOwn(string fault, string line, int from, int to)
    {
        double seconds = Find(Booted($"volatile: 256MiB, faults: [{fault}]"), line).Since.Picoseconds / 1e12;
        seconds.Should().BeInRange(from, to);
    }

    [Theory]
    [InlineData("cdat_checksum", "cxl_port endpoint2: the CDAT's checksum is wrong")]
    [InlineData("doe_stuck", "cxl_port endpoint2: CDAT data read error")]
    public void CdatFault_CostsTheCdatOnly(string fault, string line)
    {
        MachineSession session = Booted($"volatile: 256MiB, faults: [{fault}]");

        Find(session, line).Level.Should().Be(LogLevel.Error);
        session.Kernel.Cxl.Bus.Devices.OfType<CxlMemdev>().Should().OnlyContain(memdev => memdev.IsBound);
        session.Read(Given.Devices + "endpoint2/CDAT").Bytes.Should().BeEmpty();
    }

    // Nothing of HDM in the component registers, CXL.mem off: no device (fact sheet 20, 2.5).
    [Fact]
    public void DeviceWithoutHdmDecoders_IsNoEndpoint()
    {
        MachineSession session = Booted("volatile: 256MiB, hdm_decoders: 0");

        Find(session, "HDM decoder capability not found").Level.Should().Be(LogLevel.Error);
        session.Kernel.Cxl.Ports.Should().NotContain(port => port.IsEndpoint && port.IsBound);
    }

    // The recorded lines of a sound device, in their order (02-hb-interleave-2way).
    [Fact]
    public void SoundDevice_IsProbedLineByLineAsRecorded()
    {
        string[] expected =
        [
            "found Status capability (0x80)", "found Mailbox capability (0x88)", "found Memory Device capability (0x8a8)", "Probing device registers...",
            "Mapped CXL Memory Device resource 0x", "found RAS capability (0x80)", "Unknown CM cap ID: 4 (0xd8)", "found HDM decoder capability (0x128)",
            "Set up component registers",
        ];
        string[] lines = [.. Booted("volatile: 256MiB").Kernel.Log.Lines.Select(line => line.Text).Where(line => line.StartsWith(Pci)).Skip(1).Take(expected.Length)];
        for (int i = 0; i < expected.Length; i++)
        {
            lines[i].Should().StartWith(Pci + expected[i]);
        }
    }

    // Recorded of a bridge with one root port: what its registers and the port's hold, then the fallback.
    [Fact]
    public void PassthroughBridge_IsProbedLineByLineAsRecorded()
    {
        string[] expected =
        [
            "cxl port1: Unknown CM cap ID: 0 (0x0)", "cxl port1: Unknown CM cap ID: 4 (0xd8)", "cxl port1: Unknown CM cap ID: 0 (0x128)",
            "cxl port1: Unknown CM cap ID: 6 (0x278)", "cxl port1: Unknown CM cap ID: 8 (0xaa0)", "cxl port1: Set up component registers",
            "pcieport 0000:10:00.0: found RAS capability (0x80)", "pcieport 0000:10:00.0: Unknown CM cap ID: 4 (0xd8)",
            "pcieport 0000:10:00.0: Unknown CM cap ID: 0 (0x0)", "pcieport 0000:10:00.0: Unknown CM cap ID: 6 (0x278)",
            "pcieport 0000:10:00.0: Unknown CM cap ID: 8 (0xaa0)", "pcieport 0000:10:00.0: Set up component registers",
            "pcieport 0000:10:00.0: dport added to port1", "cxl_port port1: HDM decoder registers not implemented",
            "cxl_port port1: Fallback to passthrough decoder", "cxl decoder1.0: Added to port port1", "cxl_port port1: probe: 0", " pci0000:10: port1 added to root0",
        ];
        Booted("volatile: 256MiB").Kernel.Log.Lines.Select(line => line.Text).Where(expected.Contains).Should().Equal(expected);
    }

    // Device control 0x000f, as recorded; then the masks of RAS are open (fact sheet 20, 2.3).
    [Fact]
    public void Errors_AreReportedAndLetThrough()
    {
        MachineSession session = Booted("volatile: 256MiB");
        PciDevice pci = (PciDevice)session.Kernel.PciBus.Find("0000:11:00.0")!;
        Hpa ras = session.Kernel.Cxl.Bus.Devices.OfType<CxlMemdev>().Single().Components!.Ras!.Value.Start;

        (pci.ReadExpress(8) & 0xf).Should().Be(0xf);
        session.Kernel.HostBus.ReadRegister(ras + new ByteSize(4), 4).Should().Be(0);
        session.Kernel.HostBus.ReadRegister(ras + new ByteSize(0x10), 4).Should().Be(0);
        (pci.ReadConfig(0x42, 2) & 0x8000).Should().Be(0x8000, "interrupts are on");
    }

    private static KernelLogLine Find(MachineSession session, string text) => session.Kernel.Log.Lines.First(line => line.Text.Contains(text, StringComparison.Ordinal));

    /// <summary>Nobody looks at all.</summary>
    [Fact]
    public void NoTimeForMedia_IsTooLittleEvenWhereTheyAreReady()
    {
        MachineSession session = Given.Booted("""
            kernel: {command_line: cxl_core.media_ready_timeout=0}
            host_bridges: [{uid: 5, bus: 0x10, root_ports: [{type3: {volatile: 512MiB}}]}]
            windows: [{base: 0x1000000000, size: 1GiB, targets: [5]}]
            """);

        session.Kernel.Log.Lines.Should().Contain(line => line.Text.EndsWith("memory range 0 did not become active within 0 s", StringComparison.Ordinal));
    }

    /// <summary>The bridge to libnvdimm asks only whether a window takes persistent memory, not who keeps it coherent; regions ask for both.</summary>
    [Fact]
    public void WindowForPersistentMemoryAlone_HasABridge_AndMakesNoRegions()
    {
        MachineSession session = Given.Booted("""
            host_bridges: [{uid: 5, bus: 0x10, root_ports: [{type3: {persistent: 512MiB}}]}]
            windows: [{base: 0x1000000000, size: 1GiB, targets: [5], restrictions: 8}]
            """);

        session.Kernel.Cxl.Bus.Find("nvdimm-bridge0").Should().NotBeNull();
        session.Kernel.Cxl.Bus.Find("endpoint2").Should().NotBeNull();
        session.Read(Given.Devices + "decoder0.0/create_pmem_region").Error.Should().Be(Errno.ENOENT);
    }
}
