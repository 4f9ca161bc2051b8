namespace CxlSim.Conformance;

/// <summary>Which reader reads which file. Files without a reader (counters of free memory, error texts) hold no facts.</summary>
public static class FactReaders
{
    /// <summary>What a fact says whose key is all there is to say.</summary>
    internal const string Present = "present";

    private const string Iomem = "iomem.txt";

    private static readonly AttributeReader Attributes = new();
    private static readonly JsonReader Json = new();
    private static readonly LineReader Lines = new();
    private static readonly BlockReader Blocks = new();
    private static readonly NodeReader Nodes = new();
    private static readonly ZoneReader Zones = new();
    private static readonly NumactlReader Numactl = new();
    private static readonly IomemReader CxlIomem = new(IomemScope.Cxl);
    private static readonly IomemReader WholeIomem = new(IomemScope.Whole);

    /// <summary>The facts of every readable file, and of iomem.txt a second time with the lines that are not CXL's.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> ReadAll(Capture capture)
    {
        StableNames names = StableNames.Of(capture);
        SortedDictionary<string, IReadOnlyDictionary<string, string>> facts = new(StringComparer.Ordinal);
        foreach ((string file, string text) in capture.Files)
        {
            if (For(file) is { } reader)
            {
                facts[file] = reader.Read(text, names);
            }
        }

        if (capture.Files.TryGetValue(Iomem, out string? iomem))
        {
            facts[$"{Iomem} (whole)"] = WholeIomem.Read(iomem, names);
        }

        return facts;
    }

    private static IFactReader? For(string file) => file switch
    {
        "memory-tiers.txt" or "module-params.txt" => Attributes,
        "memory-blocks.txt" => Blocks,
        "nodes.txt" => Nodes,
        "zoneinfo.txt" => Zones,
        "numactl-H.txt" => Numactl,
        Iomem => CxlIomem,
        "decoders.txt" or "committed.txt" or "lsmem.txt" or "cxl-drivers.txt" or "dax-drivers.txt" or "cxl-devices.txt" => Lines,
        _ when file.EndsWith("-attrs.txt", StringComparison.Ordinal) => Attributes,
        _ when file.EndsWith(".json", StringComparison.Ordinal) => Json,
        _ => null,
    };
}
