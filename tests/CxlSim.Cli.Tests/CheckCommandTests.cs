using System.Text.Json;

namespace CxlSim.Cli.Tests;

/// <summary><c>cxlsim check</c> as a user starts it.</summary>
public class CheckCommandTests
{
    /// <summary>Blocks of 2 GiB, and a window that begins in one.</summary>
    private const string Wasteful = """
        memory: {dram: 70GiB}
        host_bridges: [{uid: 4, bus: 0x10, root_ports: [{type3: {volatile: 8GiB}}]}]
        windows: [{base: 0x2050000000, size: 8960MiB, targets: [4]}]
        """;

    [Fact]
    public void SoundFile_IsAnsweredWithNothing()
    {
        using ScratchFolder folder = new();

        RealProgram.Run("check", folder.Write("p.yaml", ScratchFolder.OneCard), "--strict").Should().Be(new ProgramResult(0, "", ""));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1, "--strict")]
    public void Warning_IsPrinted_AndCountsWhereAskedFor(int exitCode, params string[] options)
    {
        using ScratchFolder folder = new();
        string file = folder.Write("p.yaml", Wasteful);

        RealProgram.Run(["check", file, .. options]).Should().Be(new ProgramResult(
            exitCode,
            $"{file}:3:18: warning CXK0024: found 0x2050000000-0x227fffffff to begin inside a block of 2 GiB: 768 MiB lost; Linux leaves the part out that fills no block; nearest value that works: Base HPA 0x2080000000\n",
            ""));
    }

    [Fact]
    public void SeveralFiles_AreCheckedOneAfterTheOther_AndAnErrorCounts()
    {
        using ScratchFolder folder = new();
        string wasteful = folder.Write("a.yaml", Wasteful);
        string wrong = folder.Write("b.yaml", "naem: x");

        ProgramResult result = RealProgram.Run("check", wasteful, wrong, folder["c.yaml"]);

        (result.ExitCode, result.Error).Should().Be((2, ""));
        string[] lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Should().HaveCount(3);
        lines[0].Should().StartWith($"{wasteful}:3:18: warning CXK0024: ");
        lines[1].Should().StartWith($"{wrong}:1:1: error CXP0003: ");
        lines[2].Should().StartWith($"{folder["c.yaml"]}:1:1: error CXP0001: ");
    }

    [Theory]
    [InlineData("json", "findings")]
    [InlineData("sarif", "runs")]
    public void Format_IsForPrograms(string format, string member)
    {
        using ScratchFolder folder = new();

        ProgramResult result = RealProgram.Run("check", folder.Write("p.yaml", Wasteful), "--format", format);

        (result.ExitCode, result.Error).Should().Be((0, ""));
        JsonDocument.Parse(result.Output).RootElement.GetProperty(member).GetArrayLength().Should().Be(1);
    }

    [Fact]
    public void NothingToCheck_IsRefused()
    {
        const string help = "cxlsim: see 'cxlsim --help' and 'cxlsim check --help'";
        RealProgram.Run("check").ShouldBeRefused("cxlsim: found nothing to check; expected platform files, or --tables", help);
        RealProgram.Run("check", "--strikt").ShouldBeRefused("cxlsim: unknown option '--strikt'; did you mean '--strict'?", help);
        using ScratchFolder folder = new();
        RealProgram.Run("check", "--tables", folder.Write("notes.txt", "nothing")).ShouldBeRefused($"cxlsim: there is no table in {folder["notes.txt"]}");
    }

    /// <summary>Binary files and a text of acpidump: the window's base is at 0x4c of a CEDT with one bridge.</summary>
    [Fact]
    public void DumpedTables_AreCheckedAsTheyAre()
    {
        using ScratchFolder folder = new();
        RealProgram.Run("tables", "export", folder.Write("p.yaml", ScratchFolder.OneCard), "-o", folder["dump"]);
        RealProgram.Run("check", "--tables", folder["dump"]).Should().Be(new ProgramResult(0, "", ""));
        string cedt = Path.Combine(folder["dump"], "cedt.dat");
        byte[] bytes = File.ReadAllBytes(cedt);
        bytes[0x4d] = 1;
        File.WriteAllBytes(cedt, bytes);
        const string message = "warning CXK0003: found a Base HPA of 0x1000000100; Linux leaves the window out; nearest value that works: Base HPA 0x1000000000\n";

        RealProgram.Run("check", "--tables", cedt, "--strict").Should().Be(new ProgramResult(1, $"{cedt}: offset 0x4c: {message}", ""));

        string text = Path.Combine(folder["dump"], "acpidump.txt");
        RealProgram.Run("check", "--tables", folder["dump"]).Output.Should().Be(
            $"{cedt}: offset 0x0: warning CXK0205: found another CEDT in {text}; Linux takes the first that the XSDT names\n{cedt}: offset 0x4c: {message}");

        string[] lines = File.ReadAllLines(text);
        int line = Array.FindIndex(lines, Array.FindIndex(lines, candidate => candidate.StartsWith("CEDT", StringComparison.Ordinal)), candidate => candidate.Contains("0040: ", StringComparison.Ordinal));
        lines[line] = lines[line].Remove(10 + (13 * 3), 2).Insert(10 + (13 * 3), "01");
        File.WriteAllLines(text, lines);
        RealProgram.Run("check", "--tables", text).Should().Be(new ProgramResult(0, $"{text}: CEDT offset 0x4c: {message}", ""));
    }
}
