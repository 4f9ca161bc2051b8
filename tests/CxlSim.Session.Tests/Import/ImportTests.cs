using CxlSim.Core;
using CxlSim.Platform;
using CxlSim.Views;

namespace CxlSim.Session.Tests;

/// <summary>What an import learns from which file. Expectations are what the recordings' machines are: their <c>scenario-qemu.args</c> and lspci.</summary>
public class ImportTests
{
    private const string OneSwitch = "04-switch-4way";
    private const string TwoBridges = "02-hb-interleave-2way";

    [Fact]
    public void AcpidumpTextAlone_TellsWindowsBridgesAndNodes()
    {
        StringWriter text = new();
        foreach (CaptureFile table in GivenCapture.Tables(TwoBridges))
        {
            AcpiDumpText.Write(text, table.Name, 0x7fb7_0000, table.Bytes);
        }

        PlatformDescription platform = GivenCapture.Import(GivenCapture.Text("acpidump.txt", text.ToString())).Platform!;

        platform.Windows.Select(window => $"{window.Range} {window.Granularity} {string.Join(',', window.Targets)}").Should().Equal(
            "0x490000000-0x58fffffff 256 12,222", "0x590000000-0x68fffffff 1024 12,222", "0x690000000-0x78fffffff 16384 12,222", "0x790000000-0x88fffffff 256 12");
        platform.HostBridges.Where(bridge => bridge.Cxl is not null).Select(bridge => $"{bridge.Uid} {bridge.Bus:x2}-{bridge.LastBus:x2} {bridge.Cxl!.ComponentRegisters}")
            .Should().Equal("222 de-df 0x480000000", "12 0c-0d 0x480010000");
        platform.Memory.Nodes.Should().ContainSingle().Which.Should().Match<DramNodeDescription>(node => node.Cpus == 2 && node.Size == ByteSize.GiB(2));
        platform.Firmware.OemId.Should().Be("BOCHS ");
        Given.Booted(platform);
    }

    [Fact]
    public void ListingAlone_TellsTheTreeDownToTheDevices()
    {
        ImportResult result = GivenCapture.Import(GivenCapture.Recorded(OneSwitch, "00-boot/cxl-list-vvv.json"));

        HostBridgeDescription bridge = result.Platform!.HostBridges.Should().ContainSingle().Subject;
        bridge.Should().Match<HostBridgeDescription>(found => found.Uid == 12 && found.Bus == 0x0c);
        SwitchDescription node = bridge.RootPorts.Should().ContainSingle().Which.Child.Should().BeOfType<SwitchDescription>().Subject;
        node.HdmDecoders.Should().Be(4);
        node.Ports.Select(port => (port.PortNumber, ((Type3Description)port.Child!).Serial)).Should().Equal((0, 0xabc0), (1, 0xabc1), (2, 0xabc2), (3, 0xabc3));
        node.Ports.Select(port => ((Type3Description)port.Child!).Volatile).Should().AllBeEquivalentTo(ByteSize.MiB(256));
        result.Platform.Windows.Should().ContainSingle().Which.Range.ToString().Should().Be("0x490000000-0x58fffffff");
        result.Findings.Select(finding => finding.Message).Should().Contain(message => message.Contains("component registers of the CXL host bridge 12"))
            .And.Contain(message => message.Contains("the kernel's version is not in the capture"));
        Given.Booted(result.Platform);
    }

    [Fact]
    public void WindowsOfAListing_KeepTheirNumbers()
    {
        string decoders = string.Join(',', Enumerable.Range(0, 12).Select(i => $$"""{"decoder":"decoder0.{{i}}","resource":{{0x10_0000_0000 + (i * 0x1000_0000L)}},"size":268435456,"targets":[{"target":"pci0000:40","position":0,"id":7}]}"""));
        string regions = string.Join(',', Enumerable.Range(0, 12).Select(i => $$"""{"region":"region{{i}}","resource":{{0x10_0000_0000 + (i * 0x1000_0000L)}},"size":268435456,"type":"ram","mappings":[{"position":0,"memdev":"mem0"}]}"""));
        const string device = """{"memdev":"mem0","ram_size":4294967296,"serial":1,"host":"0000:41:00.0"}""";
        const string bridge = """{"bus":"root0","dports":[{"dport":"pci0000:40","alias":"ACPI0016:00","id":7}]},{"port":"port1","host":"pci0000:40","dports":[{"dport":"0000:40:00.0","id":0}]},{"endpoint":"endpoint2","host":"mem0","parent_dport":"0000:40:00.0","memdev":{"memdev":"mem0","host":"0000:41:00.0"}}""";

        PlatformDescription platform = GivenCapture.Import(GivenCapture.Text("cxl-list.json", $"[{bridge},{device},{decoders},{regions}]")).Platform!;

        platform.Windows.Select(window => window.Range.Start.Value).Should().HaveCount(12).And.BeInAscendingOrder();
        platform.Steps.OfType<CreateRegionStep>().Select(step => step.Decoder).Should().Equal(Enumerable.Range(0, 12).Select(i => $"decoder0.{i}"));
    }

    /// <summary>The kernel learns from its CPUs where addresses end, and whether it is a guest.</summary>
    [Theory]
    [InlineData("fpu vme syscall nx", "address sizes\t: 40 bits physical, 48 bits virtual", 40, false, false)]
    [InlineData("fpu la57 hypervisor nx", "address sizes\t: 52 bits physical, 57 bits virtual", 52, true, true)]
    [InlineData("fpu la57x", "address sizes\t: 7 bits physical", 52, false, false)]
    public void Cpuinfo_TellsAddressSizes(string flags, string sizes, byte bits, bool la57, bool isGuest)
    {
        CaptureFile cpuinfo = GivenCapture.Text("cpuinfo", $"processor\t: 0\nflags\t\t: {flags}\nbugs\t\t:\n{sizes}\npower management:\n\nprocessor\t: 1\nflags\t\t: {flags}\n{sizes}\n");

        KernelDescription kernel = GivenCapture.Import([.. GivenCapture.Tables(TwoBridges), cpuinfo]).Platform!.Kernel;

        (kernel.PhysicalBits, kernel.HasLa57, kernel.HasHypervisor).Should().Be((bits, la57, isGuest));
    }

    /// <summary>The same machine with its CXL host bridge in another segment, as its namespace and lspci show it.</summary>
    [Fact]
    public void SecondSegment_IsKept()
    {
        const string recording = "01-single-volatile";
        Dictionary<string, byte[]> tables = GivenCapture.TablesOf(PlatformReader.ReadText("""
            memory: {dram: 2GiB, cpus: 2}
            host_bridges:
              - {kind: pcie, uid: 0, bus: 0x00, last_bus: 0x0b}
              - {uid: 12, bus: 0x0c, last_bus: 0x0d, segment: 7, component_registers: 0x480000000, root_ports: [{}]}
            windows: [{base: 0x490000000, size: 4GiB, targets: [12]}]
            """, "p.yaml").Platform!);
        string lspci = string.Join('\n', File.ReadLines(RepositoryRoot.Golden(recording, "fw", "lspci-vvv.txt")).Select(line => line.StartsWith("0c:", StringComparison.Ordinal) || line.StartsWith("0d:", StringComparison.Ordinal) ? "0007:" + line : line));

        ImportResult result = GivenCapture.Import(
            [.. tables.Where(table => table.Key is "CEDT" or "DSDT" or "SRAT" or "APIC").Select(table => new CaptureFile(table.Key, table.Value)), GivenCapture.Text("lspci-vvv.txt", lspci)]);

        HostBridgeDescription bridge = result.Platform!.HostBridges.Single(candidate => candidate.Cxl is not null);
        (bridge.Uid, bridge.Segment, bridge.Bus, bridge.LastBus).Should().Be((12u, (ushort)7, (byte)0x0c, (byte)0x0d));
        bridge.RootPorts.Should().ContainSingle().Which.Child.Should().BeOfType<Type3Description>();
        result.Platform.HostBridges.Single(candidate => candidate.Cxl is null).Should().Match<HostBridgeDescription>(plain => plain.Segment == 0 && plain.Functions.Count > 0);
        Given.Booted(result.Platform).Kernel.Sysfs.Read("/sys/bus/pci/devices/0007:0d:00.0/class").Text.Should().Be("0x050210");
    }

    [Fact]
    public void ProcessorsBeyond255_AreKept()
    {
        Dictionary<string, byte[]> tables = GivenCapture.TablesOf(PlatformReader.ReadText("memory: {dram: 2GiB, cpus: 300, apic: x2apic}\nhost_bridges: [{uid: 12, bus: 0x0c}]", "p.yaml").Platform!);

        ImportResult result = GivenCapture.Import([.. tables.Where(table => table.Key is "CEDT" or "DSDT" or "SRAT" or "APIC").Select(table => new CaptureFile(table.Key, table.Value))]);

        (result.Platform!.Memory.Nodes.Sum(node => node.Cpus), result.Platform.Memory.IsX2Apic).Should().Be((300, true));
        Given.Booted(result.Platform).Kernel.Cpus.All.Should().HaveCount(300);
    }

    [Fact]
    public void ListingForPeople_TellsTheSameDevices()
    {
        CaptureFile[] tables = GivenCapture.Tables("06-pmem-and-volatile");
        CaptureFile lspci = GivenCapture.Recorded("06-pmem-and-volatile", "fw/lspci-vvv.txt");

        ImportResult machine = GivenCapture.Import([.. tables, lspci, GivenCapture.Recorded("06-pmem-and-volatile", "00-boot/cxl-list.json")]);
        ImportResult people = GivenCapture.Import([.. tables, lspci, GivenCapture.Recorded("06-pmem-and-volatile", "00-boot/cxl-list-BDPMTRiu.json")]);

        people.Platform!.HostBridges.Should().BeEquivalentTo(machine.Platform!.HostBridges, options => options.RespectingRuntimeTypes().ComparingRecordsByMembers());
        people.Platform.HostBridges[^1].RootPorts.Select(port => (Type3Description)port.Child!).Select(device => (device.Volatile, device.Persistent, device.Serial))
            .Should().Equal((ByteSize.MiB(512), ByteSize.MiB(512), 0xabc0), (ByteSize.Zero, ByteSize.MiB(512), 0xabc1));
    }

    [Fact]
    public void LogOfTheKernel_StandsInForNamespaceAndMemoryMap()
    {
        const string log = """
            [    0.000000] Linux version 6.14.2-test (builder) #1 SMP
            [    0.000000] Command line: quiet "a b"
            [    0.000000] BIOS-e820: [mem 0x0000000000000000-0x000000000009ffff] usable
            [    0.000000] BIOS-e820: [mem 0x0000000000100000-0x000000007fefffff] usable
            [    0.000000] BIOS-e820: [mem 0x000000007ff00000-0x000000007ff7ffff] ACPI data
            [    0.000000] BIOS-e820: [mem 0x000000007ff80000-0x000000007fffffff] ACPI NVS
            [    0.000000] efi: Remove mem05: MMIO range=[0xffc00000-0xffffffff] (4MB) from e820 map
            [    0.000000] BIOS-e820: [mem 0x00000000ffc00000-0x00000000ffffffff] reserved
            [    0.800000] ACPI: PCI Root Bridge [PC09] (domain 0000 [bus 40-4f])
            [    0.800001] pci_bus 0000:40: root bus resource [mem 0x90000000-0x9fffffff window]
            """;
        CaptureFile cedt = GivenCapture.Table("CEDT", 1, body => body.Bridge(7, 1, 0x480000000).Window(0x1000000000, 0x100000000, 0, 0, 7));
        CaptureFile list = GivenCapture.Text("cxl-list.json", """[{"bus":"root0","dports":[{"dport":"pci0000:40","alias":"ACPI0016:00","id":7}]}]""");

        PlatformDescription platform = GivenCapture.Import(cedt, list, GivenCapture.Text("dmesg.txt", log)).Platform!;

        platform.Kernel.Should().Match<KernelDescription>(kernel => kernel.Version == new Version(6, 14, 2) && kernel.CommandLine == "quiet \"a b\"");
        platform.HostBridges.Should().ContainSingle().Which.Should().Match<HostBridgeDescription>(bridge => bridge.Bus == 0x40 && bridge.LastBus == 0x4f);
        platform.HostBridges[0].Mmio.Should().ContainSingle().Which.ToString().Should().Be("0x90000000-0x9fffffff");
        platform.Memory.Srat.Should().BeNull();
        platform.Memory.Nodes.Should().ContainSingle().Which.Ranges.Should().Equal(AddressRange.FromBounds(Hpa.Zero, new Hpa(0x7fffffff)));
        platform.Memory.Efi.Select(entry => entry.Type.ToString()).Should().Equal("Conventional", "Conventional", "AcpiReclaim", "AcpiNvs", "MemoryMappedIo");
        Given.Booted(platform);
    }

    [Fact]
    public void Processors_KeepTheirIds()
    {
        CaptureFile madt = GivenCapture.Table("APIC", 3, body => body.U32(0xfee00000).U32(1)
            .U8(0).U8(8).U8(0).U8(0).U32(1).U8(0).U8(8).U8(1).U8(4).U32(1).U8(0).U8(8).U8(2).U8(6).U32(0).U8(9).U8(16).U16(0).U32(0x20).U32(1).U32(3));
        CaptureFile srat = GivenCapture.Table("SRAT", 3, body => body.U32(1).U64(0)
            .U8(0).U8(16).U8(0).U8(0).U32(1).U64(0)
            .U8(0).U8(16).U8(1).U8(4).U32(1).U64(0)
            .U8(2).U8(24).U16(0).U32(1).U32(0x20).U32(1).U64(0)
            .U8(1).U8(40).U32(0).U16(0).U64(0).U64(0x80000000).U32(0).U32(1).U64(0));
        CaptureFile cedt = GivenCapture.Table("CEDT", 1, body => body.Bridge(7, 1, 0x480000000));

        ImportResult result = GivenCapture.Import(cedt, madt, srat);

        result.Platform!.Memory.Nodes.Select(node => (node.ProximityDomain, node.Cpus)).Should().Equal((0, 1), (1, 2));
        result.Platform.Memory.Srat!.OfType<SratCpuDescription>().Select(cpu => (cpu.ApicId, cpu.ProximityDomain)).Should().Equal((0, 0), (4, 1));
        result.Platform.Memory.Srat!.OfType<SratX2ApicDescription>().Should().ContainSingle().Which.X2ApicId.Should().Be(0x20);
        result.Platform.Memory.Madt!.OfType<MadtApicDescription>().Select(cpu => (cpu.ApicId, cpu.Flags)).Should().Equal((0, 1), (4, 1), (6, 0));
        GivenCapture.TablesOf(result.Platform).Should().ContainKeys("APIC", "CEDT", "SRAT").And.Subject.Where(table => table.Key is "APIC" or "CEDT" or "SRAT")
            .Should().AllSatisfy(table => table.Value.Should().Equal(new[] { cedt, madt, srat }.Single(file => file.Name == table.Key).Bytes));
    }

    [Fact]
    public void CommittedRegionOverAllCapacity_IsFirmwares_AndLockedDecodersAreLocked()
    {
        CaptureFile region = GivenCapture.Text("cxl-list.json", """
            [{"region":"region0","resource":19595788288,"size":1073741824,"type":"ram","decode_state":"commit","decoder":"decoder0.0","mappings":[{"position":0,"memdev":"mem0"}]},
             {"memdev":"mem0","ram_size":1073741824,"serial":43968,"host":"0000:0d:00.0"},
             {"decoder":"decoder2.0","locked":true}]
            """);

        PlatformDescription platform = GivenCapture.Import([.. GivenCapture.Tables("01-single-volatile"), GivenCapture.Recorded("01-single-volatile", "fw/lspci-vvv.txt"), region]).Platform!;

        platform.Firmware.Decoders.Should().Be(FirmwareDecoders.Locked);
        platform.Steps.Should().BeEmpty();
    }

    [Fact]
    public void SoftReservedEntryInAWindow_IsWhatFirmwareHasProgrammed()
    {
        CaptureFile map = GivenCapture.Text("firmware-memmap.txt", """
            0x0-0x9ffff System RAM
            0x100000-0x7fefffff System RAM
            0x7ff00000-0x7fffffff ACPI Tables
            0x490000000-0x4cfffffff Soft Reserved
            """);

        PlatformDescription platform = GivenCapture.Import([.. GivenCapture.Tables("01-single-volatile"), GivenCapture.Recorded("01-single-volatile", "fw/lspci-vvv.txt"), map]).Platform!;

        platform.Firmware.Decoders.Should().Be(FirmwareDecoders.Programmed);
        platform.Windows[0].EfiMap.Should().Be(WindowEfiMap.SoftReserved);
        platform.Memory.Efi.Should().HaveCount(3, "firmware lists the window itself");
    }

    /// <summary>What firmware of a real make declares in a condition, and what a second table adds to it.</summary>
    [Fact]
    public void NamespaceOfARealMake_TellsItsBridges()
    {
        CaptureFile cedt = GivenCapture.Table("CEDT", 1, body => body.Bridge(0x0c, 1, 0x480000000));

        PlatformDescription platform = GivenCapture.Import(cedt, new CaptureFile("DSDT", CompiledNamespace.Dsdt), new CaptureFile("SSDT1", CompiledNamespace.Ssdt)).Platform!;

        platform.HostBridges.Select(bridge => (bridge.Uid, bridge.Bus, bridge.LastBus, bridge.Cxl is not null, bridge.ProximityDomain)).Should().Equal(
            (0u, (byte)0x00, (byte)0x0b, false, 1u), (0x0cu, (byte)0x0c, (byte)0x0d, true, 3u));
    }

    [Fact]
    public void Head_SaysWhatWasNotLearnt()
    {
        ImportResult result = GivenCapture.Import([.. GivenCapture.Tables("01-single-volatile")]);

        result.Text.Should().StartWith("# Imported from capture by 'cxlsim import'.\n# CXI0006 ").And.Contain("# CXI0006 the kernel's command line is not in the capture; an empty one is written\n");
    }
}
