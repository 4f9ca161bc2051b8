using CxlSim.Core;
using CxlSim.Session;

namespace CxlSim.Kernel.Tests.CxlTest;

/// <summary>The steps of <c>cxl-topology.sh</c> that take devices, ports and the bus away (fact sheet 20, 6.6).</summary>
public class MockTeardownTests
{
    private const string Drivers = "/sys/bus/cxl/drivers/";

    [Theory]
    [InlineData("cxl_switch_uport.1", "mem1", "mem5")]
    [InlineData("cxl_switch_uport.2", "mem2", "mem6")]
    public void Switch_GoesWithItsLastDeviceAndComesBack(string uport, string first, string second)
    {
        MachineSession session = MockMachine.Loaded();

        session.Write(Drivers + "cxl_mem/unbind", first).Should().Be(Errno.Ok);
        PortOf(session, uport).Should().NotBeNull("the other device is still there");
        session.Write(Drivers + "cxl_mem/unbind", second).Should().Be(Errno.Ok);
        PortOf(session, uport).Should().BeNull();
        session.Write(Drivers + "cxl_mem/bind", first).Should().Be(Errno.Ok);
        PortOf(session, uport)!.IsBound.Should().BeTrue();

        session.Write(Drivers + "cxl_port/unbind", PortOf(session, uport)!.Name).Should().Be(Errno.Ok);
        PortOf(session, uport).Should().BeNull("its only device was taken from it");
        session.Write(Drivers + "cxl_mem/bind", second).Should().Be(Errno.Ok);
        PortOf(session, uport)!.Endpoints.Should().ContainSingle();
    }

    [Fact]
    public void HostBridgePort_StaysAndTakesItsDevicesAgain()
    {
        MachineSession session = MockMachine.Loaded();

        session.Write(Drivers + "cxl_port/unbind", "port2").Should().Be(Errno.Ok);
        string[] below = ["mem1", "mem3", "mem5", "mem7"];
        Bound(session).Should().NotContain(below).And.HaveCount(7);
        session.Kernel.Cxl.Bus.Find("port2").Should().NotBeNull();

        session.Write(Drivers + "cxl_port/bind", "port2").Should().Be(Errno.Ok);
        foreach (string memdev in below)
        {
            session.Write(Drivers + "cxl_mem/bind", memdev).Should().Be(Errno.Ok);
        }

        Bound(session).Should().HaveCount(11);
    }

    [Fact]
    public void Bus_TakesAllWithIt()
    {
        MachineSession session = MockMachine.Loaded();

        session.Write("/sys/bus/platform/drivers/cxl_acpi/unbind", "cxl_acpi.0").Should().Be(Errno.Ok);

        session.Kernel.Cxl.Bus.Devices.Should().HaveCount(11).And.AllBeOfType<CxlMemdev>();
        Bound(session).Should().BeEmpty();
        session.Iomem().Should().NotContain("CXL Window");
    }

    private static CxlPort? PortOf(MachineSession session, string uport) => session.Kernel.Cxl.Ports.SingleOrDefault(port => port.Uport.Name == uport);

    private static string[] Bound(MachineSession session) => [.. session.Kernel.Cxl.Bus.Devices.OfType<CxlMemdev>().Where(memdev => memdev.IsBound).Select(memdev => memdev.Name)];
}
