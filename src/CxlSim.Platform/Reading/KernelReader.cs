using CxlSim.Core;
using CxlSim.Platform.Language;
using CxlSim.Platform.Yaml;

namespace CxlSim.Platform.Reading;

/// <summary>Reads <c>kernel:</c>.</summary>
internal static class KernelReader
{
    /// <summary>All that CXL memory needs to become System RAM; the root first, since the other drivers wait for its ports.</summary>
    internal static readonly string[] DefaultModules = ["cxl_acpi", "cxl_pci", "cxl_mem", "cxl_port", "cxl_pmem", "dax_cxl", "device_dax", "kmem", "dax_hmem"];

    /// <summary>The key of the kernel's command line.</summary>
    internal const string CommandLineKey = "command_line";

    /// <summary>The kernel of the recordings, and the oldest that is modelled.</summary>
    private static readonly Version DefaultVersion = new(6, 12);

    /// <summary>The newest of which anything is known.</summary>
    private static readonly Version NewestVersion = new(7, 3);

    private static readonly KeySet ImageKeys = new("a kernel image",
    [
        Key.Required("code", Shapes.Range, "Kernel code."),
        Key.Required("rodata", Shapes.Range, "Kernel rodata."),
        Key.Required("data", Shapes.Range, "Kernel data."),
        Key.Required("bss", Shapes.Range, "Kernel bss."),
    ]);

    public static readonly KeySet Keys = new("the kernel",
    [
        new("version", Shapes.Version, $"From {DefaultVersion} to {NewestVersion}. Left out: {DefaultVersion}, the kernel of the recordings."),
        new(CommandLineKey, Shapes.Text, "As the boot loader gives it."),
        new("config", Shapes.Map("build option", Shapes.Text), "Build options that differ from a distribution's, without CONFIG_."),
        new("modules", Shapes.List(Shapes.Name), $"Modules in the order in which they are loaded. Left out: {string.Join(", ", DefaultModules)}."),
        new("hypervisor", Shapes.Flag, "Whether the CPU says that a hypervisor runs it; Linux then chooses smaller memory blocks on large machines, and commits no region, since it could not invalidate caches, but with CXL_REGION_INVALIDATION_TEST: y. Left out: false."),
        new("physical_bits", Shapes.Number(KernelDescription.LeastPhysicalBits, KernelDescription.MostPhysicalBits), "How many bits of physical address the CPU has, as `address sizes` of /proc/cpuinfo says: /proc/iomem ends there, and memory above cannot be used. Left out: 52."),
        new("la57", Shapes.Flag, "Whether the CPU has page tables of five levels, as the flag of this name in /proc/cpuinfo says: memory ends at 4 PiB then, else at 64 TiB. Left out: false."),
        new("cxl_test", Shapes.Flag, "Whether there is the module cxl_test with its mock devices, at the top of the 46-bit address space: ndctl's own tests run on them. Left out: false."),
        new("image", Shapes.Mapping(() => ImageKeys), "Where the boot loader put the kernel; left out, iomem shows no lines of it."),
    ]);

    public static KernelDescription Read(ReadContext context, YamlNode? node)
    {
        MappingReader? reader = node is null ? null : MappingReader.Open(context, node, Keys);
        KernelDescription kernel = new()
        {
            Version = reader?.Text("version", WordParser.Version) ?? DefaultVersion,
            CommandLine = reader?.Text(CommandLineKey) ?? "",
            Config = reader?.Node("config") is { } config ? ReadConfig(context, config) : new SortedDictionary<string, string>(StringComparer.Ordinal),
            Modules = reader?.Values("modules", WordParser.Name) ?? DefaultModules,
            HasHypervisor = reader?.Flag("hypervisor") ?? false,
            PhysicalBits = reader?.Number<byte>("physical_bits") ?? KernelDescription.MostPhysicalBits,
            HasLa57 = reader?.Flag("la57") ?? false,
            HasCxlTest = reader?.Flag("cxl_test") ?? false,
            Image = reader?.Node("image") is { } image ? ReadImage(context, image) : null,
        };
        if (kernel.Version < DefaultVersion || new Version(kernel.Version.Major, kernel.Version.Minor) > NewestVersion)
        {
            string taken = kernel.Version < DefaultVersion ? "older ones had less of CXL and did it otherwise" : "what came later is not known";
            context.Warning(Cxp.KernelUnknown, reader!.Node("version")!.Location, $"found Linux {kernel.Version}; expected {DefaultVersion} to {NewestVersion}, which are modelled: {taken}");
        }

        return reader is null ? kernel : context.Register(kernel, reader.Mapping);
    }

    private static SortedDictionary<string, string> ReadConfig(ReadContext context, YamlNode node)
    {
        SortedDictionary<string, string> config = new(StringComparer.Ordinal);
        if (node is not YamlMapping mapping)
        {
            context.Error(Cxp.WrongKind, node.Location, $"found {node.Kind}; expected a mapping from build options to values for 'config'");
            return config;
        }

        foreach ((YamlScalar option, YamlNode value) in mapping.Entries)
        {
            if (!WordParser.IsBuildOption(option.Text))
            {
                string message = $"found '{Quote.Of(option.Text)}'; expected a build option such as EFI_SOFT_RESERVE, without CONFIG_";
                context.Error(Cxp.Malformed, option.Location, message);
            }
            else if (value is not YamlScalar { IsNull: false } scalar)
            {
                context.Error(Cxp.WrongKind, value.Location, $"found {value.Kind}; expected y, n or a value for '{option.Text}'");
            }
            else
            {
                config.Add(option.Text, scalar.Text);
            }
        }

        return config;
    }

    private static KernelImageDescription? ReadImage(ReadContext context, YamlNode node)
    {
        if (MappingReader.Open(context, node, ImageKeys) is not { } reader)
        {
            return null;
        }

        AddressRange? code = reader.Range("code");
        AddressRange? rodata = reader.Range("rodata");
        AddressRange? data = reader.Range("data");
        AddressRange? bss = reader.Range("bss");
        return code is { } c && rodata is { } r && data is { } d && bss is { } b ? new KernelImageDescription(c, r, d, b) : null;
    }
}
