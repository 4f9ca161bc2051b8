namespace CxlSim.Cli.Tests;

/// <summary>Shards, and what joins their results.</summary>
public class MergeResultsTests
{
    private static readonly string[] Forms = ["json", "junit", "trx", "sarif"];

    /// <summary>With cases that hold, cases that do not, names that no format likes, and a file that makes no sense. More shards than some have cases.</summary>
    [Fact]
    public void SevenShardsOrOne_AreTheSameBytes()
    {
        using ScratchFolder folder = new();
        folder.Scenario("good.yaml", "matrix: {way: [1, 2, 3]}\n" + GivenScenario.Good);
        folder.Scenario("names.yaml", "matrix: {\"a<&\\\"'\\u001b[1m\": [\"]]>\\u0001\", \"\U0001F600\"]}\nexpect: {missing: mem0}");
        folder.Scenario("broken.yaml", "seed: many");
        string scenarios = Path.GetDirectoryName(folder["good.yaml"])!;

        ProgramResult whole = folder.Test([scenarios, .. Reports(folder, "whole")]);
        for (int i = 1; i <= 7; i++)
        {
            folder.Test(scenarios, "--shard", $"{i}/7", "--json", folder[$"shard-{i}.json"]);
        }

        ProgramResult merged = RealProgram.Run(["merge-results", .. Enumerable.Range(1, 7).Reverse().Select(i => folder[$"shard-{i}.json"]), .. Reports(folder, "merged")]);
        ProgramResult one = folder.Test(scenarios, "--shard", "1/1", "--json", folder["one.json"]);
        (whole.ExitCode, merged.ExitCode, one.ExitCode).Should().Be((2, 2, 2), "a file makes no sense: {0}", whole.Error);
        merged.Output.Should().Be("3 passed, 2 failed, 1 file makes no sense\n");
        Forms.Should().OnlyContain(form => File.ReadAllBytes(folder["merged." + form]).SequenceEqual(File.ReadAllBytes(folder["whole." + form])));
        File.ReadAllText(folder["one.json"]).Should().Be(File.ReadAllText(folder["whole.json"]));
    }

    [Fact]
    public void WhatIsNoResult_IsSaid()
    {
        using ScratchFolder folder = new();
        string good = folder.Write("good.json", """{"version": 1, "cases": [{"file": "a", "name": "a", "verdict": "passed", "events": 1, "time_ps": 1, "failures": [], "explanation": ""}]}""");
        string half = folder.Write("half.json", File.ReadAllText(good)[..70]);
        string foreign = folder.Write("foreign.json", "<testsuites/>");
        string[] wrong = [half, foreign, folder["nothing.json"], Path.GetDirectoryName(good)!, "/dev/null", "/dev/zero"];

        ProgramResult result = RealProgram.Run(["merge-results", good, .. wrong]);

        result.ExitCode.Should().Be(2);
        result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().HaveCount(wrong.Length);
        wrong.Should().OnlyContain(file => result.Error.Contains($"cxlsim: {file} is no result of 'cxlsim test --json': "));
    }

    /// <summary>So that a script sees it by the exit code alone.</summary>
    [Theory]
    [InlineData("passed", 0)]
    [InlineData("failed", 1)]
    [InlineData("unread", 2)]
    [InlineData("bug", 70)]
    public void ExitCode_IsThatOfTheWorst(string verdict, int code)
    {
        using ScratchFolder folder = new();
        string text = """{"version": 1, "cases": [{"file": "a", "name": "NAME", "verdict": "VERDICT", "events": 1, "time_ps": 1, "failures": [], "explanation": ""}]}""";
        string first = folder.Write("1.json", text.Replace("NAME", "a").Replace("VERDICT", verdict));
        string second = folder.Write("2.json", text.Replace("NAME", "b").Replace("VERDICT", "passed"));

        RealProgram.Run("merge-results", first, second, first).ExitCode.Should().Be(code);
    }

    private static IEnumerable<string> Reports(ScratchFolder folder, string name) => Forms.SelectMany(form => new[] { "--" + form, folder[$"{name}.{form}"] });
}
