using System.Globalization;
using CxlSim.Kernel;
using CxlSim.Views;

namespace CxlSim.Fuse;

/// <summary>The files of /proc that tell of memory.</summary>
internal sealed class ProcTree(LinuxKernel kernel) : FlatTree
{
    private const int ReadOnly = 0x124; // 0444

    protected override IReadOnlyDictionary<string, TextFile> Files { get; } = new Dictionary<string, TextFile>
    {
        ["iomem"] = new(ReadOnly, () => IomemView.Render(kernel.Iomem)),
        ["cmdline"] = new(ReadOnly, () => kernel.CommandLine.Text + "\n"),
        ["meminfo"] = new(ReadOnly, () => Meminfo(kernel)),
    };

    private static string Meminfo(LinuxKernel kernel)
    {
        ulong kilobytes = kernel.Numa.OnlineNodes.Aggregate(0UL, (sum, node) => sum + (node.ManagedMemory.Bytes >> 10));
        return string.Create(CultureInfo.InvariantCulture, $"MemTotal:       {kilobytes,8} kB\nMemFree:        {kilobytes,8} kB\n");
    }
}
