using CxlSim.Platform;
using CxlSim.Views;

namespace CxlSim.Session.Tests;

/// <summary>What <c>cxlsim check</c> finds in platform files, and where.</summary>
public sealed class PlatformCheckTests
{
    public static TheoryData<string> Shipped => [.. Directory.EnumerateFiles(RepositoryRoot.File("platforms"), "*.yaml").Select(file => Path.GetFileName(file)).Order()];

    /// <summary>What a shipped platform wastes is said here.</summary>
    private static readonly Dictionary<string, string[]> Known = new() { ["wrong-ways.yaml"] = ["CXK0018"] };

    [Theory]
    [MemberData(nameof(Shipped))]
    public void ShippedPlatform_IsClean(string name) =>
        PlatformCheck.Run(PlatformReader.ReadFile(RepositoryRoot.File($"platforms/{name}"))).Select(finding => finding.Number).Should().Equal(Known.GetValueOrDefault(name, []));

    [Fact]
    public void FileThatMakesNoSense_IsNotBooted() =>
        Checked.Findings("naem: x\nwindows: [{targets: [7]}]").Select(finding => finding.Number).Should().Equal("CXP0003", "CXP0014");

    /// <summary>What the reader warns of and what the boot finds stand together, in the order of the file.</summary>
    [Fact]
    public void WarningsOfReaderAndKernel_StandInTheOrderOfTheFile() => Checked.Places("""
        memory: {dram: 4GiB}
        host_bridges:
          - {uid: 5, bus: 16}
          - {uid: 6, bus: 32, hdm_decoders: 0, root_ports: [{type3: {volatile: 1GiB}}, {}]}
        windows:
          - {base: 0x1000000000, size: 1GiB, targets: [5]}
          - {base: 0x2000000000, size: 1GiB, targets: [6]}
        """).Should().Equal("4:5 CXK0020", "4:37 CXP0032", "6:48 CXK0030");

    /// <summary>4 GiB below a bridge, room for half of them.</summary>
    [Theory]
    [InlineData("{base: 0x1000000000, size: 2GiB, targets: [5]}", "{type3: {id: card, volatile: 4GiB}}", "4:44 CXK0031")]
    [InlineData("{base: 0x1000000000, size: 2GiB, targets: [5], restrictions: 0xe}", "{type3: {id: card, volatile: 2GiB, persistent: 2GiB}}", "4:44 CXK0031")]
    [InlineData("{base: 0x1000000000, size: 2GiB, targets: [5], restrictions: 0x6}, {base: 0x2000000000, size: 2GiB, targets: [5], restrictions: 0xa}", "{type3: {id: card, volatile: 1GiB, persistent: 3GiB}}", "4:44 CXK0031")]
    [InlineData("{base: 0x1000000000, size: 2GiB, targets: [5]}", "{type3: {volatile: 2GiB}}, {type3: {volatile: 2GiB}}", "4:5 CXK0031")]
    [InlineData("{base: 0x1000000000, size: 4GiB, targets: [5]}", "{type3: {id: card, volatile: 4GiB}}", null)]
    [InlineData("{base: 0x1000000000, size: 2GiB, targets: [5]}, {base: 0x2000000000, size: 2GiB, targets: [5]}", "{type3: {volatile: 4GiB}}", null)]
    public void CapacityWithoutRoom_IsStranded(string windows, string ports, string? expected) => Checked.Places($$"""
        name: stranded
        memory: {dram: 4GiB}
        host_bridges:
          - {uid: 5, bus: 16, root_ports: [{{ports}}]}
        windows: [{{windows}}]
        """).Should().Equal(expected is null ? [] : [expected]);

    [Fact]
    public void WindowThatIsGrown_HasRoom()
    {
        const string text = """
            memory: {dram: 4GiB}
            host_bridges:
              - {uid: 5, bus: 16, root_ports: [{type3: {volatile: 3GiB}}]}
              - {uid: 6, bus: 32, root_ports: [{type3: {volatile: 1GiB}}]}
            windows: [{base: 0x1000000000, size: 2GiB, targets: [5, 6], restrictions: 0xf}]
            """;
        CheckFinding finding = Checked.Findings(text).Should().ContainSingle().Subject;
        finding.ToString().Should().Be(
            "p.yaml:3:44: warning CXK0031: found 2 GiB of mem0 that no window has room for; Linux has no addresses for the rest; nearest value that works: Window Size 0x180000000 (6 GiB)");

        Checked.Findings(Checked.Mend(text, finding)).Should().BeEmpty();
    }

    /// <summary>Blocks of 2 GiB; what firmware made and what a user could make alike.</summary>
    [Theory]
    [InlineData("locked")]
    [InlineData("os")]
    public void RegionInsideOfBlocks_IsMendedStepByStep(string decoders)
    {
        string text = $$$"""
            memory: {dram: 70GiB}
            firmware: {decoders: {{{decoders}}}}
            host_bridges: [{uid: 4, bus: 0x10, root_ports: [{type3: {volatile: 8GiB}}]}]
            windows: [{base: 0x2050000000, size: 8GiB, targets: [4]}]
            """;
        Checked.Places(text).Should().Equal("4:18 CXK0024", "4:38 CXK0024");

        string moved = Checked.Mend(text, Checked.Findings(text)[0]);
        Checked.Findings(moved).Should().BeEmpty("8 GiB from a block's beginning are whole blocks");
    }

    [Fact]
    public void WindowThatEndsInsideOfABlock_IsMended()
    {
        const string text = """
            memory: {dram: 70GiB}
            host_bridges: [{uid: 4, bus: 0x10, root_ports: [{type3: {volatile: 4GiB}}]}]
            windows: [{base: 0x2080000000, size: 4352MiB, targets: [4]}]
            """;
        CheckFinding finding = Checked.Findings(text).Should().ContainSingle().Subject;
        (finding.Number, finding.Place.Column, finding.Nearest!.Value).Should().Be(("CXK0024", 38, 4UL << 30));

        Checked.Findings(Checked.Mend(text, finding)).Should().BeEmpty();
    }

    /// <summary>Soft-reserved, over the window, and nobody has programmed a decoder there.</summary>
    [Fact]
    public void SoftReservedMemoryOverAWindow_WaitsInVain() => Checked.Places("""
        memory: {dram: 4GiB}
        kernel:
          command_line: memmap=1G%64G+0xefffffff
        host_bridges: [{uid: 5, bus: 16, root_ports: [{type3: {volatile: 1GiB}}]}]
        windows:
          - {base: 0x1000000000, size: 1GiB, targets: [5]}
        """).Should().Equal("6:5 CXK0029");

    [Fact]
    public void SoftReservedMemoryOfNoNode_IsTheCommandLines() => Checked.Places("""
        memory: {nodes: [{pxm: 0, size: 4GiB, cpus: 1}]}
        kernel:
          command_line: memmap=1G%64G+0xefffffff
        """).Should().Equal("3:17 CXK0023");

    [Fact]
    public void DeviceWithoutDriver_IsNamed() => Checked.Places("""
        memory: {dram: 4GiB}
        kernel: {modules: [cxl_acpi]}
        host_bridges: [{uid: 5, bus: 16, root_ports: [{type3: {volatile: 1GiB}}]}]
        windows: [{base: 0x1000000000, size: 1GiB, targets: [5]}]
        """).Should().Equal("3:55 CXK0027");

    [Fact]
    public void PersistentMemoryThatNoWindowAllows_TakesTheDeviceWithIt()
    {
        const string text = """
            memory: {dram: 4GiB}
            host_bridges: [{uid: 5, bus: 16, root_ports: [{type3: {volatile: 1GiB, persistent: 1GiB}}]}]
            windows: [{base: 0x1000000000, size: 2GiB, targets: [5], restrictions: 0x6}]
            """;
        CheckFinding finding = Checked.Findings(text).Should().ContainSingle().Subject;
        (finding.Number, finding.Place.Line, finding.Nearest!.ToString()).Should().Be(("CXK0032", 2, "Window Restrictions 0xe"));

        Checked.Findings(Checked.Mend(text, finding)).Should().BeEmpty();
    }

    /// <summary>Node 1 is the window's: it has no memory when areas are made.</summary>
    [Fact]
    public void CmaOnANodeWithoutMemory_IsTheCommandLines()
    {
        const string text = """
            memory: {dram: 4GiB}
            kernel:
              config: {CMA: y, DMA_CMA: y, DMA_NUMA_CMA: y, HUGETLB_CMA: y}
              command_line: numa_cma=1:64M
            host_bridges: [{uid: 5, bus: 16, root_ports: [{type3: {volatile: 1GiB}}]}]
            windows: [{base: 0x1000000000, size: 1GiB, targets: [5]}]
            """;

        Checked.Places(text).Should().Equal("4:17 CXK0051");
        Checked.Findings(text.Replace("numa_cma=1:", "numa_cma=0:")).Should().BeEmpty();
    }

    /// <summary>Both the reader and the kernel have a word on an alignment: one is enough, and the kernel's says more.</summary>
    [Fact]
    public void WhatReaderAndKernelFindAtOnePlace_IsSaidOnce()
    {
        const string text = """
            memory: {dram: 4GiB}
            host_bridges: [{uid: 5, bus: 16, root_ports: [{type3: {volatile: 1GiB}}]}]
            windows: [{base: 0x1008000000, size: 1GiB, targets: [5]}]
            """;
        CheckFinding finding = Checked.Findings(text).Should().ContainSingle().Subject;
        (finding.Number, finding.Place.Column).Should().Be(("CXK0003", 18));

        Checked.Findings(Checked.Mend(text, finding)).Should().BeEmpty();
    }

    /// <summary>The diagonal of a matrix, in the file.</summary>
    [Fact]
    public void SlitDiagonal_IsFoundInTheMatrix() => Checked.Places("""
        memory:
          dram: 4GiB
          slit: [[11]]
        """).Should().Equal("3:10 CXK0042");

    /// <summary>Firmware has committed both devices' decoders; one has no mailbox, without which Linux takes no device.</summary>
    [Fact]
    public void RegionWithoutItsSecondMember_Waits()
    {
        const string text = """
            memory: {dram: 4GiB}
            firmware: {decoders: locked}
            host_bridges:
              - {uid: 5, bus: 16, root_ports: [{type3: {volatile: 1GiB}}]}
              - {uid: 6, bus: 32, root_ports: [{type3: {volatile: 1GiB, faults: [no_mailbox]}}]}
            windows: [{base: 0x1000000000, size: 2GiB, targets: [5, 6]}]
            """;

        Checked.Places(text).Should().Equal("4:44 CXK0028", "5:44 CXK0027");
        Checked.Findings(text.Replace(", faults: [no_mailbox]", "")).Should().BeEmpty();
    }
}
