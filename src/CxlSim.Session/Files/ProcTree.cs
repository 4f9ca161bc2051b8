using System.Globalization;
using CxlSim.Kernel;
using CxlSim.Views;

namespace CxlSim.Session;

/// <summary>The files of /proc that tell of memory, modules, time and the command line.</summary>
internal sealed class ProcTree(LinuxKernel kernel) : FlatTree
{
    private const int ReadOnly = 0x124; // 0444

    protected override IReadOnlyDictionary<string, TextFile> Files { get; } = new Dictionary<string, TextFile>
    {
        ["iomem"] = new(ReadOnly, () => IomemView.Render(kernel.Iomem)),
        ["cmdline"] = new(ReadOnly, () => kernel.CommandLine.Text + "\n"),
        ["meminfo"] = new(ReadOnly, () => MeminfoView.Render(kernel)),
        ["zoneinfo"] = new(ReadOnly, () => ZoneinfoView.Render(kernel)),
        ["buddyinfo"] = new(ReadOnly, () => BuddyinfoView.Render(kernel)),
        ["modules"] = new(ReadOnly, () => ModulesView.Render(kernel.Modules)),
        ["uptime"] = new(ReadOnly, () => Uptime(kernel)),
    };

    private static string Uptime(LinuxKernel kernel)
    {
        string seconds = (kernel.Log.Clock.Picoseconds / 1e12).ToString("f2", CultureInfo.InvariantCulture);
        return $"{seconds} {seconds}\n";
    }
}
