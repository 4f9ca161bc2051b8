namespace CxlSim.Views;

/// <summary>One thing that two machines do not have in common.</summary>
/// <param name="What">What it is of.</param>
/// <param name="Old">What the first machine has; null where it has nothing.</param>
/// <param name="New">What the second machine has; null where it has nothing.</param>
public sealed record DiffEntry(string What, string? Old, string? New)
{
    /// <summary>In one word: gone, new or changed.</summary>
    public string Change => Old is null ? "new" : New is null ? "gone" : "changed";
}
