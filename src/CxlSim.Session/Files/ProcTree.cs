using System.Globalization;
using CxlSim.Kernel;
using CxlSim.Views;

namespace CxlSim.Session;

/// <summary>The files of /proc that tell of memory, modules, time and the command line.</summary>
internal sealed class ProcTree(MachineSession session) : FlatTree
{
    private const int ReadOnly = 0x124; // 0444

    protected override IReadOnlyDictionary<string, TextFile> Files { get; } = new Dictionary<string, TextFile>
    {
        ["iomem"] = new(ReadOnly, () => IomemView.Render(session.Kernel.Iomem)),
        ["cmdline"] = new(ReadOnly, () => session.Kernel.CommandLine.Text + "\n"),
        ["meminfo"] = new(ReadOnly, () => MeminfoView.Render(session.Kernel)),
        ["zoneinfo"] = new(ReadOnly, () => ZoneinfoView.Render(session.Kernel)),
        ["buddyinfo"] = new(ReadOnly, () => BuddyinfoView.Render(session.Kernel)),
        ["vmstat"] = new(ReadOnly, () => VmstatView.Render(session.Kernel)),
        ["kallsyms"] = new(ReadOnly, () => string.Empty), // there are no symbols, and the host's are nobody's business
        ["modules"] = new(ReadOnly, () => ModulesView.Render(session.Kernel.Modules)),
        ["uptime"] = new(ReadOnly, () => Uptime(session.Kernel)),
    };

    private static string Uptime(LinuxKernel kernel)
    {
        string seconds = (kernel.Log.Clock.Picoseconds / 1e12).ToString("f2", CultureInfo.InvariantCulture);
        return $"{seconds} {seconds}\n";
    }
}
