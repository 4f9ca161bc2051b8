namespace CxlSim.Kernel;

/// <summary>/sys/module/NAME/parameters of the modules that matter here.</summary>
public sealed class ModuleParameters(string module, IReadOnlyDictionary<string, string> values) : KObject(module)
{
    private readonly AttributeGroup _parameters =
        new("parameters", [.. values.Select(pair => Attr<ModuleParameters>.ReadOnly(pair.Key, _ => pair.Value))]);

    public override IReadOnlyList<AttributeGroup> Groups => [_parameters];

    /// <summary>As the kernel was booted: defaults of 6.12, and what the command line says.</summary>
    public static IEnumerable<ModuleParameters> Of(CommandLine line)
    {
        yield return new ModuleParameters("memory_hotplug", new Dictionary<string, string>
        {
            ["auto_movable_numa_aware"] = line.Value("memory_hotplug.auto_movable_numa_aware") ?? "Y",
            ["auto_movable_ratio"] = line.Value("memory_hotplug.auto_movable_ratio") ?? "301",
            ["memmap_on_memory"] = line.Value("memory_hotplug.memmap_on_memory") ?? "N",
            ["online_policy"] = line.Value("memory_hotplug.online_policy") ?? "contig-zones",
        });
        yield return new ModuleParameters("dax_hmem", new Dictionary<string, string> { ["region_idle"] = line.Value("dax_hmem.region_idle") ?? "N" });
        yield return new ModuleParameters("cxl_core", new Dictionary<string, string> { ["media_ready_timeout"] = line.Value("cxl_core.media_ready_timeout") ?? "60" });
        yield return new ModuleParameters("cxl_pci", new Dictionary<string, string> { ["mbox_ready_timeout"] = line.Value("cxl_pci.mbox_ready_timeout") ?? "60" });
    }
}
