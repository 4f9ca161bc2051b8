namespace CxlSim.Conformance;

/// <summary>The facts of one file, recorded and ours, compared. A file that ours lacks altogether is not modelled: all its facts are missing.</summary>
public sealed record FactComparison(string File, bool Modelled, FactTally Tally, IReadOnlyList<FactDifference> Differences)
{
    public static FactComparison Of(string file, IReadOnlyDictionary<string, string> truth, IReadOnlyDictionary<string, string>? ours)
    {
        IReadOnlyDictionary<string, string> produced = ours ?? new Dictionary<string, string>();
        List<FactDifference> differences = [];
        foreach ((string key, string value) in truth)
        {
            if (!produced.TryGetValue(key, out string? found))
            {
                differences.Add(new(DifferenceKind.Missing, key, value, null));
            }
            else if (found != value)
            {
                differences.Add(new(DifferenceKind.Differs, key, value, found));
            }
        }

        int agree = truth.Count - differences.Count;
        differences.AddRange(produced.Where(fact => !truth.ContainsKey(fact.Key))
            .Select(fact => new FactDifference(DifferenceKind.Extra, fact.Key, null, fact.Value)));
        return new FactComparison(file, ours is not null, Count(agree, differences), differences);
    }

    private static FactTally Count(int agree, List<FactDifference> differences)
    {
        int Of(DifferenceKind kind) => differences.Count(difference => difference.Kind == kind);
        return new FactTally(agree, Of(DifferenceKind.Differs), Of(DifferenceKind.Missing), Of(DifferenceKind.Extra));
    }
}
