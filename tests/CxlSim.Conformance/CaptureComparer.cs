namespace CxlSim.Conformance;

/// <summary>Compares a recorded state with one of ours, fact by fact.</summary>
public static class CaptureComparer
{
    public static ConformanceReport Compare(Capture truth, Capture ours)
    {
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> recorded = FactReaders.ReadAll(truth);
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> produced = FactReaders.ReadAll(ours);
        return new ConformanceReport(
            [.. recorded.Select(file => FactComparison.Of(file.Key, file.Value, produced.GetValueOrDefault(file.Key)))],
            [.. produced.Where(file => !recorded.ContainsKey(file.Key) && file.Value.Count > 0)
                .Select(file => FactComparison.Of(file.Key, new Dictionary<string, string>(), file.Value))]);
    }
}
