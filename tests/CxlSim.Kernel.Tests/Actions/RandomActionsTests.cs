using System.Globalization;
using CxlSim.Engine;

namespace CxlSim.Kernel.Tests;

/// <summary>Random topologies, and random things done to them: what must always hold does after every action, and when all is taken down the machine is as it was.</summary>
public sealed class RandomActionsTests
{
    private const int SequencesInTheSuite = 10_000;
    private const int Parts = 10;
    private const int LongestSequence = 24;

    /// <summary>A machine that is as it was serves again.</summary>
    private const int SequencesOnAMachine = 4;

    /// <summary>Set CXLSIM_FUZZ_ROUNDS for more machines of each part, and CXLSIM_FUZZ_SEED for where it starts.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    public void WhateverIsDone_InvariantsHold(int part)
    {
        int rounds = Number("CXLSIM_FUZZ_ROUNDS") ?? SequencesInTheSuite / SequencesOnAMachine / Parts;
        int first = (Number("CXLSIM_FUZZ_SEED") ?? 1) + (part * rounds);
        foreach (int seed in Enumerable.Range(first, rounds))
        {
            SimRandom random = new((ulong)seed);
            string yaml = RandomMachine.Yaml(random);
            List<RandomAction> actions = [.. Enumerable.Range(0, SequencesOnAMachine).SelectMany(_ => Sequence(random))];
            if (Failure(yaml, actions, out _) is not null)
            {
                actions = Shrinking.Shrink(actions, shorter => Failure(yaml, shorter, out _) is not null);
                string failure = Failure(yaml, actions, out List<string> lines)!;
                Assert.Fail($"seed {seed}: {failure}\n{string.Join('\n', lines)}\n{yaml}");
            }
        }
    }

    private static string? Failure(string yaml, List<RandomAction> actions, out List<string> lines)
    {
        ActionRun run = new(yaml);
        lines = run.Lines;
        run.TearDown(); // what firmware has set up goes first: it does not come back
        string before = RestState.Of(run.Session);
        foreach (RandomAction action in actions)
        {
            run.Do(action);
            if (MachineInvariants.Broken(run.Session) is { } broken)
            {
                return broken;
            }

            if (action.Verb == RandomVerb.TakeAllDown && RestState.Of(run.Session) is var after && after != before)
            {
                return $"is not as before\n{Difference(before, after)}";
            }
        }

        return null;
    }

    private static string Difference(string before, string after)
    {
        string[] old = before.Split('\n');
        string[] now = after.Split('\n');
        return string.Join('\n', old.Except(now).Select(line => "- " + line).Concat(now.Except(old).Select(line => "+ " + line)));
    }

    private static IEnumerable<RandomAction> Sequence(SimRandom random) =>
        [.. Enumerable.Range(0, (int)random.Next(LongestSequence)).Select(_ => Next(random)), new RandomAction(RandomVerb.TakeAllDown, 0, 0, 0)];

    private static RandomAction Next(SimRandom random) => new((RandomVerb)random.Next((ulong)RandomVerb.TakeAllDown), random.NextUInt64(), random.NextUInt64(), random.NextUInt64());

    private static int? Number(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
