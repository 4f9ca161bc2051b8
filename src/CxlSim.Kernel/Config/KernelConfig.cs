using System.Globalization;

namespace CxlSim.Kernel;

/// <summary>The kernel that was built: its version and its options.</summary>
/// <remarks>Defaults are those of Debian's kernels: 6.12, the kernel of the recordings, and 7.2 where its recording shows something else.</remarks>
public sealed class KernelConfig(Version version, IReadOnlyDictionary<string, string> options)
{
    /// <summary>Stands for a build of <c>tools/testing/cxl</c>, which the kernel's own configuration knows nothing of.</summary>
    public const string CxlTest = "CXL_TEST";

    /// <summary>MAX_NUMNODES with NODES_SHIFT 10, as Debian builds for x86-64; MAX_PXM_DOMAINS is the same then.</summary>
    public const int MaxNodes = 1024;

    private static readonly Dictionary<string, string> Debian = new()
    {
        ["EFI_SOFT_RESERVE"] = "y",
        ["MEMORY_HOTPLUG_DEFAULT_ONLINE"] = "y",
        ["MHP_DEFAULT_ONLINE_TYPE_ONLINE_AUTO"] = "y",
        ["CXL_REGION_INVALIDATION_TEST"] = "n",
        ["DEV_DAX_KMEM"] = "y",
        ["DEV_DAX_CXL"] = "y",
        ["DEV_DAX_HMEM"] = "y",
        ["MEMORY_HOTREMOVE"] = "y",
        ["CXL_REGION"] = "y",
        ["CXL_ACPI"] = "m",
        ["ACPI_HMAT"] = "y",
        ["NUMA_EMU"] = "y",
        ["X86_5LEVEL"] = "y",
    };

    /// <summary>What Debian has switched on since then.</summary>
    private static readonly Dictionary<string, Version> Later = new()
    {
        ["CMA"] = new(7, 2), // its meminfo has CmaTotal
        ["DEV_DAX_FSDEV"] = new(7, 2),
    };

    public Version Version => version;

    /// <summary>Whether this version has a change.</summary>
    public bool Has(KernelChange change) => version >= KernelChanges.Since(change);

    public bool IsEnabled(string option) => Text(option) is "y" or "m";

    /// <summary>Whether somebody asked for a value of the option.</summary>
    public bool IsSaid(string option) => options.ContainsKey(option);

    public string Text(string option) => options.GetValueOrDefault(option) ?? Default(option);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{version.Major}.{version.Minor}");

    private string Default(string option) =>
        Later.TryGetValue(option, out Version? since) && version >= since ? "y" : Debian.GetValueOrDefault(option, "n");
}
