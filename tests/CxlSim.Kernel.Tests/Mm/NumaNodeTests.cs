using CxlSim.Session;

namespace CxlSim.Kernel.Tests;

/// <summary>Files of a node, as 01-single-volatile/01-created-default-policy recorded them of the node without CPUs.</summary>
public sealed class NumaNodeTests
{
    private const string Node = "/sys/devices/system/node/node1/";

    private static readonly string[] Meminfo =
    [
        "Node 1 MemTotal:         524288 kB", "Node 1 MemFree:          524288 kB", "Node 1 MemUsed:               0 kB", "Node 1 SwapCached:            0 kB",
        "Node 1 Active:                0 kB", "Node 1 Inactive:              0 kB", "Node 1 Active(anon):          0 kB", "Node 1 Inactive(anon):        0 kB",
        "Node 1 Active(file):          0 kB", "Node 1 Inactive(file):        0 kB", "Node 1 Unevictable:           0 kB", "Node 1 Mlocked:               0 kB",
        "Node 1 Dirty:                 0 kB", "Node 1 Writeback:             0 kB", "Node 1 FilePages:             0 kB", "Node 1 Mapped:                0 kB",
        "Node 1 AnonPages:             0 kB", "Node 1 Shmem:                 0 kB", "Node 1 KernelStack:           0 kB", "Node 1 PageTables:            0 kB",
        "Node 1 SecPageTables:         0 kB", "Node 1 NFS_Unstable:          0 kB", "Node 1 Bounce:                0 kB", "Node 1 WritebackTmp:          0 kB",
        "Node 1 KReclaimable:          0 kB", "Node 1 Slab:                  0 kB", "Node 1 SReclaimable:          0 kB", "Node 1 SUnreclaim:            0 kB",
        "Node 1 AnonHugePages:         0 kB", "Node 1 ShmemHugePages:        0 kB", "Node 1 ShmemPmdMapped:        0 kB", "Node 1 FileHugePages:         0 kB",
        "Node 1 FilePmdMapped:         0 kB", "Node 1 Unaccepted:            0 kB", "Node 1 HugePages_Total:     0", "Node 1 HugePages_Free:      0",
        "Node 1 HugePages_Surp:      0",
    ];

    private readonly MachineSession _session = Given.AfterSteps("""
        memory: {nodes: [{pxm: 0, size: 2GiB, cpus: 2}]}
        host_bridges: [{uid: 12, bus: 0x0c, component_registers: 0x480000000, root_ports: [{type3: {volatile: 1GiB}}]}]
        windows: [{base: 0x490000000, size: 4GiB, targets: [12], restrictions: 0xf}]
        steps: [{create-region: {decoder: decoder0.0, size: 512MiB}}]
        """);

    [Fact]
    public void Meminfo_HasAllKeys() => _session.Text(Node + "meminfo").Split('\n').Should().Equal(Meminfo);

    [Theory]
    [InlineData("cpumap", "0")]
    [InlineData("cpulist", "")]
    [InlineData("distance", "20 10")]
    [InlineData("numastat", "numa_hit 0\nnuma_miss 0\nnuma_foreign 0\ninterleave_hit 0\nlocal_node 0\nother_node 0")]
    public void NodeWithoutCpus(string file, string expected) => _session.Text(Node + file).Should().Be(expected);

    /// <summary>Counters of the zones, where pages were taken from, then those of the node (<c>node_read_vmstat</c>).</summary>
    [Fact]
    public void Vmstat_BeginsWithTheFreePages()
    {
        string[] lines = _session.Text(Node + "vmstat").Split('\n');

        lines.Should().StartWith(["nr_free_pages 131072", "nr_zone_inactive_anon 0"]).And.HaveCount(12 + 6 + 47);
        lines.Should().ContainInOrder("nr_unaccepted 0", "numa_hit 0", "numa_other 0", "nr_inactive_anon 0", "pgdemote_khugepaged 0");
    }

    [Fact]
    public void Blocks_AreLinkedToTheirNode() =>
        _session.Kernel.Sysfs.Find(Node + "memory146")!.Value.Owner.Path.Should().Be("/devices/system/memory/memory146");
}
