using System.Globalization;

namespace CxlSim.Kernel;

/// <summary>The kernel that was built: its version and its options.</summary>
/// <remarks>Defaults are those of Debian's 6.12, the kernel of the recordings.</remarks>
public sealed class KernelConfig(Version version, IReadOnlyDictionary<string, string> options)
{
    private static readonly Dictionary<string, string> Debian = new()
    {
        ["EFI_SOFT_RESERVE"] = "y",
        ["MEMORY_HOTPLUG_DEFAULT_ONLINE"] = "y",
        ["CXL_REGION_INVALIDATION_TEST"] = "n",
        ["DEV_DAX_KMEM"] = "y",
        ["DEV_DAX_CXL"] = "y",
        ["DEV_DAX_HMEM"] = "y",
        ["CXL_REGION"] = "y",
    };

    public Version Version => version;

    /// <summary>Whether this version has a change.</summary>
    public bool Has(KernelChange change) => version >= KernelChanges.Since(change);

    public bool IsEnabled(string option) => Text(option) is "y" or "m";

    public string Text(string option) => options.GetValueOrDefault(option) ?? Debian.GetValueOrDefault(option, "n");

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{version.Major}.{version.Minor}");
}
