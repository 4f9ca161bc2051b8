namespace CxlSim.Cli.Tests;

/// <summary>Logs in SARIF as they are written, held against the schema of OASIS by a validator that is not ours.</summary>
public class SarifSchemaTests
{
    private const string Wasteful = """
        name: p
        host_bridges:
          - {uid: 5, bus: 0x10, root_ports: [{type3: {id: card, volatile: 1GiB}}, {type3: {id: spare, volatile: 256MiB}}]}
        windows: [{base: 0x1000000000, size: 256MiB, targets: [5]}]

        """;

    [Fact]
    public void LogOfScenarios_IsAccepted()
    {
        using ScratchFolder folder = new();
        string good = folder.Scenario("good.yaml", GivenScenario.Good);
        string bad = folder.Scenario("bad.yaml", GivenScenario.Bad);
        string more = folder.Scenario("more.yaml", "matrix: {'<&\"%20': [\"\\e[31m\", '\U0001F600', '']}\nsteps: [{read: 'no/$(<&\"%20)'}]");
        string unread = folder.Write("un read.yaml", "naem: x");
        string log = folder["r.sarif"];

        ProgramResult result = RealProgram.Run("test", good, bad, more, unread, "--sarif", log, "--records", folder["records"]);

        result.ExitCode.Should().Be(2, result.Output + result.Error);
        File.ReadAllText(log).Should().Contain("bad.yaml").And.Contain("un%20read.yaml");
        Ask(log).Should().Be($"{log}: accepted");
    }

    [Fact]
    public void LogOfACheck_IsAccepted()
    {
        using ScratchFolder folder = new();
        string log = folder.Write("c.sarif", RealProgram.Run("check", folder.Write("p.yaml", Wasteful), folder.Write("q.yaml", "naem: x"), "--format", "sarif").Output);

        File.ReadAllText(log).Should().Contain("CXP0003").And.Contain("CXK00");
        Ask(log).Should().Be($"{log}: accepted");
    }

    [Theory]
    [InlineData("\"2.1.0\"", "\"2.2\"")]
    [InlineData("\"ruleId\"", "\"rule\"")]
    [InlineData("\"startLine\": ", "\"startLine\": -")]
    public void Schema_RefusesWhatIsNotOfIt(string part, string wrong)
    {
        using ScratchFolder folder = new();
        string text = RealProgram.Run("check", folder.Write("p.yaml", "naem: x"), "--format", "sarif").Output;
        string changed = text.Replace(part, wrong, StringComparison.Ordinal);
        changed.Should().NotBe(text);

        Ask(folder.Write("c.sarif", changed)).Should().NotEndWith(": accepted");
    }

    private static string Ask(string log)
    {
        ProgramResult result = RealProgram.Shell("\"$@\"", RepositoryRoot.File("tests/scripts/schema-accepts"), RepositoryRoot.File("tests/schemas/sarif-schema-2.1.0.json"), log);
        result.ExitCode.Should().Be(0, result.Error);
        return result.Output.TrimEnd('\n');
    }
}
