using CxlSim.Core;
using CxlSim.Kernel;
using CxlSim.Machine;
using CxlSim.Platform;

namespace CxlSim.Conformance.Tests;

/// <summary>The boot of the machine of 01-single-volatile under both recorded kernels: what the log says of memory and nodes, and what the state is then.</summary>
public class EarlyBootTests
{
    /// <summary>What lines of early boot begin with: the memory map, SRAT, nodes, blocks, RAM buffers.</summary>
    private static readonly string[] Early = ["BIOS-e820:", "e820:", "last_pfn", "ACPI: SRAT: Node", "NUMA:", "Initmem setup", "Kernel command line:", "x86/mm: Memory block"];

    /// <summary>What drivers claim later: 7.2 names a port's registers after the port, and names devices of PNP differently; virtio is not modelled.</summary>
    private static readonly string[] Drivers =
        ["endpoint<0xabc0>", "port<pci0000:0c>", "80201080-802010d7 0000:0d:00.0", "mem<0xabc0>", "PNP0C01:00", "PNP0103:00", "virtio-pci-modern"];

    [Theory]
    [InlineData("6.12", "01-single-volatile")]
    [InlineData("7.2", "01-single-volatile-linux7.2")]
    public void The_log_has_the_recorded_lines_with_their_severity(string version, string recording)
    {
        string[] recorded = File.ReadAllLines(Path.Combine(RepositoryRoot.Golden([.. recording.Split('/')]), "dmesg.txt"));

        string[] ours = [.. Booted(version).Log.Lines.Select(line => $"<{(int)line.Level}> {line.Text}")];

        ours.Where(IsEarly).Should().Equal(recorded.Where(IsEarly).Select(line => line.TrimEnd()));
    }

    [Fact]
    public void Linux_7_2_has_the_recorded_state()
    {
        ConformanceReport report = CaptureComparer.Compare(Recordings.Of("01-single-volatile-linux7.2/00-boot"), MachineCapture.Take(Booted("7.2")));

        report.Files.Where(file => !file.Tally.AllAgree).Select(file => file.File).Should().Equal("iomem.txt (whole)");
        report["iomem.txt (whole)"].Differences.Should().OnlyContain(difference => Array.Exists(Drivers, name => difference.Key.EndsWith(name, StringComparison.Ordinal)));
    }

    private static bool IsEarly(string line) => Array.Exists(Early, start => line.AsSpan(4).StartsWith(start)) && !line.Contains("] (4MB)", StringComparison.Ordinal);

    /// <summary>The recorded kernels lay at different addresses, and the newer one had one word more on its command line.</summary>
    private static LinuxKernel Booted(string version)
    {
        PlatformReadResult read = PlatformReader.ReadFile(Path.Combine(RepositoryRoot.Find(), "platforms", "qemu-single.yaml"));
        KernelDescription kernel = read.Platform!.Kernel;
        kernel = version == "6.12" ? kernel with { CommandLine = kernel.CommandLine + "  initrd=initrd" } : kernel with
        {
            Version = new Version(7, 2),
            CommandLine = kernel.CommandLine + "  memhp_default_state=online_movable initrd=initrd",
            Image = new KernelImageDescription(Range(0x6ae0_0000, 0x6bf9_6e9f), Range(0x6c00_0000, 0x6ce0_bfff), Range(0x6d00_0000, 0x6d35_5fff), Range(0x6dd5_d000, 0x6e1f_ffff)),
        };
        SimulatedMachine machine = new(read.Platform with { Kernel = kernel });
        machine.RunBoot().Should().BeTrue();
        return machine.Kernel!;
    }

    private static AddressRange Range(ulong first, ulong last) => AddressRange.FromBounds(new Hpa(first), new Hpa(last));
}
