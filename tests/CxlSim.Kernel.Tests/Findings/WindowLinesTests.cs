using CxlSim.Core;
using CxlSim.Views;

namespace CxlSim.Kernel.Tests;

/// <summary>What a spoilt CEDT leaves of windows in /proc/iomem, as seen on Linux 6.12.107 with tables of one's own.</summary>
public sealed class WindowLinesTests
{
    // Two CHBS of 32 bytes behind the header, then windows of one way, 40 bytes each.
    private const int Bridge = 0x24;
    private const int First = 0x64;
    private const int Second = 0x8c;

    private static readonly AddressRange Lower = AddressRange.FromBounds(new Hpa(0x490000000), new Hpa(0x58fffffff));
    private static readonly AddressRange Upper = AddressRange.FromBounds(new Hpa(0x590000000), new Hpa(0x68fffffff));

    private const string Machine = """
        memory: {dram: 1GiB}
        host_bridges: [{uid: 4, bus: 0x10}, {uid: 5, bus: 0x20}]
        windows: [{base: 0x490000000, size: 4GiB, targets: [4]}, {base: 0x590000000, size: 4GiB, targets: [5]}]
        """;

    [Fact]
    public void AWindowWithoutADecoder_KeepsItsLine()
    {
        LinuxKernel kernel = new PatchedTables(Machine).With("CEDT", First + 0x24, 9, 0, 0, 0).Boot();

        Lines(kernel).Should().Equal("490000000-58fffffff : CXL Window 0", "590000000-68fffffff : CXL Window 1");
        kernel.Cxl.Bus.Devices.OfType<CxlRootDecoder>().Should().ContainSingle().Which.Window!.Name.Should().Be("CXL Window 1");
    }

    [Fact]
    public void AWindowThatOverlapsAnother_IsLeftOut()
    {
        LinuxKernel kernel = new PatchedTables(Machine).With("CEDT", Second + 8, 0, 0, 0, 0x10, 5).Boot();

        Lines(kernel).Should().Equal("490000000-58fffffff : CXL Window 0");
        kernel.Findings.All.Should().ContainSingle(finding => finding.Rule == KernelRules.WindowOverlap && finding.Place == new TablePlace("CEDT", Second + 8, 8));
    }

    /// <summary>It shares the line of the one that holds it.</summary>
    [Fact]
    public void AWindowInAnother_HasNoLineOfItsOwn()
    {
        LinuxKernel kernel = new PatchedTables(Machine).With("CEDT", Second + 8, 0, 0, 0, 0xa0, 4, 0, 0, 0, 0, 0, 0, 0x20, 0).Boot();

        Lines(kernel).Should().Equal("490000000-58fffffff : CXL Window 0");
        kernel.Cxl.Bus.Devices.OfType<CxlRootDecoder>().Select(decoder => decoder.Window!.Name).Should().Equal("CXL Window 0", "CXL Window 0");
    }

    /// <summary>The first of two grows over what lies across their border, and the second begins behind it (<c>add_cxl_resources</c>).</summary>
    [Fact]
    public void AWindowThatGrows_TakesFromTheNext()
    {
        (ResourceTree iomem, WindowResources windows) = PublishedBeside(AddressRange.FromBounds(new Hpa(0x580000000), new Hpa(0x59fffffff)));

        iomem.Root.Children.Select(line => line.ToString()).Should().Equal(
            new Resource("first", AddressRange.FromBounds(Lower.Start, new Hpa(0x59fffffff)), ResourceFlags.None).ToString(),
            new Resource("second", AddressRange.FromBounds(new Hpa(0x5a0000000), Upper.Last), ResourceFlags.None).ToString());
        windows.Of(Lower)!.Name.Should().Be("first");
        windows.Of(Upper).Should().BeNull("its line is no longer all of it");
        windows.Remove();
        iomem.Root.Children.Select(line => line.Name).Should().Equal("Reserved");
    }

    /// <summary>What the first grows over reaches to the end of the second: nothing is left of that.</summary>
    [Fact]
    public void AWindowThatGrowsOverTheNext_LeavesItNoLine()
    {
        (ResourceTree iomem, WindowResources windows) = PublishedBeside(AddressRange.FromBounds(new Hpa(0x580000000), Upper.Last));

        iomem.Root.Children.Select(line => line.ToString()).Should().Equal(new Resource("first", AddressRange.FromBounds(Lower.Start, Upper.Last), ResourceFlags.None).ToString());
        iomem.Root.Children[0].Children.Should().ContainSingle(line => line.Name == "Reserved").Which.Children.Should().BeEmpty();
        windows.Of(Upper).Should().BeNull();
    }

    /// <summary>Whatever stands in front of it: the walk for windows fails, and with it the driver.</summary>
    [Fact]
    public void ARecordWithoutALength_CostsAllOfCxl()
    {
        LinuxKernel kernel = new PatchedTables(Machine).With("CEDT", Second + 2, 0, 0).Boot();

        Lines(kernel).Should().BeEmpty();
        kernel.Cxl.Bus.Devices.Should().NotContain(device => device is CxlPort || device is CxlRootDecoder);
        kernel.Findings.All.Should().Contain(finding => finding.Rule == KernelRules.RecordLength);
    }

    /// <summary>A walk says what it was for, not what it met: bridges twice, for each of them.</summary>
    [Fact]
    public void ARecordWithoutALength_IsToldByEachWalk()
    {
        HostileBoot boot = new(Given.Platform(Machine));
        new TableList(boot.Hardware, boot.Handoff.Rsdp).Patch("CEDT", Bridge + 2, [0, 0]);
        boot.Boot().Should().BeNull();

        boot.Log.Lines.Where(line => line.Contains("CEDT:", StringComparison.Ordinal)).Should().Equal(
            "[CEDT:0x01] Invalid zero length", "[CEDT:0x00] Invalid zero length", "[CEDT:0x00] Invalid zero length", "[CEDT:0x01] Invalid zero length");
        boot.Log.Lines.Should().Contain(line => line.EndsWith("No CHBS found for Host Bridge (UID 5)", StringComparison.Ordinal));
        boot.Log.Lines.Should().NotContain(line => line.EndsWith("No CHBS found for Host Bridge (UID 4)", StringComparison.Ordinal), "only the way to the next record needs a length");
    }

    /// <summary>Two windows with a border in common, and something reserved across it.</summary>
    private static (ResourceTree Iomem, WindowResources Windows) PublishedBeside(AddressRange reserved)
    {
        ResourceTree iomem = new(ResourceTree.End);
        iomem.Insert(new Resource("Reserved", reserved, ResourceFlags.None));
        WindowResources windows = new(iomem);
        windows.TryAdd(new Resource("first", Lower, ResourceFlags.CxlWindow)).Should().BeTrue();
        windows.TryAdd(new Resource("second", Upper, ResourceFlags.CxlWindow)).Should().BeTrue();
        windows.Publish();
        return (iomem, windows);
    }

    private static IEnumerable<string> Lines(LinuxKernel kernel) =>
        IomemView.Render(kernel.Iomem).Split('\n').Where(line => line.Contains("CXL Window", StringComparison.Ordinal)).Select(line => line.Trim());
}
