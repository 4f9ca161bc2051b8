namespace CxlSim.Cli.Tests;

/// <summary>Parts of all cases, from the command line and from what runs many parts at once.</summary>
public class ShardTests
{
    [Theory]
    [InlineData("1/1", 1, 1)]
    [InlineData("3/7", 3, 7)]
    [InlineData("7/7", 7, 7)]
    public void Text_IsIndexAndCount(string text, int index, int count) => Shard.Parse(text).Should().Be(new Shard(index, count));

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("0/4")]
    [InlineData("5/4")]
    [InlineData("-1/4")]
    [InlineData("1/0")]
    [InlineData("1/2/3")]
    [InlineData(" 1/2")]
    [InlineData("a/b")]
    [InlineData("1/99999999999")]
    public void OtherText_IsNone(string text) => Shard.Parse(text).Should().BeNull();

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void EveryCase_IsInExactlyOnePart(int count)
    {
        Shard[] parts = [.. Enumerable.Range(1, count).Select(index => new Shard(index, count))];
        Enumerable.Range(0, 100).Should().OnlyContain(number => parts.Count(part => part.Has(number)) == 1);
    }

    /// <summary>Names and meanings: sbatch(1), "job arrays"; Kubernetes counts from 0, and its manifest hands over how many there are.</summary>
    [Theory]
    [InlineData("", 1, 1)]
    [InlineData("SLURM_ARRAY_TASK_ID=1 SLURM_ARRAY_TASK_COUNT=4 SLURM_ARRAY_TASK_MIN=1 SLURM_ARRAY_TASK_MAX=4 SLURM_ARRAY_TASK_STEP=1", 1, 4)]
    [InlineData("SLURM_ARRAY_TASK_ID=0 SLURM_ARRAY_TASK_COUNT=4 SLURM_ARRAY_TASK_MIN=0 SLURM_ARRAY_TASK_MAX=3", 1, 4)]
    [InlineData("SLURM_ARRAY_TASK_ID=14 SLURM_ARRAY_TASK_COUNT=3 SLURM_ARRAY_TASK_MIN=10 SLURM_ARRAY_TASK_MAX=14 SLURM_ARRAY_TASK_STEP=2", 3, 3)]
    [InlineData("JOB_COMPLETION_INDEX=0 JOB_COMPLETIONS=4", 1, 4)]
    [InlineData("JOB_COMPLETION_INDEX=3 JOB_COMPLETIONS=4", 4, 4)]
    public void Environment_SaysWhichPart(string variables, int index, int count)
    {
        Shard.OfEnvironment(Reading(variables), out string error).Should().Be(new Shard(index, count));
        error.Should().BeEmpty();
    }

    /// <summary>To run all in each of many tasks would look well and be wrong.</summary>
    [Theory]
    [InlineData("JOB_COMPLETION_INDEX=3")]
    [InlineData("JOB_COMPLETION_INDEX=4 JOB_COMPLETIONS=4")]
    [InlineData("JOB_COMPLETION_INDEX=x JOB_COMPLETIONS=4")]
    [InlineData("SLURM_ARRAY_TASK_ID=2")]
    [InlineData("SLURM_ARRAY_TASK_ID=9 SLURM_ARRAY_TASK_COUNT=3 SLURM_ARRAY_TASK_MIN=1 SLURM_ARRAY_TASK_MAX=9 SLURM_ARRAY_TASK_STEP=1")]
    [InlineData("SLURM_ARRAY_TASK_ID=11 SLURM_ARRAY_TASK_COUNT=3 SLURM_ARRAY_TASK_MIN=10 SLURM_ARRAY_TASK_MAX=14 SLURM_ARRAY_TASK_STEP=2")]
    [InlineData("SLURM_ARRAY_TASK_ID=1 SLURM_ARRAY_TASK_COUNT=3 SLURM_ARRAY_TASK_MIN=1 SLURM_ARRAY_TASK_STEP=0")]
    public void EnvironmentThatMakesNoSense_IsAnError(string variables)
    {
        Shard.OfEnvironment(Reading(variables), out string error);
        error.Should().Contain(variables.Split(' ')[0]).And.Contain("--shard I/N");
    }

    [Fact]
    public void Program_AsksTheEnvironmentUnlessToldOtherwise()
    {
        using ScratchFolder folder = new();
        string file = folder.Scenario("s.yaml", "matrix: {way: [1, 2, 3]}\n" + GivenScenario.Good);

        RealProgram.Shell("SLURM_ARRAY_TASK_ID=2 SLURM_ARRAY_TASK_COUNT=3 SLURM_ARRAY_TASK_MIN=1 $0 test --list \"$1\"", file).Output.Should().Be($"{file}: s[way=2]\n");
        RealProgram.Shell("JOB_COMPLETION_INDEX=2 JOB_COMPLETIONS=3 $0 test --list --shard 1/3 \"$1\"", file).Output.Should().Be($"{file}: s[way=1]\n");
        RealProgram.Shell("JOB_COMPLETION_INDEX=2 $0 test --list \"$1\"", file).ExitCode.Should().Be(2);
    }

    private static Func<string, string?> Reading(string variables) =>
        name => variables.Split(' ').Where(pair => pair.StartsWith(name + "=", StringComparison.Ordinal)).Select(pair => pair[(name.Length + 1)..]).FirstOrDefault();
}
