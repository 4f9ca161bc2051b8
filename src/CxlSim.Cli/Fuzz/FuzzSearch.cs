using System.Diagnostics;
using System.Globalization;
using CxlSim.Platform;
using CxlSim.Session;

namespace CxlSim.Cli;

/// <summary>Runs case after case until one fails, the number is reached or the time is over.</summary>
internal sealed class FuzzSearch(ulong seed, int? cases, TimeSpan? time, string directory)
{
    private const int CasesByDefault = 1000;

    /// <summary>What making a case small may cost.</summary>
    private static readonly TimeSpan ShrinkTime = TimeSpan.FromMinutes(2);

    private readonly long _started = Stopwatch.GetTimestamp();

    public int Run()
    {
        int done = 0;
        int refused = 0;
        ulong next = seed;
        using StepProgress progress = new();
        while (time is { } limit ? Stopwatch.GetElapsedTime(_started) < limit : done + refused < (cases ?? CasesByDefault))
        {
            progress.Step(string.Create(CultureInfo.InvariantCulture, $"seed {next}: {done} cases, nothing found"));
            FuzzCase? found = FuzzCase.Of(next);
            if (found?.Failure is not null)
            {
                progress.Step($"seed {next} fails, and is made small");
                return Report(found, next, progress);
            }

            done += found is null ? 0 : 1;
            refused += found is null ? 1 : 0;
            next = unchecked(next + 1);
        }

        progress.Clear();
        string not = refused > 0 ? $", {refused} platforms made no sense" : string.Empty;
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"cxlsim: {done} cases from seed {seed} on: nothing found{not}"));
        return ExitCode.Success;
    }

    private int Report(FuzzCase found, ulong number, StepProgress progress)
    {
        long started = Stopwatch.GetTimestamp();
        (FuzzNode file, FuzzFailure failure) = FuzzShrinker.Shrink(found, () => Stopwatch.GetElapsedTime(started) < ShrinkTime);
        progress.Clear();
        string path = Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"fuzz-{number}-{failure.Invariant}.yaml"));
        string text = FuzzText.Of(file, failure);
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"cxlsim: seed {number}: {failure}"));
        Console.Out.Write(text);
        try
        {
            Directory.CreateDirectory(directory);
            WholeFile.Write(path, text);
        }
        catch (Exception error) when (FileFault.Is(error))
        {
            Console.Error.WriteLine($"cxlsim: {path} is not written: {error.Message}");
            return ExitCode.BadInput;
        }

        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"cxlsim: {path} is written, {file.Size} of {found.File.Size} words; see it again: cxlsim fuzz '{path}'"));
        return ExitCode.NotAsExpected;
    }
}
