using CxlSim.Core;
using CxlSim.Session;

namespace CxlSim.Kernel.Tests;

/// <summary>/sys/devices/system/cpu and the links between CPUs and nodes, where libnuma and lscpu look.</summary>
public sealed class CpuSubsystemTests
{
    private const string Cpus = "/sys/devices/system/cpu/";
    private const string Nodes = "/sys/devices/system/node/";

    private readonly MachineSession _session = Given.Booted("memory: {nodes: [{pxm: 0, size: 2GiB, cpus: 2}, {pxm: 1, size: 2GiB, cpus: 2}]}");

    [Theory]
    [InlineData("online", "0-3")]
    [InlineData("possible", "0-3")]
    [InlineData("present", "0-3")]
    [InlineData("offline", "")]
    [InlineData("kernel_max", "8191")]
    public void Directory_SaysWhichCpusThereAre(string file, string expected) => _session.Text(Cpus + file).Should().Be(expected);

    [Fact]
    public void CpusAndNodes_PointAtEachOther()
    {
        _session.Kernel.Sysfs.Find(Nodes + "node1/cpu3")!.Value.Owner.Path.Should().Be("/devices/system/cpu/cpu3");
        _session.Kernel.Sysfs.Find(Cpus + "cpu3/node1")!.Value.Owner.Path.Should().Be("/devices/system/node/node1");
        _session.Kernel.Sysfs.Find(Nodes + "node0/cpu3").Should().BeNull();
        _session.Kernel.Sysfs.Find("/sys/bus/cpu/devices/cpu3").Should().NotBeNull();
        (_session.Text(Nodes + "node0/cpumap"), _session.Text(Nodes + "node1/cpumap")).Should().Be(("3", "c"));
    }

    [Fact]
    public void BootCpu_CannotBeSwitchedOff() => _session.Read(Cpus + "cpu0/online").Error.Should().Be(Errno.ENOENT);

    [Fact]
    public void CpuThatGoesOffline_LeavesTheListsOfItsNode()
    {
        _session.Write(Cpus + "cpu2/online", "0").Should().Be(Errno.Ok);

        (_session.Text(Cpus + "online"), _session.Text(Cpus + "offline"), _session.Text(Cpus + "present")).Should().Be(("0-1,3", "2", "0-3"));
        (_session.Text(Nodes + "node1/cpulist"), _session.Text(Nodes + "node1/cpumap")).Should().Be(("3", "8"));

        _session.Write(Cpus + "cpu3/online", "0").Should().Be(Errno.Ok);
        _session.Text(Nodes + "has_cpu").Should().Be("0");

        _session.Write(Cpus + "cpu3/online", "1").Should().Be(Errno.Ok);
        (_session.Text(Cpus + "cpu3/online"), _session.Text(Nodes + "has_cpu")).Should().Be(("1", "0-1"));
        _session.Write(Cpus + "cpu3/online", "maybe").Should().Be(Errno.EINVAL);
    }
}
