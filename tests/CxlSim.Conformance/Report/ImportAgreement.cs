using System.Text.RegularExpressions;

namespace CxlSim.Conformance;

/// <summary>How far an imported machine agrees with the one it was captured of, by what one asks first: windows, ports, devices, nodes, distances, iomem.</summary>
public sealed partial class ImportAgreement
{
    private const string Root = "/root0/decoder";

    public static readonly IReadOnlyList<string> Questions = ["windows", "ports", "devices", "nodes", "distances", "iomem"];

    private ImportAgreement(IReadOnlyList<FactComparison> answers) => Answers = answers;

    /// <summary>One for each of <see cref="Questions"/>; without facts where the recording has none.</summary>
    public IReadOnlyList<FactComparison> Answers { get; }

    public FactTally Total => Answers.Aggregate(default(FactTally), (sum, answer) => sum + answer.Tally);

    public FactTally this[string question] => Answers.Single(answer => answer.File == question).Tally;

    public static ImportAgreement Of(Capture truth, Capture ours)
    {
        Dictionary<string, Dictionary<string, string>> recorded = Sort(truth);
        Dictionary<string, Dictionary<string, string>> found = Sort(ours);
        return new ImportAgreement([.. Questions.Select(question =>
            FactComparison.Of(question, recorded[question], recorded[question].Count == 0 ? new Dictionary<string, string>() : found[question]))]);
    }

    private static Dictionary<string, Dictionary<string, string>> Sort(Capture capture)
    {
        Dictionary<string, Dictionary<string, string>> sorted = Questions.ToDictionary(question => question, _ => new Dictionary<string, string>());
        foreach ((string file, IReadOnlyDictionary<string, string> facts) in FactReaders.ReadAll(capture))
        {
            foreach ((string key, string value) in facts)
            {
                if (QuestionOf(file, key) is { } question)
                {
                    sorted[question][NvdimmName().Replace($"{file}: {key}", "pmem")] = NvdimmName().Replace(value, "pmem");
                }
            }
        }

        return sorted;
    }

    private static string? QuestionOf(string file, string key) => file switch
    {
        "cxl-attrs.txt" or "cxl-devices.txt" or "cxl-drivers.txt" => OfObject(key),
        "nodes.txt" => key.EndsWith("/distance", StringComparison.Ordinal) ? "distances" : "nodes",
        "iomem.txt (whole)" => key.Contains(" > ", StringComparison.Ordinal) ? null : "iomem",
        _ => null,
    };

    /// <summary>An nvdimm bears the number of its memory device, which depends on probe order.</summary>
    [GeneratedRegex(@"\bpmem\d+\b")]
    private static partial Regex NvdimmName();

    private static string OfObject(string key) =>
        key.Contains(Root, StringComparison.Ordinal) || key.StartsWith("decoderroot.", StringComparison.Ordinal) || key.StartsWith("region", StringComparison.Ordinal) ? "windows"
        : key.Contains("mem<", StringComparison.Ordinal) || key.Contains("endpoint<", StringComparison.Ordinal) || key.Contains("decoder<0x", StringComparison.Ordinal) ? "devices"
        : "ports";
}
