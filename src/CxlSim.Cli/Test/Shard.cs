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
    public static Shard? Parse(string text) => text.Split('/') is [var index, var count] && Number(index) is { } number ? Of(number, Number(count)) : null;

    /// <summary>What the engine that runs many of us at once says: an array job of Slurm, an indexed Job of Kubernetes (with JOB_COMPLETIONS, which its manifest has to set). All where none does.</summary>
    /// <param name="variable">Reads an environment variable.</param>
    /// <param name="error">What is wrong with what it says; empty where nothing is.</param>
    public static Shard OfEnvironment(Func<string, string?> variable, out string error)
    {
        error = string.Empty;
        (string index, string count, string? least, string? step) = ("SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_COUNT", "SLURM_ARRAY_TASK_MIN", "SLURM_ARRAY_TASK_STEP");
        if (string.IsNullOrEmpty(variable(index)))
        {
            (index, count, least, step) = ("JOB_COMPLETION_INDEX", "JOB_COMPLETIONS", null, null);
        }

        if (string.IsNullOrEmpty(variable(index)))
        {
            return All;
        }

        if (Number(Said(least) ?? "0") is { } lowest && Number(Said(step) ?? "1") is > 0 and var stride && Number(variable(index)!) is { } number && (number - lowest) % stride == 0
            && Of(((number - lowest) / stride) + 1, Number(variable(count) ?? string.Empty)) is { } shard)
        {
            return shard;
        }

        error = $"found {index}={variable(index)} with {count}={variable(count)}; expected numbers, the index below the count, or --shard I/N";
        return All;

        string? Said(string? name) => name is null ? null : variable(name);
    }

    private static Shard? Of(int index, int? count) => index >= 1 && index <= count ? new Shard(index, count.Value) : null;

    /// <summary>Digits and nothing else; null for other texts.</summary>
    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
