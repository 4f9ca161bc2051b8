namespace CxlSim.Cli.Tests;

/// <summary>Scenario files that make no sense: a line for each mistake, and the others run.</summary>
public class BrokenScenarioTests
{
    [Theory]
    [InlineData("steps: [{wirte: {path: a, value: b}}]", "5:10", "CXP0027", "unknown verb 'wirte'")]
    [InlineData("seed: many", "5:7", "CXP0006", "found 'many' for 'seed'")]
    [InlineData("steps: {a: b}", "5:8", "CXP0005", "expected a list for 'steps'")]
    [InlineData("naem: x", "5:1", "CXP0003", "did you mean 'name'?")]
    [InlineData("append: $(wya)\nmatrix: {way: [1, 2]}", "5:9", "CXS0002", "found the parameter 'wya'; expected one of way")]
    [InlineData("append: $(way)", "5:9", "CXS0002", "expected none")]
    [InlineData("matrix: {way: [1, 2, 1]}", "5:22", "CXP0009", "the value '1' is there twice")]
    [InlineData("matrix: {way: 1}", "5:15", "CXP0005", "expected a list of scalars")]
    [InlineData("matrix: {way: []}", "5:15", "CXP0005", "found an empty list; expected a list of scalars")]
    [InlineData("expect: {in_use: {crad: 1GiB}}", "5:25", "CXS0004", "did you mean 'card'?")]
    [InlineData("steps: [{load: {device: crad, dpa: 0}}]", "5:9", "CXS0004", "did you mean 'card'?")]
    [InlineData("steps: [{include: nowhere.yaml}]", "5:19", "CXS0001", "'nowhere.yaml' cannot be read")]
    [InlineData("steps: [{include: .}]", "5:19", "CXS0001", "'.' cannot be read")]
    [InlineData("steps: [{include: 5, write: x}]", "5:9", "CXS0001", "expected 'include: FILE'")]
    [InlineData("steps: [", "6:1", "CXP0002", "not YAML")]
    public void Mistake_HasNumberAndPlace(string rest, string place, string number, string words)
    {
        using ScratchFolder folder = new();
        string file = folder.Scenario("s.yaml", rest);

        ProgramResult result = folder.Test(file);

        result.ExitCode.Should().Be(2);
        result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().ContainSingle().Which.Should().StartWith($"{file}:{place}: error {number}: ").And.Contain(words);
    }

    [Fact]
    public void TooManyCases_AreRefusedBeforeTheyAreMade()
    {
        using ScratchFolder folder = new();
        string file = folder.Scenario("s.yaml", $"matrix: {{a: [{string.Join(',', Enumerable.Range(0, 101))}], b: [{string.Join(',', Enumerable.Range(0, 100))}]}}");
        folder.Test(file).Error.Should().Be($"{file}:5:9: error CXS0003: found more than 10000 combinations; expected no more\n");
    }

    [Fact]
    public void Includes_ThatIncludeEachOther_AreRefused()
    {
        using ScratchFolder folder = new();
        folder.Write("a.yaml", "- include: b.yaml\n");
        folder.Write("b.yaml", "- include: a.yaml\n");
        string file = folder.Scenario("s.yaml", "steps: [{include: a.yaml}]");
        folder.Test(file).Error.Should().EndWith("b.yaml:1:12: error CXS0001: the files include each other: s.yaml > a.yaml > b.yaml > a.yaml\n");
    }

    [Theory]
    [InlineData("/dev/zero", "/dev/zero:1:1: error CXP0011: the file is longer than 1048576 characters\n")]
    [InlineData("/dev/null", "/dev/null:1:1: error CXP0011: the file is empty;")]
    [InlineData("/there/is/none.yaml", "cxlsim: /there/is/none.yaml: there is no such file or folder\n")]
    [InlineData("/proc/sys", "cxlsim: there is no case to run\n")]
    public void OddFile_IsRefused(string file, string line)
    {
        using ScratchFolder folder = new();
        ProgramResult result = folder.Test(file);
        (result.ExitCode, result.Error).Should().Match<(int Code, string Error)>(found => found.Code == 2 && found.Error.StartsWith(line, StringComparison.Ordinal));
    }

    /// <summary>Also where it lies between files that are looked for, with a folder and a link that leads nowhere of such a name.</summary>
    [Fact]
    public void Pipe_IsReadWhereItIsNamedAndPassedOverWhereItIsFound()
    {
        using ScratchFolder folder = new();
        string file = folder.Scenario("s.yaml", GivenScenario.Good);

        RealProgram.Shell("$0 test <(cat \"$1\")", file).Output.Should().StartWith("ok   /dev/fd/");
        ProgramResult result = RealProgram.Shell("cd \"$1\" && mkfifo pipe.yaml && mkdir dir.yaml && ln -s nowhere link.yaml && timeout 60 $0 test .", Path.GetDirectoryName(file)!);
        result.Verdicts().Should().Equal("ok s");
    }

    /// <summary>What makes no sense weighs more than what fails; both are in the report.</summary>
    [Fact]
    public void OtherFiles_StillRun()
    {
        using ScratchFolder folder = new();
        string good = folder.Scenario("good.yaml", GivenScenario.Good);
        string bad = folder.Scenario("bad.yaml", GivenScenario.Bad);
        string broken = folder.Scenario("broken.yaml", "seed: many");
        string report = folder["junit.xml"];

        ProgramResult result = folder.Test(folder["none.yaml"], broken, good, bad, "--junit", report);

        result.ExitCode.Should().Be(2);
        result.Verdicts().Should().Equal("ok good", "FAIL bad");
        result.Output.Should().Contain("1 passed, 1 failed, 1 file makes no sense, ");
        result.Error.Should().Contain("none.yaml: there is no such file").And.Contain($"{broken}:5:7: error CXP0006");
        File.ReadAllText(report).Should().Contain($"{broken}:5:7: CXP0006: found 'many' for 'seed'").And.Contain($"{bad}:5:9: 'read no/such/file' ended with ENOENT");
        folder.Test(good, bad).ExitCode.Should().Be(1);
        folder.Test(good).ExitCode.Should().Be(0);
    }

    /// <summary>What only the machine knows is a failure, with its reason.</summary>
    [Fact]
    public void StepOnAnObjectThatIsNotThere_Fails()
    {
        using ScratchFolder folder = new();
        string file = folder.Scenario("s.yaml", GivenScenario.Bad);

        ProgramResult result = folder.Test(file);

        result.ExitCode.Should().Be(1);
        result.Output.Should().Contain($"{file}:5:9: 'read no/such/file' ended with ENOENT").And.Contain("there is nothing at no/such/").And.Contain("1 GiB free: no region was made of it");
    }
}
