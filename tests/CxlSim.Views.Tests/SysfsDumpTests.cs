using CxlSim.Kernel;

namespace CxlSim.Views.Tests;

/// <summary>sysfs as lines.</summary>
public class SysfsDumpTests
{
    private static readonly Sysfs Tree = Given.Booted().After("create-region: {decoder: decoder0.0}").Kernel.Sysfs;

    [Fact]
    public void BusDirectory_IsMadeOfLinks()
    {
        string[] lines = Dump("/bus/cxl/devices");
        lines.Should().Contain("/sys/bus/cxl/devices/root0 -> ../../../devices/platform/ACPI0017:00/root0");
        lines.Should().Contain("/sys/bus/cxl/devices/mem0 -> ../../../devices/pci0000:10/0000:10:01.0/0000:11:00.0/mem0");
        lines.Should().OnlyContain(line => line.Contains(" -> ", StringComparison.Ordinal));
    }

    [Fact]
    public void Device_ShowsAttributesErrorsAndLinks()
    {
        string[] lines = Dump("/devices/platform/ACPI0017:00/root0/decoder0.0");
        const string Path = "/sys/devices/platform/ACPI0017:00/root0/decoder0.0";
        lines.Should().Contain($"{Path}/start = 0x1000000000");
        lines.Should().Contain($"{Path}/delete_region ! (write-only)");
        lines.Should().Contain($"{Path}/subsystem -> ../../../../../bus/cxl");
        lines.Should().Contain($"{Path}/region0/ (device)", "a device of its own is one line");
    }

    [Fact]
    public void IntoDevices_GoesOn()
    {
        string text = SysfsDump.Render(Tree.Find("/devices/platform/ACPI0017:00/root0/decoder0.0")!.Value.Owner, intoDevices: true);
        text.Should().Contain("/region0/commit = 1").And.NotContain("(device)");
    }

    /// <summary>Every link of the whole tree leads somewhere, and to what the model means by it.</summary>
    [Fact]
    public void Links_AllLeadToTheirTargets()
    {
        int links = 0;
        foreach (string line in SysfsDump.Render(Tree.Root, intoDevices: true).Split('\n').Where(line => line.Contains(" -> ", StringComparison.Ordinal)))
        {
            string[] parts = line.Split(" -> ");
            string target = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(parts[0])!, parts[1]));
            Tree.Find(target).Should().NotBeNull(line);
            Tree.Find(target)!.Value.Owner.Should().BeSameAs(Tree.Find(parts[0])!.Value.Owner, line);
            links++;
        }

        links.Should().BeGreaterThan(50);
    }

    private static string[] Dump(string path) => SysfsDump.Render(Tree.Find(path)!.Value.Owner).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
