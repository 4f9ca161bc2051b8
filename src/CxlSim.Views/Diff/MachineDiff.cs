namespace CxlSim.Views;

/// <summary>Compares what can be said of two machines.</summary>
public static class MachineDiff
{
    public static DiffResult Of(MachineSnapshot first, MachineSnapshot second)
    {
        Func<string, string> rename = NameMatch.Renaming(first.Names, second.Names);
        List<DiffGroup> groups = [];
        foreach ((DiffSection old, DiffSection now) in first.Sections.Zip(second.Sections))
        {
            DiffSection renamed = now with { Facts = [.. now.Facts.Select(fact => new DiffFact(rename(fact.What), rename(fact.Value)))] };
            IReadOnlyList<DiffEntry> entries = old.IsText ? LineDiff.Of([.. old.Facts.Select(fact => fact.What)], [.. renamed.Facts.Select(fact => fact.What)]) : Compare(old, renamed);
            if (entries.Count > 0)
            {
                groups.Add(new DiffGroup(old.Name, entries));
            }
        }

        return new DiffResult(first.Title, second.Title, groups);
    }

    /// <summary>In the order of the first machine; what only the second one has stands behind that.</summary>
    private static IReadOnlyList<DiffEntry> Compare(DiffSection old, DiffSection now)
    {
        Dictionary<string, string> values = now.Facts.ToDictionary(fact => fact.What, fact => fact.Value);
        HashSet<string> known = [.. old.Facts.Select(fact => fact.What)];
        IEnumerable<DiffEntry> entries = old.Facts.Where(fact => values.GetValueOrDefault(fact.What) != fact.Value)
            .Select(fact => new DiffEntry(fact.What, fact.Value, values.GetValueOrDefault(fact.What)))
            .Concat(now.Facts.Where(fact => !known.Contains(fact.What)).Select(fact => new DiffEntry(fact.What, null, fact.Value)));
        return old.Name switch
        {
            MachineSnapshot.Blocks => BlockRuns.Join([.. entries]),
            MachineSnapshot.Objects => [.. ObjectFacts.Reduce([.. entries])],
            _ => [.. entries],
        };
    }
}
