using CxlSim.Core;
using CxlSim.Kernel;
using CxlSim.Machine;
using CxlSim.Platform;
using CxlSim.Session;

namespace CxlSim.Views.Tests;

/// <summary>/proc/iomem, line by line.</summary>
public class IomemViewTests
{
    /// <summary>As the recording 01-single-volatile shows them.</summary>
    private static readonly string[] Recorded =
    [
        "00000000-00000fff : Reserved",
        "00001000-0009ffff : System RAM",
        "80200000-803fffff : PCI Bus 0000:0c",
        "  80200000-803fffff : PCI Bus 0000:0d",
        "    80200000-8020ffff : 0000:0d:00.0",
        "      80201128-802011b7 : endpoint2",
        "490000000-58fffffff : CXL Window 0",
        "  490000000-4afffffff : region0",
        "    490000000-4afffffff : dax0.0",
        "      490000000-4afffffff : System RAM (kmem)",
    ];

    [Fact]
    public void QemuSingle_HasTheRecordedLines_InTheirOrder()
    {
        PlatformDescription platform = PlatformReader.ReadFile(RepositoryRoot.File("platforms/qemu-single.yaml")).Platform!;
        MachineSession session = new(new SimulatedMachine(platform));
        session.Boot();
        new StepRunner(session).Run(platform.Steps[0]).IsAsExpected.Should().BeTrue();
        string[] lines = IomemView.Render(session.Kernel.Iomem).Split('\n');
        lines.Should().ContainInOrder(Recorded);
        lines.Should().Contain("        490000000-4afffffff : System RAM (kmem)"[2..]);
    }

    [Theory]
    [InlineData(0x0UL, 0xfffUL, "00000000-00000fff : x")]
    [InlineData(0xffff_f000UL, 0xffff_ffffUL, "fffff000-ffffffff : x")]
    [InlineData(0x1_0000_0000UL, 0x1_0000_0000UL, "100000000-100000000 : x")]
    [InlineData(0xffff_ffff_ffff_0000UL, 0xffff_ffff_ffff_fffeUL, "ffffffffffff0000-fffffffffffffffe : x")]
    public void Addresses_HaveEightDigitsAtLeast(ulong start, ulong last, string line)
    {
        ResourceTree tree = new(ResourceTree.End);
        tree.Insert(new Resource("x", AddressRange.FromBounds(new Hpa(start), new Hpa(last)), ResourceFlags.None)).Should().BeNull();
        IomemView.Render(tree).Should().Be(line + "\n");
    }

    /// <summary>The root is no line; below the sixth line (level 5) the indent stays.</summary>
    [Fact]
    public void Indent_EndsAtLevelFive()
    {
        ResourceTree tree = new(ResourceTree.End);
        Resource parent = tree.Root;
        for (int level = 0; level < 8; level++)
        {
            Resource child = new($"r{level}", AddressRange.FromBounds(Hpa.Zero, new Hpa(0xff)), ResourceFlags.None);
            ResourceTree.TryRequest(parent, child).Should().BeTrue();
            parent = child;
        }

        IomemView.Render(tree).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TakeWhile(c => c == ' ').Count())
            .Should().Equal(0, 2, 4, 6, 8, 10, 10, 10);
    }

    [Fact]
    public void EmptyTree_IsNoText() => IomemView.Render(new ResourceTree(ResourceTree.End)).Should().BeEmpty();
}
