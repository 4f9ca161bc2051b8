using CxlSim.Kernel;
using CxlSim.Views;

namespace CxlSim.Session.Tests;

/// <summary>What becomes of CXL where the MCFG does not lead to extended configuration space; lines and outcome are those of Linux 6.12.107 with such a table.</summary>
public sealed class ConfigSpaceTests
{
    private const string NoEntry = "acpi ACPI0016:00: fail to add MMCONFIG information, can't access extended configuration space under this bridge";
    private const string SwitchedOff = "acpi ACPI0016:00: MMCONFIG is disabled, can't access extended configuration space under this bridge";

    private static string Machine(string mcfg, string commandLine = "") => $$"""
        kernel: {command_line: "{{commandLine}}"}
        memory: {dram: 1GiB}
        firmware: {tables: {MCFG: {{mcfg}} } }
        host_bridges:
          - {uid: 5, bus: 0x10, root_ports: [{type3: {id: card, volatile: 512MiB} }, {}]}
          - {uid: 6, bus: 0x40, root_ports: [{type3: {id: far, volatile: 512MiB} }, {}]}
        windows: [{base: 0x1000000000, size: 4GiB, targets: [5]}]
        """;

    private static string Entry(int segment, int first, int last) => $"{{base: 0xe0000000, segment: {segment}, start_bus: {first}, end_bus: {last}}}";

    /// <summary>The bridge that is covered has its device, the other has ports without registers.</summary>
    [Fact]
    public void BusesThatNoEntryCovers_HaveNoCxlDevices()
    {
        MachineSession session = Given.Booted(Machine($"{{allocations: [{Entry(0, 0x10, 0x3f)}]}}"));

        session.Kernel.Cxl.Bus.Devices.OfType<CxlMemdev>().Should().ContainSingle().Which.Host.Name.Should().Be("0000:11:00.0");
        session.Read("/sys/bus/pci/devices/0000:11:00.0/config").Bytes.Should().HaveCount(4096);
        session.Read("/sys/bus/pci/devices/0000:41:00.0/config").Bytes.Should().HaveCount(256);
        Warnings(session).Should().ContainSingle().Which.Should().Be(NoEntry.Replace(":00:", ":01:", StringComparison.Ordinal));
        IomemView.Render(session.Kernel.Iomem).Should().Contain("e1000000-e3ffffff : PCI ECAM 0000 [bus 10-3f]");
        session.Kernel.Findings.All.Where(finding => finding.Rule == KernelRules.NoEcam).Should().ContainSingle().Which.Place.Should().Be(new BridgePlace(6));
    }

    [Theory]
    [InlineData("{allocations: []}", "", NoEntry)]
    [InlineData("{allocations: [{base: 0xe0000000, segment: 1, start_bus: 0, end_bus: 255}]}", "", NoEntry)]
    [InlineData("{}", "pci=noaer,nommconf", SwitchedOff)]
    public void WithoutEcam_ThereAreBridgesAndNothingBelow(string mcfg, string commandLine, string line)
    {
        MachineSession session = Given.Booted(Machine(mcfg, commandLine));

        session.Kernel.Cxl.Bus.Devices.OfType<CxlMemdev>().Should().BeEmpty();
        session.Kernel.Cxl.Bus.Devices.OfType<CxlRootDecoder>().Should().ContainSingle();
        Warnings(session).Should().Equal(line, line.Replace(":00:", ":01:", StringComparison.Ordinal));
        session.Kernel.Log.Lines.Count(entry => entry.Text == "PCI: MCFG has no entries" && entry.Level == LogLevel.Error).Should().Be(mcfg.Contains("[]", StringComparison.Ordinal) ? 2 : 0);
        session.Kernel.Log.Lines.Count(entry => entry.Text == "cxl_port port1: failed to find component registers").Should().Be(2, "two root ports");
        session.Kernel.PciBus.Find("0000:11:00.0").Should().NotBeNull("its first 256 bytes are read by ports");
    }

    private static string[] Warnings(MachineSession session) =>
        [.. session.Kernel.Log.Lines.Where(line => line.Level == LogLevel.Warning && line.Text.Contains("extended configuration space", StringComparison.Ordinal)).Select(line => line.Text)];
}
