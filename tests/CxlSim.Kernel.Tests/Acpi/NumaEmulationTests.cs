using CxlSim.Core;
using CxlSim.Session;

namespace CxlSim.Kernel.Tests;

/// <summary>What <c>numa=fake=</c> makes of 2 GiB of RAM without its first mebibyte; expectations are worked out by hand after <c>mm/numa_emulation.c</c> of Linux 6.12.</summary>
public sealed class NumaEmulationTests
{
    private const ulong MiB = 1 << 20;

    // 2047 MiB by 4 are 511.75: 480 in units of 32, and three nodes get a unit more.
    [Theory]
    [InlineData("numa=fake=4", "0:1-513 1:513-1025 2:1025-1537 3:1537-2048")]
    [InlineData("numa=fake=0x4", "0:1-513 1:513-1025 2:1025-1537 3:1537-2048")]
    [InlineData("numa=fake=3 numa=fake=1", "0:1-2048")]
    [InlineData("numa=fake=512M", "0:1-513 1:513-1025 2:1025-2048")]
    [InlineData("numa=fake=1G", "0:1-2048")]
    [InlineData("numa=off numa=fake=2", "0:1-1025 1:1025-2048")]
    [InlineData("numa=fake=2U", "0:1-1025 1:1025-2048")]
    [InlineData("numa=fake=0", "0:1-2048")]
    [InlineData("numa=fake=", "0:1-2048")]
    [InlineData("numa=fake=x", "0:1-2048")]
    [InlineData("numa=fake=M", "0:1-2048")]
    [InlineData("numa=fake=0U", "0:1-2048")]
    [InlineData("numa=fake=18446744073709551615G", "0:1-2048")]
    public void OneNode_IsCut(string commandLine, string nodes) => Nodes(One().Kernel(commandLine).Boot()).Should().Be(nodes);

    [Fact]
    public void TooManyNodes_AreNone()
    {
        TableMachine machine = One().Kernel("numa=fake=100");

        Nodes(machine.Boot()).Should().Be("0:1-2048", "20 MiB are less than a unit");
        machine.Log.Lines.Should().Contain(line => line.Contains("too little memory", StringComparison.Ordinal));
    }

    // Sizes below what 1024 nodes would have, or below a unit, grow: 63 nodes of 32 MiB, and the last has what is left.
    [Fact]
    public void SmallSize_Grows()
    {
        LinuxKernel kernel = One().Kernel("numa=fake=1M").Boot();

        kernel.Numa.PossibleNodes.Should().HaveCount(63);
        (kernel.Numa.Memblks.Memory[^1].Range.Size.Bytes / MiB).Should().Be(2047 - (62 * 32));
    }

    /// <summary>The SRAT's memory is nowhere: there is nothing to split.</summary>
    [Theory]
    [InlineData("2")]
    [InlineData("32M")]
    [InlineData("2U")]
    public void TablesWithoutRam_AreNotCut(string number) => Given.Booted($$$"""
        kernel: {command_line: "numa=fake={{{number}}}", config: {NUMA_EMU: y}}
        memory: {nodes: [{pxm: 0, size: 2GiB, cpus: 1}], srat: [{cpu: 0, pxm: 0}, {memory: 0x8000000000-0x80ffffffff, pxm: 0}]}
        """).Kernel.Numa.OnlineNodes.Should().ContainSingle();

    [Fact]
    public void WithoutTheOption_NothingIsEmulated() => Nodes(One().Kernel("numa=fake=4", "6.12", "NUMA_EMU=n").Boot()).Should().Be("0:1-2048");

    // Nodes take turns; a node of 1023 MiB has no room for 1024.
    [Theory]
    [InlineData("numa=fake=2", "0:1-1024 1:1024-2048")]
    [InlineData("numa=fake=4", "0:1-513 1:1024-1536 2:513-1024 3:1536-2048")]
    [InlineData("numa=fake=256M", "0:1-257 1:1024-1280 2:257-513 3:1280-1536 4:513-1024 5:1536-1792 6:1792-2048")]
    [InlineData("numa=fake=2U", "0:1-513 1:513-1024 2:1024-1536 3:1536-2048")]
    public void TwoNodes_AreCutInTurn(string commandLine, string nodes) => Nodes(Two().Kernel(commandLine).Boot()).Should().Be(nodes);

    [Fact]
    public void DistancesAndCpus_AreThoseOfTheRealNodes()
    {
        LinuxKernel kernel = Two().Kernel("numa=fake=2U").Boot();

        Enumerable.Range(0, 16).Select(i => kernel.Numa.Distance(i / 4, i % 4)).Should().Equal(10, 10, 21, 21, 10, 10, 21, 21, 21, 21, 10, 10, 21, 21, 10, 10);
        Enumerable.Range(0, 4).Select(node => string.Join(',', kernel.Numa.Node(node).Cpus.Select(cpu => cpu.ApicId))).Should().Equal("0", "0", "1", "1");
        kernel.Cpus.All.Select(cpu => cpu.Node!.Id).Should().Equal(0, 2);
    }

    /// <summary>A number counts only with the comma behind it (<c>get_option</c> gives 2 then).</summary>
    [Theory]
    [InlineData("numa=fake=2:10,30,31,10,", 30, 31)]
    [InlineData("numa=fake=2:10,30,31", 30, 21)]
    [InlineData("numa=fake=2", 21, 21)]
    public void Distances_MayBeSaid(string commandLine, int there, int back)
    {
        LinuxKernel kernel = Two().Kernel(commandLine).Boot();

        (kernel.Numa.Distance(0, 1), kernel.Numa.Distance(1, 0)).Should().Be((there, back));
    }

    /// <summary>A window keeps the number of its real node: here that of an emulated one, there one that no memory can have.</summary>
    [Theory]
    [InlineData("", 1, true)]
    [InlineData("numa=fake=2", 1, true)]
    [InlineData("numa=fake=1", 1, false)]
    public void WindowKeepsItsNumber(string commandLine, int node, bool isAdded)
    {
        MachineSession session = Given.AfterSteps($$$"""
            kernel: {command_line: "{{{commandLine}}}"}
            memory: {dram: 2GiB, cpus: 2}
            host_bridges: [{uid: 5, bus: 0x10, root_ports: [{type3: {volatile: 1GiB}}]}]
            windows: [{base: 0x1000000000, size: 4GiB, targets: [5]}]
            steps: [create-region: {decoder: decoder0.0}]
            """);

        session.Kernel.Numa.TargetNode(new Hpa(0x1000000000)).Should().Be(node);
        session.Kernel.Numa.IsPossible(node).Should().Be(isAdded);
        session.Kernel.Memory.Blocks.Any(block => !block.IsBootMemory).Should().Be(isAdded);
        session.Kernel.Findings.All.Any(finding => finding.Rule == KernelRules.KmemAdd).Should().Be(!isAdded);
    }

    private static TableMachine One() => new TableMachine().Ram(0x100000, 0x7fffffff)
        .Table("APIC", 3, TableRecords.Madt(0, 1))
        .Table("SRAT", 3, TableRecords.Srat(TableRecords.Cpu(0, 0), TableRecords.Cpu(0, 1), TableRecords.Memory(0, 0, 2)));

    private static TableMachine Two() => new TableMachine().Ram(0x100000, 0x7fffffff)
        .Table("APIC", 3, TableRecords.Madt(0, 1))
        .Table("SRAT", 3, TableRecords.Srat(TableRecords.Cpu(0, 0), TableRecords.Cpu(1, 1), TableRecords.Memory(0, 0, 1), TableRecords.Memory(1, 1, 2)))
        .Table("SLIT", 1, TableRecords.Slit(2, 10, 21, 21, 10));

    private static string Nodes(LinuxKernel kernel) =>
        string.Join(' ', kernel.Numa.Memblks.Memory.OrderBy(block => block.Node).Select(block => $"{block.Node}:{block.Range.Start.Value / MiB}-{(block.Range.Last.Value + 1) / MiB}"));
}
