namespace CxlSim.Session.Tests;

/// <summary>Results that are written, read again and joined.</summary>
public class ScenarioReportTests
{
    private static readonly Func<ScenarioReport, string>[] Forms = [report => report.ToJson(), JUnitReport.Render, TrxReport.Render, ScenarioSarif.Render];

    /// <summary>Hostile ones too: what JSON cannot keep, no form keeps.</summary>
    [Fact]
    public void WhatWasWritten_IsTheSameOnceRead()
    {
        foreach (ScenarioReport report in new[] { ScenarioReport.Of([]), GivenReport.Mixed, GivenReport.Awful })
        {
            ScenarioReport read = GivenReport.Reread(report);
            Forms.Should().OnlyContain(form => form(read) == form(report));
        }
    }

    [Fact]
    public void Parts_JoinedInAnyOrder_AreTheWhole()
    {
        ReportedCase[] all = [.. GivenReport.Mixed.Cases, .. GivenReport.Awful.Cases];
        ScenarioReport[] parts = [.. all.Select(known => GivenReport.Reread(ScenarioReport.Of([known])))];
        ScenarioReport whole = ScenarioReport.Of(all);

        Forms.Should().OnlyContain(form => form(ScenarioReport.Merge(parts)) == form(whole));
        Forms.Should().OnlyContain(form => form(ScenarioReport.Merge(parts.Reverse().Append(parts[0]))) == form(whole));
    }

    [Fact]
    public void CaseInTwoReports_IsThereOnceWhereItIsTheSameAndTwiceWhereItDiffers()
    {
        ScenarioReport first = ScenarioReport.Of([GivenReport.Case("a.yaml", "a")]);
        ScenarioReport second = ScenarioReport.Of([GivenReport.Case("a.yaml", "a", ReportedCase.Failed, GivenReport.Failure("x"))]);

        ScenarioReport.Merge([first, GivenReport.Reread(first)]).Cases.Should().ContainSingle();
        ScenarioReport merged = ScenarioReport.Merge([first, second]);
        merged.Cases.Select(known => known.Verdict).Should().BeEquivalentTo("passed", "failed");
        merged.ToJson().Should().Be(ScenarioReport.Merge([second, first]).ToJson(), "the order of reports does not matter");
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("<testsuites/>")]
    [InlineData("""{"version": 2, "cases": []}""")]
    [InlineData("""{"version": 1, "cases": null}""")]
    [InlineData("""{"version": 1, "cases": [null]}""")]
    [InlineData("""{"version": 1, "cases": [], "more": 1}""")]
    [InlineData("""{"version": 1, "cases": [{"file": "a", "name": "a", "verdict": "great", "events": 1, "time_ps": 1, "failures": [], "explanation": ""}]}""")]
    [InlineData("""{"version": 1, "cases": [{"file": null, "name": "a", "verdict": "passed", "events": 1, "time_ps": 1, "failures": [], "explanation": ""}]}""")]
    [InlineData("""{"version": 1, "cases": [{"file": "a", "name": "a", "verdict": "failed", "events": 1, "time_ps": 1, "failures": [null], "explanation": ""}]}""")]
    [InlineData("""{"version": 1, "cases": [{"file": "a", "name": "a", "verdict": "failed", "events": 1, "time_ps": 1, "failures": [{"file": "a", "line": 0, "column": 1, "message": "", "details": ""}], "explanation": ""}]}""")]
    public void ForeignText_IsNoReport(string json)
    {
        GivenReport.Read(json, out string error).Should().BeNull();
        error.Should().NotBeEmpty();
    }

    /// <summary>A shard that was killed while it wrote elsewhere, or whose disk was full.</summary>
    [Fact]
    public void HalfWritten_IsNoReport()
    {
        string json = GivenReport.Mixed.ToJson();
        for (int length = 0; length < json.Length - 2; length += 7)
        {
            GivenReport.Read(json[..length], out string error).Should().BeNull($"{length} characters are not all");
            error.Should().NotBeEmpty();
        }
    }
}
