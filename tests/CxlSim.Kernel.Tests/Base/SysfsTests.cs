using CxlSim.Core;
using CxlSim.Session;

namespace CxlSim.Kernel.Tests;

/// <summary>Looking up, reading and writing files, on a machine with one device.</summary>
public sealed class SysfsTests
{
    private const string Physical = "/sys/devices/platform/ACPI0017:00/root0/decoder0.0/";
    private readonly MachineSession _session = Given.Booted("""
        host_bridges: [{uid: 5, bus: 0x10, root_ports: [{type3: {volatile: 256MiB, serial: 0xabc0}}]}]
        windows: [{base: 0x1000000000, size: 1GiB, targets: [5]}]
        """);

    [Theory]
    [InlineData("/sys/bus/cxl/devices/decoder0.0/size")]
    [InlineData("/bus/cxl/devices/decoder0.0/size")]
    [InlineData(Physical + "size")]
    [InlineData("/sys//bus/cxl/devices//decoder0.0/subsystem/devices/decoder0.0/size")]
    [InlineData("/sys/bus/cxl/devices/root0/decoder0.0/size")]
    [InlineData("/sys/bus/cxl/devices/decoder0.0/../decoder0.0/size")]
    [InlineData(Physical + "../../../../../devices/../devices/../devices/../devices/../devices/../devices/../devices/../devices/../devices/../devices/../devices/../devices/../devices/../devices/../bus/cxl/devices/decoder0.0/size")]
    public void Read_FollowsLinks(string path) => _session.Text(path).Should().Be("0x40000000");

    [Theory]
    [InlineData("/sys/bus/cxl/devices/decoder0.9/size", Errno.ENOENT)]
    [InlineData("/sys/bus/cxl/devices/decoder0.0/sizes", Errno.ENOENT)]
    [InlineData("/sys/bus/cxl/devices/decoder0.0/size/size", Errno.ENOENT)]
    [InlineData("/sys/bus/cxl/devices/decoder0.0", Errno.EISDIR)]
    [InlineData("/sys/bus/cxl/devices/mem0/ram", Errno.EISDIR)]
    [InlineData("/sys/bus/cxl/devices/decoder0.0/delete_region", Errno.EACCES)]
    [InlineData("/sys/bus/cxl/drivers/cxl_mem/bind", Errno.EACCES)]
    public void Read_SaysWhyNot(string path, Errno error) => _session.Read(path).Error.Should().Be(error);

    [Theory]
    [InlineData("/sys/bus/cxl/devices/decoder0.0/size", Errno.EACCES)]
    [InlineData("/sys/bus/cxl/devices/decoder0.0/start", Errno.EACCES)]
    [InlineData("/sys/bus/cxl/devices/mem0/ram/size", Errno.EACCES)]
    [InlineData("/sys/bus/cxl/devices/mem0/ram/sizes", Errno.ENOENT)]
    [InlineData("/sys/bus/cxl/devices/decoder0.0", Errno.EISDIR)]
    [InlineData("/sys/bus/cxl/devices/nothing/there", Errno.ENOENT)]
    public void Write_SaysWhyNot(string path, Errno error) => _session.Write(path, "1").Should().Be(error);

    [Fact]
    public void AttributeDirectory_IsBelowItsObject() => _session.Text("/sys/bus/cxl/devices/mem0/ram/size").Should().Be("0x10000000");
}
