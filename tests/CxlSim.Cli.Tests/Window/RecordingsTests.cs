using System.Globalization;
using Xunit.Abstractions;

namespace CxlSim.Cli.Tests;

/// <summary>The recorded scripts, run again inside the machine. Counts may rise; a count below the floor is something that has been lost.</summary>
public class RecordingsTests(RecordingsRun run, ITestOutputHelper output) : IClassFixture<RecordingsRun>
{
    public static TheoryData<string, int> Floors()
    {
        TheoryData<string, int> floors = [];
        foreach (string[] row in Rows("floors.tsv"))
        {
            floors.Add(row[0], int.Parse(row[1], CultureInfo.InvariantCulture));
        }

        return floors;
    }

    [Theory]
    [MemberData(nameof(Floors))]
    public void Facts_AgreeWithTheRealKernel(string recording, int floor)
    {
        if (WindowFixture.HasTools(output))
        {
            run.Agreeing().GetValueOrDefault(recording).Should().BeGreaterThanOrEqualTo(
                floor, "artifacts/conformance/{0}/compare.txt names the differences\n{1}", recording, run.Messages);
        }
    }

    [Fact]
    public void WhatDiffers_HasAReason() => Rows("floors.tsv").Where(row => row[1] != row[2]).Select(row => row[0]).Should().BeEquivalentTo(Rows("reasons.tsv").Select(row => row[0]).Distinct());

    [Fact]
    public void EveryRecording_HasItsScenario() =>
        Rows("scenarios.tsv").Select(row => row[0])
            .Should().BeEquivalentTo(Directory.EnumerateFiles(RepositoryRoot.Golden(), "scenario-guest.sh", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(RepositoryRoot.Golden(), Path.GetDirectoryName(file)!)));

    private static IEnumerable<string[]> Rows(string table) => File.ReadLines(RepositoryRoot.File("tests/conformance/" + table)).Skip(1).Select(line => line.Split('\t'));
}
