using System.Text.RegularExpressions;
using CxlSim.Platform;

namespace CxlSim.Session;

/// <summary>Makes the kernel of what the running one said of itself.</summary>
internal static partial class KernelAssembler
{
    private const int MostCommandLine = 4096;

    public static KernelDescription Kernel(ImportSources sources, KernelDescription usual)
    {
        Version? version = Version(sources);
        if (version is null)
        {
            sources.Findings.NotLearnt($"the kernel's version is not in the capture; {usual.Version} is written");
        }

        string? commandLine = sources.Capture.First(CaptureKind.CommandLine)?.Text.Trim() ?? sources.Log.CommandLine?.Trim();
        if (commandLine is null)
        {
            sources.Findings.NotLearnt("the kernel's command line is not in the capture; an empty one is written");
        }

        return new KernelDescription
        {
            Version = version ?? usual.Version,
            CommandLine = commandLine is { Length: > MostCommandLine } ? commandLine[..MostCommandLine] : commandLine ?? "",
            Config = usual.Config,
            Modules = Modules(sources, usual.Modules),
            Image = Image(sources.Iomem),
            PhysicalBits = PhysicalBits(sources) ?? usual.PhysicalBits,
            HasLa57 = HasFlag(sources, "la57"),
            HasHypervisor = HasFlag(sources, "hypervisor"),
        };
    }

    /// <summary>Null where nothing is known of the processors, or what is said cannot be.</summary>
    private static byte? PhysicalBits(ImportSources sources) =>
        AddressSizes().Match(sources.Capture.First(CaptureKind.Processors)?.Text ?? string.Empty) is { Success: true } match
        && byte.TryParse(match.Groups["bits"].Value, out byte bits) && bits is >= KernelDescription.LeastPhysicalBits and <= KernelDescription.MostPhysicalBits
            ? bits
            : null;

    private static bool HasFlag(ImportSources sources, string flag) =>
        ProcessorFlags().Match(sources.Capture.First(CaptureKind.Processors)?.Text ?? string.Empty).Groups["flags"].Value.Split(' ').Contains(flag);

    private static Version? Version(ImportSources sources)
    {
        string text = sources.Capture.First(CaptureKind.KernelVersion)?.Text ?? sources.Log.KernelVersion ?? "";
        return VersionNumber().Match(text) is { Success: true } match && System.Version.TryParse(match.Value, out Version? version) ? version : null;
    }

    /// <summary>What a distribution builds as a module and the listing lacks was not loaded; where it lacks all of them, they are built in.</summary>
    private static IReadOnlyList<string> Modules(ImportSources sources, IReadOnlyList<string> usual)
    {
        if (sources.Capture.First(CaptureKind.Modules) is not { } file)
        {
            return usual;
        }

        HashSet<string> loaded = [.. file.Lines().Select(line => line.Text.Split(' ')[0])];
        if (!loaded.Contains("cxl_acpi") && !loaded.Contains("cxl_pci"))
        {
            return usual;
        }

        // Distributions build the port driver into the kernel, where no listing shows it.
        string[] missing = [.. usual.Where(module => module != "cxl_port" && !loaded.Contains(module))];
        foreach (string module in missing)
        {
            sources.Findings.Warn(Cxi.NotLearnt, file.Line(1), $"{module} is not listed among the modules; it is taken for not loaded, though it may be built in");
        }

        return [.. usual.Except(missing)];
    }

    private static KernelImageDescription? Image(IomemFacts? iomem) =>
        iomem?.Find("Kernel code") is { } code && iomem.Find("Kernel rodata") is { } rodata && iomem.Find("Kernel data") is { } data && iomem.Find("Kernel bss") is { } bss
        && new[] { code, rodata, data, bss }.All(range => range.Last.Value < 1UL << 52)
            ? new KernelImageDescription(code, rodata, data, bss)
            : null;

    [GeneratedRegex(@"^address sizes\s*: (?<bits>\d{1,3}) bits physical", RegexOptions.Multiline)]
    private static partial Regex AddressSizes();

    [GeneratedRegex(@"^flags\s*: (?<flags>.*)$", RegexOptions.Multiline)]
    private static partial Regex ProcessorFlags();

    [GeneratedRegex(@"\b[0-9]{1,3}\.[0-9]{1,4}(?:\.[0-9]{1,4})?\b")]
    private static partial Regex VersionNumber();
}
