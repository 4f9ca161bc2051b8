using CxlSim.Platform;

namespace CxlSim.Cli.Tests;

/// <summary>The scenarios of <c>platforms/scenarios</c>: each holds, says in a sentence why it is there, and is taken by the schema; docs/CABINET.md lists them.</summary>
public class ScenarioCabinetTests
{
    private const string Head = """
        # The cabinet

        Made from the scenarios by their test (`CXLSIM_UPDATE_DOCS=1 dotnet test tests/CxlSim.Cli.Tests`); do not edit.

        Corner cases that one rarely has the hardware for, each a file that says what must hold. `cxlsim test platforms/scenarios` runs them all,
        `cxlsim test platforms/scenarios --filter xor` some, and `cxlsim debug` goes through one event by event. Each is a start for a case of your own.

        | Scenario | Why |
        | --- | --- |

        """;

    private static readonly string Folder = Path.GetDirectoryName(RepositoryRoot.File("platforms/scenarios/ways-and-granularity.yaml"))!;

    private static readonly string[] Files = [.. Directory.GetFiles(Folder, "*.yaml").Order(StringComparer.Ordinal)];

    [Fact]
    public void AllHold()
    {
        using ScratchFolder folder = new();

        ProgramResult result = RealProgram.Run("test", Folder, "--records", folder["failures"]);

        result.ExitCode.Should().Be(0, result.Output + result.Error);
        result.Output.Should().Contain(" passed, 0 failed");
    }

    [Fact]
    public void EachSaysWhy_InASentence()
    {
        Files.Should().HaveCountGreaterThan(40);
        foreach (string file in Files)
        {
            string why = Why(file);
            why.Should().MatchRegex("^[A-Z].{20,}[^.]\\.$", file).And.NotMatchRegex("[.!?] [A-Z]", "{0} says it in one sentence", file);
        }
    }

    [Fact]
    public void TheSchema_TakesEach()
    {
        ProgramResult result = RealProgram.Shell("\"$@\"", [RepositoryRoot.File("tests/scripts/schema-accepts"), RepositoryRoot.File("docs/scenario.schema.json"), .. Files]);

        result.ExitCode.Should().Be(0, result.Error);
        result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().HaveCount(Files.Length).And.OnlyContain(answer => answer.EndsWith(": accepted", StringComparison.Ordinal));
        Files.Should().OnlyContain(file => File.ReadAllText(file).StartsWith("# yaml-language-server: $schema=../../docs/scenario.schema.json\n", StringComparison.Ordinal));
    }

    [Fact]
    public void ThePage_ListsThem()
    {
        string page = Path.Combine(RepositoryRoot.Find(), "docs", "CABINET.md");
        string made = Head + string.Concat(Files.Select(file => $"| [{Path.GetFileNameWithoutExtension(file)}](../platforms/scenarios/{Path.GetFileName(file)}) | {Why(file).Replace("|", "\\|", StringComparison.Ordinal)} |\n"));
        if (Environment.GetEnvironmentVariable("CXLSIM_UPDATE_DOCS") == "1")
        {
            File.WriteAllText(page, made);
        }

        File.ReadAllText(page).Should().Be(made, "CXLSIM_UPDATE_DOCS=1 dotnet test tests/CxlSim.Cli.Tests writes it");
        File.ReadAllText(RepositoryRoot.File("docs/README.md")).Should().Contain("(CABINET.md)");
    }

    private static string Why(string file) => ScenarioReader.ReadFile(file).Cases.Select(found => found.Why).Distinct().Should().ContainSingle(file).Subject;
}
