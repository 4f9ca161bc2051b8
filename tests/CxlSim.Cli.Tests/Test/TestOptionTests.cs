namespace CxlSim.Cli.Tests;

/// <summary>Options of <c>cxlsim test</c>.</summary>
public class TestOptionTests
{
    [Fact]
    public void ReportsOfOneName_AreRefused()
    {
        ProgramResult result = RealProgram.Run("test", "scenarios", "--json", "a.out", "--sarif", "./a.out");

        (result.ExitCode, result.Output).Should().Be((2, ""));
        result.Error.Should().StartWith("cxlsim: found one file named twice");
    }

    [Fact]
    public void List_NamesCasesAndRunsNone()
    {
        using ScratchFolder folder = new();
        string file = folder.Scenario("s.yaml", "matrix: {way: [1, 2]}\n" + GivenScenario.Bad);
        string twice = Path.Combine(Path.GetDirectoryName(file)!, ".", "s.yaml");

        ProgramResult result = folder.Test("--list", file, twice);

        (result.ExitCode, result.Output, result.Error).Should().Be((0, $"{file}: s[way=1]\n{file}: s[way=2]\n", ""), "a file that is named twice is one file");
        Directory.Exists(folder["records"]).Should().BeFalse();
    }

    [Theory]
    [InlineData("way=2", "ok s[way=2]")]
    [InlineData("/way=[13]/", "ok s[way=1];ok s[way=3]")]
    [InlineData("s.yaml", "ok s[way=1];ok s[way=2];ok s[way=3]")]
    public void Filter_LooksAtPathAndName(string filter, string verdicts)
    {
        using ScratchFolder folder = new();
        folder.Test(folder.Scenario("s.yaml", "matrix: {way: [1, 2, 3]}\n" + GivenScenario.Good), "--filter", filter).Verdicts().Should().Equal(verdicts.Split(';'));
    }

    [Theory]
    [InlineData("--filter", "nothing of this name")]
    [InlineData("--filter", "/(/")]
    [InlineData("--shard", "5/4")]
    [InlineData("--jobs", "0")]
    [InlineData("--repeat", "0")]
    [InlineData("--repeat", "1000000")]
    [InlineData("--seed", "-1")]
    public void ValueThatMakesNoSense_IsRefused(string option, string value)
    {
        using ScratchFolder folder = new();
        ProgramResult result = folder.Test(folder.Scenario("s.yaml", GivenScenario.Good), option, value);
        result.ExitCode.Should().Be(2);
        result.Error.Should().NotBeEmpty().And.NotContain("   at ");
        result.Verdicts().Should().BeEmpty();
    }

    /// <summary>Each time has a seed one higher; behind the highest comes 0.</summary>
    [Fact]
    public void Repeat_RunsWithTheNextSeeds()
    {
        using ScratchFolder folder = new();
        string file = folder.Scenario("s.yaml", GivenScenario.Bad);
        folder.Test(file, "--repeat", "3", "--seed", "18446744073709551614").Verdicts().Should().Equal("FAIL s#1", "FAIL s#2", "FAIL s#3");

        Directory.GetFiles(folder["records"]).Order(StringComparer.Ordinal).Select(path => File.ReadLines(path).First())
            .Select(header => System.Text.RegularExpressions.Regex.Match(header, "\"seed\":\"?(\\w+)").Groups[1].Value)
            .Should().Equal("18446744073709551614", "18446744073709551615", "0");
    }

    [Fact]
    public void FailFast_BeginsNoCaseAfterAFailure()
    {
        using ScratchFolder folder = new();
        string file = folder.Scenario("s.yaml", "matrix: {path: [mem7, mem0, mem8, mem9, mem1]}\nexpect: {missing: $(path)}");

        ProgramResult result = folder.Test(file, "--fail-fast", "--jobs", "1");

        (result.ExitCode, string.Join(';', result.Verdicts())).Should().Be((1, "ok s[path=mem7];FAIL s[path=mem0]"));
        folder.Test(file, "--jobs", "1").Verdicts().Should().HaveCount(5);
    }

    [Fact]
    public void Jobs_ChangeNothingButTheTime()
    {
        using ScratchFolder folder = new();
        string file = folder.Scenario("s.yaml", "matrix: {path: [mem7, mem0, mem8, mem9, mem1]}\nexpect: {missing: $(path)}");

        string[] outputs = [.. new[] { "1", "4" }.Select(jobs => folder.Test(file, "--jobs", jobs).Output).Select(text => text[..text.LastIndexOf(',')])];

        outputs[1].Should().Be(outputs[0]);
    }

    [Fact]
    public void Update_WritesTheSnapshotThatThenHolds()
    {
        using ScratchFolder folder = new();
        string file = folder.Scenario("s.yaml", "expect: {snapshot: s.snap}");
        folder.Test(file).Output.Should().Contain("is not there; 'cxlsim test --update' writes it");

        folder.Test(file, "--update").ExitCode.Should().Be(0);
        folder.Test(file).ExitCode.Should().Be(0);

        folder.Scenario("s.yaml", "steps: [{create-region: {decoder: decoder0.0}}]\nexpect: {snapshot: s.snap}");
        ProgramResult changed = folder.Test(file);
        (changed.ExitCode, changed.Output).Should().Match<(int Code, string Output)>(found => found.Code == 1 && found.Output.Contains("region0"));
    }

    /// <summary>Cases of one name in two files leave a recording each, and one that is too long for a file's name leaves one.</summary>
    [Fact]
    public void Recordings_AreAsManyAsFailures()
    {
        using ScratchFolder folder = new();
        Directory.CreateDirectory(folder["a"]);
        string[] files = [folder.Scenario("s.yaml", GivenScenario.Bad), folder.Scenario("a/s.yaml", GivenScenario.Bad), folder.Scenario("long.yaml", $"matrix: {{{new string('x', 300)}: [1]}}\n" + GivenScenario.Bad)];

        folder.Test(files).Error.Should().BeEmpty();

        string[] recordings = Directory.GetFiles(folder["records"]);
        recordings.Should().HaveCount(3);
        RealProgram.Run("replay", recordings[0]).ExitCode.Should().Be(1, "it fails as it did");
    }
}
