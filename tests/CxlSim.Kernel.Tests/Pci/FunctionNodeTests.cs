using CxlSim.Core;
using CxlSim.Session;

namespace CxlSim.Kernel.Tests;

/// <summary>The node that a function is near to: <c>_PXM</c> of its root bridge. As Linux 6.12.107 showed it for a bridge of the second of two nodes.</summary>
public sealed class FunctionNodeTests
{
    private const string Card = "/sys/bus/pci/devices/0000:11:00.0/";

    [Theory]
    [InlineData(", pxm: 1", "1", "1", "2", "1")]
    [InlineData("", "-1", "0-1", "3", "-1")]
    [InlineData(", pxm: 7", "-1", "0-1", "3", "-1")]
    public void Node_IsThatOfTheBridge(string domain, string node, string cpus, string mask, string memdev)
    {
        MachineSession session = Machine(domain);

        session.Text(Card + "numa_node").Should().Be(node);
        session.Text(Card + "local_cpulist").Should().Be(cpus);
        session.Text(Card + "local_cpus").Should().Be(mask);
        session.Text("/sys/bus/cxl/devices/mem0/numa_node").Should().Be(memdev);
        session.Kernel.Log.Lines.Any(line => line.Text == "pci_bus 0000:10: Unknown NUMA node; performance will be reduced").Should().Be(node == "-1");
        session.Kernel.Findings.All.Where(finding => finding.Rule == KernelRules.BridgeDomain).Select(finding => finding.Found).Should().Equal(domain == ", pxm: 7" ? ["_PXM 7 of ACPI0016:00"] : []);
    }

    /// <summary>Only what is online, or none; what had the node before keeps it. As Linux 6.12.107 answered, and said at level 1, also where nothing was another.</summary>
    [Fact]
    public void Node_CanBeSetRight()
    {
        MachineSession session = Machine("");

        session.Write(Card + "numa_node", "5").Should().Be(Errno.EINVAL);
        session.Write(Card + "numa_node", "x").Should().Be(Errno.EINVAL);
        session.Write(Card + "numa_node", "-2").Should().Be(Errno.EINVAL);
        session.Write(Card + "numa_node", "-1").Should().Be(Errno.Ok);
        session.Write(Card + "numa_node", "1").Should().Be(Errno.Ok);
        session.Text(Card + "numa_node").Should().Be("1");
        session.Text("/sys/bus/cxl/devices/mem0/numa_node").Should().Be("-1");
        session.Kernel.Log.Lines.TakeLast(2).Select(line => $"<{(int)line.Level}> {line.Text}").Should().Equal(
            "<1> cxl_pci 0000:11:00.0: [Firmware Bug]: Overriding NUMA node to -1.  Contact your vendor for updates.",
            "<1> cxl_pci 0000:11:00.0: [Firmware Bug]: Overriding NUMA node to 1.  Contact your vendor for updates.");
    }

    private static MachineSession Machine(string domain) => Given.Booted($$"""
        memory: {nodes: [{pxm: 0, size: 1GiB, cpus: 1}, {pxm: 1, size: 1GiB, cpus: 1}]}
        host_bridges: [{uid: 5, bus: 0x10{{domain}}, root_ports: [{type3: {id: card, volatile: 1GiB} }]}]
        windows: [{base: 0x1000000000, size: 4GiB, targets: [5]}]
        """);
}
