using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Platform;

namespace CxlSim.Session;

/// <summary>A platform and steps by chance, as a scenario file.</summary>
public sealed class FuzzCase
{
    private const string FileName = "case.yaml";
    private const int MostSteps = 40;

    /// <summary>Of how many cases one is run twice.</summary>
    private const int TwiceOf = 8;

    private FuzzCase(FuzzNode file, FuzzFailure? failure) => (File, Failure) = (file, failure);

    /// <summary>The scenario.</summary>
    public FuzzNode File { get; }

    /// <summary>What did not hold; null where all did.</summary>
    public FuzzFailure? Failure { get; }

    /// <summary>Makes the case of a seed and runs it. Null for a platform that its reader refuses.</summary>
    public static FuzzCase? Of(ulong seed)
    {
        SimRandom random = new(seed);
        FuzzNode file = FuzzNode.Map(
            ("name", $"fuzz-{seed}"),
            ("platform", new FuzzPlatform(random).Make()),
            ("seed", random.Once(3) ? FuzzNode.Number(random.Between(1, 1000)) : "0"));
        if (Read(file) is not { } scenario)
        {
            return null;
        }

        FuzzRun run = new(scenario);
        FuzzFailure? failure = run.Boot();
        List<FuzzNode> steps = [];
        FuzzSteps chance = new(random, run.Machine);
        for (int left = random.Between(0, MostSteps); left > 0 && failure is null && run.Machine.Machine.Phase == Machine.Phase.Running; left--)
        {
            if (chance.Next() is { } step && PlatformReader.ReadStep(step.ToString()[1..^1], FileName).Step is { } described)
            {
                steps.Add(step);
                failure = run.Do(described);
            }
        }

        file = file.With("steps", FuzzNode.List(steps));
        if (failure is null && random.Once(TwiceOf))
        {
            failure = Again(file, run.Trace, steps.Count);
        }

        return new FuzzCase(file, failure);
    }

    /// <summary>Runs a file that is a case. Null for what its reader refuses.</summary>
    /// <param name="file">The file.</param>
    /// <param name="isTwice">Whether it is to run once more where nothing fails, for its trace.</param>
    internal static FuzzCase? Of(FuzzNode file, bool isTwice = false) => Read(file) is { } scenario ? new FuzzCase(file, FailureOf(scenario, isTwice)) : null;

    /// <summary>What does not hold when a scenario is run; null where all does.</summary>
    /// <param name="scenario">What to run.</param>
    /// <param name="isTwice">Whether it is to run once more where nothing fails, for its trace.</param>
    public static FuzzFailure? FailureOf(ScenarioCase scenario, bool isTwice = true)
    {
        FuzzRun first = new(scenario);
        FuzzFailure? failure = first.Run();
        if (failure is not null || !isTwice)
        {
            return failure;
        }

        FuzzRun second = new(scenario);
        return second.Run() ?? Compare(first.Trace, second.Trace, scenario.Platform.Steps.Count);
    }

    /// <summary>The file with the error that each step ends with, for who runs it as a scenario.</summary>
    internal FuzzNode Annotated()
    {
        if (Read(File) is not { } scenario || File["steps"] is not { } steps)
        {
            return File;
        }

        FuzzRun run = new(scenario);
        run.Run();
        Errno[] errors = [.. run.Outcomes.Select(outcome => outcome.Error)];
        return File.With("steps", FuzzNode.List(steps.Items.Select((step, index) => index < errors.Length && errors[index] != Errno.Ok ? step.With("expect", errors[index].ToString()) : step)));
    }

    private static FuzzFailure? Again(FuzzNode file, ulong trace, int steps)
    {
        if (Read(file) is not { } scenario)
        {
            return null;
        }

        FuzzRun second = new(scenario);
        return second.Run() ?? Compare(trace, second.Trace, steps);
    }

    private static FuzzFailure? Compare(ulong first, ulong second, int steps) =>
        first == second ? null : new FuzzFailure(FuzzInvariants.SameTrace.Name, $"two runs have traces of 0x{first:x16} and 0x{second:x16}", steps);

    internal static ScenarioCase? Read(FuzzNode file) => ScenarioReader.ReadText(file.Render(), FileName).Cases is [{ } scenario] ? scenario : null;
}
