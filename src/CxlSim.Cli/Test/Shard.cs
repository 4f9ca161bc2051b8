using System.Globalization;

namespace CxlSim.Cli;

/// <summary>A part of all cases: every N-th, beginning with the I-th.</summary>
/// <param name="Index">From 1.</param>
/// <param name="Count">At least 1.</param>
internal sealed record Shard(int Index, int Count)
{
    public static readonly Shard All = new(1, 1);

    /// <summary>Whether a case belongs to it, by its place among all.</summary>
    public bool Has(int number) => number % Count == Index - 1;

    /// <summary><c>I/N</c>. Null where the text is none.</summary>
    public static Shard? Parse(string text) => text.Split('/') is [var index, var count] ? Of(index, count, 0) : null;

    /// <summary>What the engine that runs many of us at once says: an array job of Slurm, an indexed Job of Kubernetes (with JOB_COMPLETIONS, which its manifest has to set). All where none does.</summary>
    /// <param name="variable">Reads an environment variable.</param>
    /// <param name="error">What is wrong with what it says; empty where nothing is.</param>
    public static Shard OfEnvironment(Func<string, string?> variable, out string error)
    {
        error = string.Empty;
        (string index, string count, string least) = ("SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_COUNT", "SLURM_ARRAY_TASK_MIN");
        if (string.IsNullOrEmpty(variable(index)))
        {
            (index, count, least) = ("JOB_COMPLETION_INDEX", "JOB_COMPLETIONS", string.Empty);
        }

        if (string.IsNullOrEmpty(variable(index)))
        {
            return All;
        }

        string first = least.Length > 0 ? variable(least) ?? "0" : "0";
        if (int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out int lowest) && Of(variable(index)!, variable(count) ?? string.Empty, lowest - 1) is { } shard)
        {
            return shard;
        }

        error = $"found {index}={variable(index)} with {count}={variable(count)}; expected numbers, the index below the count, or --shard I/N";
        return All;
    }

    /// <param name="index">As it stands there.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="below">What stands before the first.</param>
    private static Shard? Of(string index, string count, int below) =>
        int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out int all)
        && number - below >= 1 && number - below <= all
            ? new Shard(number - below, all)
            : null;
}
