using CxlSim.Core;
using CxlSim.Session;

namespace CxlSim.Kernel.Tests;

/// <summary>What the log says while the driver looks for the ports above a memdev, and of functions that are reset or found again; all lines as they were read of 6.12 and 7.2.</summary>
public sealed class WayToTheRootTests
{
    private static readonly string[] WithASwitch =
    [
        "cxl_mem mem0: scan: iter: mem0 dport_dev: 0000:0e:00.0 parent: 0000:0d:00.0",
        "cxl_mem mem0: found already registered port port2:0000:0d:00.0",
        "cxl_mem mem0: scan: iter: 0000:0e:00.0 dport_dev: 0000:0c:00.0 parent: pci0000:0c",
        "cxl_mem mem0: found already registered port port1:pci0000:0c",
        "cxl_mem mem0: host-bridge: pci0000:0c",
    ];

    [Theory]
    [InlineData("6.12", "cxl_mem mem0: add to new port port2:0000:0d:00.0")]
    [InlineData("7.2", "cxl_mem mem0: created port port2:0000:0d:00.0")]
    public void AfterANewSwitch_TheWayIsWalkedAgain(string version, string created)
    {
        Booted(version, "{switch: {ports: [{type3: {volatile: 256MiB} }] } }", out LogSink log);

        log.Lines.Where(line => line.StartsWith("cxl_mem mem0: scan", StringComparison.Ordinal) || line.Contains("registered port") || line == created || line == WithASwitch[^1])
            .Should().Equal([WithASwitch[0], created, .. WithASwitch]);
    }

    [Fact]
    public void From618On_DecodersComeBeforeTheFirstDport_AndSayWhatTheyFind()
    {
        Booted("7.2", "{type3: {volatile: 256MiB} }, {}", out LogSink log);

        log.Lines.Should().ContainInOrder(
            "cxl_mem mem0: found already registered port port1:pci0000:0c",
            " pci0000:0c: decoder1.0 added to port1",
            "pcieport 0000:0c:00.0: dport added to port1",
            "cxl decoder1.0: dport0 found in target list, index 0",
            "cxl_port port1: dport0:0000:0c:00.0 added",
            "cxl_mem mem0: scan: iter: mem0 dport_dev: 0000:0c:00.0 parent: pci0000:0c",
            "cxl_mem mem0: decoder2.0 added to endpoint2");
    }

    [Theory]
    [InlineData("6.12", "cxl_mem mem0: 0000:0c:00.0 is a root dport")]
    [InlineData("7.2", "cxl_mem mem0: found already registered port port1:pci0000:0c")]
    public void WithoutADriver_ABridgeIsNoWay(string version, string said)
    {
        MachineSession session = Booted(version, "{type3: {volatile: 256MiB} }, {}", out LogSink log);
        session.Write("/sys/bus/cxl/drivers/cxl_mem/unbind", "mem0").Should().Be(Errno.Ok);
        session.Write("/sys/bus/cxl/drivers/cxl_port/unbind", "port1").Should().Be(Errno.Ok);

        session.Write("/sys/bus/cxl/drivers/cxl_mem/bind", "mem0").Should().Be(Errno.ENXIO);

        log.Lines.TakeLast(3).Should().Equal("cxl_mem mem0: scan: iter: mem0 dport_dev: 0000:0c:00.0 parent: pci0000:0c", said, "cxl_mem mem0: probe: -6");
    }

    [Theory]
    [InlineData("junk", "Invalid reset method 'junk'")]
    [InlineData("pm", "Unsupported reset method 'pm'")]
    [InlineData("", "All device reset methods disabled by user")]
    public void ResetMethods_AreNamed(string value, string said)
    {
        MachineSession session = Booted("6.12", "{type3: {volatile: 256MiB} }", out LogSink log);

        session.Write("/sys/bus/pci/devices/0000:0d:00.0/reset_method", value).Should().Be(value.Length == 0 ? Errno.Ok : Errno.EINVAL);

        log.Lines[^1].Should().Be($"cxl_pci 0000:0d:00.0: {said}");
    }

    [Fact]
    public void AFunctionThatIsFoundAgain_GetsItsAddressesAnew()
    {
        MachineSession session = Booted("6.12", "{type3: {volatile: 256MiB} }", out LogSink log);
        string before = session.Text("/sys/bus/pci/devices/0000:0d:00.0/resource");
        session.Write("/sys/bus/pci/devices/0000:0d:00.0/remove", "1").Should().Be(Errno.Ok);

        session.Write("/sys/bus/pci/rescan", "1").Should().Be(Errno.Ok);

        log.Lines.Where(line => line.EndsWith(": assigned", StringComparison.Ordinal)).Should().HaveCount(3).And.OnlyContain(line => line.StartsWith("pci 0000:0d:00.0: BAR ", StringComparison.Ordinal));
        session.Text("/sys/bus/pci/devices/0000:0d:00.0/resource").Should().Be(before);
        session.Kernel.Cxl.Bus.Find("mem0")!.IsBound.Should().BeTrue();
    }

    private static MachineSession Booted(string version, string rootPorts, out LogSink log) => Given.Booted($$"""
        kernel: {version: "{{version}}"}
        host_bridges: [{uid: 12, bus: 0x0c, root_ports: [{{rootPorts}}] }]
        windows: [{base: 0x490000000, size: 4GiB, targets: [12]}]
        """, out log);
}
