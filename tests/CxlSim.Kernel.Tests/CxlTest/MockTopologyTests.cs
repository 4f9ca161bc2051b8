using CxlSim.Session;

namespace CxlSim.Kernel.Tests.CxlTest;

/// <summary>The tree of the mock platform: who stands below whom, and under which names (fact sheet 20, 6.1 and 6.3).</summary>
public class MockTopologyTests
{
    private static readonly MachineSession Session = MockMachine.Loaded();

    [Fact]
    public void Root_IsTheMocks()
    {
        CxlPort root = (CxlPort)Session.Kernel.Cxl.Bus.Find("root0")!;

        root.Path.Should().Be("/devices/platform/cxl_acpi.0/root0");
        root.Uport.Name.Should().Be("cxl_acpi.0", "libcxl calls the bus cxl_test by this name");
        root.Dports.Select(dport => $"{dport.PortId} {dport.Device.Path}").Should().Equal(
            "0 /devices/platform/cxl_host_bridge.0", "1 /devices/platform/cxl_host_bridge.1", "2 /devices/platform/cxl_host_bridge.2", "3 /devices/platform/cxl_host_bridge.3");
        root.Dports.Select(dport => dport.IsRestricted).Should().Equal(false, false, false, true);
        Session.Kernel.Cxl.Root.Should().BeNull("the machine's own tables have none");
    }

    /// <summary>The numbers that a serial probe gives.</summary>
    [Theory]
    [InlineData("port1", "cxl_host_bridge.0", "cxl_root_port.0 cxl_root_port.2")]
    [InlineData("port2", "cxl_host_bridge.1", "cxl_root_port.1 cxl_root_port.3")]
    [InlineData("port3", "cxl_host_bridge.2", "cxl_root_port.4")]
    [InlineData("port4", "cxl_switch_uport.0", "cxl_switch_dport.0 cxl_switch_dport.4")]
    [InlineData("port6", "cxl_switch_uport.1", "cxl_switch_dport.1 cxl_switch_dport.5")]
    [InlineData("port8", "cxl_switch_uport.2", "cxl_switch_dport.2 cxl_switch_dport.6")]
    [InlineData("port10", "cxl_switch_uport.3", "cxl_switch_dport.3 cxl_switch_dport.7")]
    [InlineData("port16", "cxl_switch_uport.4", "cxl_switch_dport.8 cxl_switch_dport.9")]
    public void Ports_HaveTheirDports(string name, string uport, string dports)
    {
        CxlPort port = (CxlPort)Session.Kernel.Cxl.Bus.Find(name)!;

        port.Uport.Name.Should().Be(uport);
        string.Join(' ', port.Dports.Select(dport => dport.Device.Name)).Should().Be(dports);
        port.Dports.Should().OnlyContain(dport => dport.Device.Name.EndsWith($".{dport.PortId}", StringComparison.Ordinal), "the instance is the port number");
        port.Decoders.Should().HaveCount(8).And.AllBeOfType<CxlSwitchDecoder>().And.OnlyContain(decoder => ((CxlSwitchDecoder)decoder).MaxTargets == 2 && !((CxlSwitchDecoder)decoder).IsPassthrough);
    }

    [Theory]
    [InlineData(0, "endpoint5", "port4")]
    [InlineData(1, "endpoint7", "port6")]
    [InlineData(2, "endpoint9", "port8")]
    [InlineData(3, "endpoint11", "port10")]
    [InlineData(4, "endpoint12", "port4")]
    [InlineData(5, "endpoint13", "port6")]
    [InlineData(6, "endpoint14", "port8")]
    [InlineData(7, "endpoint15", "port10")]
    [InlineData(8, "endpoint17", "port16")]
    [InlineData(9, "endpoint18", "port16")]
    [InlineData(10, "endpoint19", "root0")]
    public void Memdevs_HangWhereTheyBelong(int id, string endpoint, string above)
    {
        CxlMemdev memdev = (CxlMemdev)Session.Kernel.Cxl.Bus.Find($"mem{id}")!;

        memdev.Host.Name.Should().Be(id == 10 ? "cxl_rcd.10" : $"cxl_mem.{id}");
        memdev.Endpoint!.Name.Should().Be(endpoint);
        memdev.Endpoint.ParentPort!.Name.Should().Be(above);
        memdev.Endpoint.Decoders.Should().HaveCount(8);
        memdev.IsRestricted.Should().Be(id == 10);
        Session.Cxl($"mem{id}/numa_node").Should().Be((id % 2).ToString(System.Globalization.CultureInfo.InvariantCulture));
        Session.Cxl($"mem{id}/serial").Should().Be($"0x{id + 1:x}");
    }

    [Fact]
    public void Memdev_ShowsWhatTheModuleSays()
    {
        Session.Cxl("mem3/ram/size").Should().Be("0x40000000");
        Session.Cxl("mem3/pmem/size").Should().Be("0x40000000");
        Session.Cxl("mem3/label_storage_size").Should().Be("131072");
        Session.Cxl("mem3/payload_max").Should().Be("4096");
        Session.Cxl("mem3/firmware_version").Should().Be("mock fw v1 ");
        Session.Cxl("mem3/ram/qos_class").Should().Be("42");
        Session.Cxl("mem3/pmem/qos_class").Should().Be("42");
        Session.Cxl("mem10/ram/size").Should().Be("0x80000000");
        Session.Cxl("mem10/pmem/size").Should().Be("0x0");
        Session.Cxl("mem10/ram/qos_class").Should().Be("42");
    }

    [Fact]
    public void HostBridges_AreTheirOwnCompanions()
    {
        foreach ((int id, string link) in new[] { (0, "physical_node"), (1, "physical_node"), (2, "physical_node"), (3, "firmware_node") })
        {
            Session.Kernel.Sysfs.Find($"/sys/bus/platform/devices/cxl_host_bridge.{id}/{link}")!.Value.Owner.Name.Should().Be($"cxl_host_bridge.{id}");
        }

        Session.Text("/sys/bus/platform/devices/cxl_mem.0/modalias").Should().Be("platform:cxl_mem");
        Session.Text("/sys/bus/platform/devices/cxl_mem.0/uevent").Should().Be("DRIVER=cxl_mock_mem\nMODALIAS=platform:cxl_mem");
    }

    [Fact]
    public void UncommittedDecoders_AreEmpty()
    {
        foreach (string decoder in new[] { "decoder1.1", "decoder3.0", "decoder7.0", "decoder16.7" })
        {
            Session.Cxl(decoder + "/interleave_ways").Should().Be("1");
            Session.Cxl(decoder + "/interleave_granularity").Should().Be("256");
            Session.Cxl(decoder + "/size").Should().Be("0x0");
        }
    }
}
