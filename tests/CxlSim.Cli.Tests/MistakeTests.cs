namespace CxlSim.Cli.Tests;

/// <summary>Mistakes of the first day: the answer says what was found, and what would be right.</summary>
public class MistakeTests
{
    [Theory]
    [InlineData("unknown option '--untill'; did you mean '--until'?", "run", "--untill", "Running")]
    [InlineData("unknown option '--quite=1'; did you mean '--quiet'?", "run", "--quite=1")]
    [InlineData("unknown option '--bogus'", "--bogus")]
    [InlineData("unknown option '--frobnicate'", "list", "--frobnicate")]
    [InlineData("unknown option '-x'", "test", "-x")]
    [InlineData("found no file: the file to write: my-machine.yaml; for example: cxlsim new my-machine.yaml", "new")]
    [InlineData("found no shell: bash, zsh or fish; for example: eval \"$(cxlsim completion bash)\"", "completion")]
    [InlineData("found 'fissh'; expected one of 'bash', 'zsh', 'fish'; did you mean 'fish'?", "completion", "fissh")]
    [InlineData("unknown command 'meminf' of 'show'; did you mean 'meminfo'?", "show", "meminf", "p.yaml")]
    [InlineData("unknown command 'p.yaml' of 'tables'; expected one of export, show", "tables", "p.yaml")]
    [InlineData("found no command of 'tables'; expected one of export, show", "tables")]
    [InlineData("found 'x' for --jobs; expected a number from 1 to 1024", "test", "--jobs", "x", "p.yaml")]
    [InlineData("found '0' for --repeat; expected a number from 1 to 100000", "test", "--repeat", "0", "p.yaml")]
    [InlineData("found the seed 'x'; expected a whole number from 0 to 18446744073709551615", "test", "--seed", "x", "p.yaml")]
    [InlineData("found 'x' for --cases; expected a number from 1 to 2147483647", "fuzz", "--cases", "x")]
    [InlineData("found the seed '-1'; expected a whole number from 0 to 18446744073709551615", "fuzz", "--seed", "-1")]
    [InlineData("found 'x' for --weight; expected a number from 1 to 255", "workload", "p.yaml", "--weight", "x")]
    [InlineData("found '65536' for --port; expected a number from 0 to 65535", "dap", "--port", "65536")]
    [InlineData("found an empty name for source; expected one", "tables", "show", "")]
    [InlineData("found an empty name for --output; expected one", "tables", "export", "p.yaml", "-o", "")]
    [InlineData("found an empty name for --tables; expected one", "check", "--tables", "")]
    [InlineData("found an empty name for --root; expected one", "shell", "p.yaml", "--root", "")]
    [InlineData("found an empty name for --junit; expected one", "test", "p.yaml", "--junit", "")]
    [InlineData("found '/no/where.svg' for --plot, and no folder /no; expected one that is there", "mlc", "p.yaml", "--plot", "/no/where.svg")]
    [InlineData("found '/no/where.html' for --output, and no folder /no; expected one that is there", "report", "p.yaml", "-o", "/no/where.html")]
    [InlineData("found - for file; expected a file: standard input has the debugger's commands", "debug", "-")]
    [InlineData("found one file named twice; expected the platform and --plot to be different files", "mlc", "p.yaml", "--plot", "p.yaml")]
    [InlineData("found one file named twice; expected the platform and --record to be different files", "shell", "p.yaml", "--record", "./p.yaml")]
    [InlineData("found one file named twice; expected the files, --junit, --trx, --sarif and --json to be different files", "merge-results", "a.json", "--json", "a.json")]
    [InlineData("found an empty name for file; expected one", "new", "")]
    public void CommandLine_IsAnsweredInItsWords(string expected, params string[] arguments)
    {
        ProgramResult result = RealProgram.Run(arguments);
        (result.ExitCode, result.Output).Should().Be((2, ""));
        result.Error.Split('\n')[0].Should().Be($"cxlsim: {expected}");
    }

    [Fact]
    public void WordOfAnotherCase_HasTheRightOneBesideIt() =>
        RealProgram.Run("run", "p.yaml", "--until", "running").Error.Split('\n')[0].Should().StartWith("cxlsim: found 'running'; expected one of 'PowerOn', ").And.EndWith("; did you mean 'Running'?");

    [Fact]
    public void FileInPlaceOfACommand_IsToldHowToBoot()
    {
        string file = RealProgram.Platform("rch");
        RealProgram.Run(file).ShouldBeRefused($"cxlsim: unknown command '{file}'; to boot it: cxlsim run {file}", "cxlsim: see 'cxlsim --help' and 'cxlsim run --help'");
    }

    [Fact]
    public void Paths_SayWhatIsThere()
    {
        using ScratchFolder folder = new();
        string there = folder.Write("board.yaml", ScratchFolder.OneCard);
        string here = Path.GetDirectoryName(there)!;
        const string Unreadable = "1:1: error CXP0001: the file cannot be read:";

        RealProgram.Run("run", folder["baord.yaml"]).ShouldBeRefused($"{folder["baord.yaml"]}:{Unreadable} there is no such file; did you mean 'board.yaml'?");
        RealProgram.Run("run", folder["quite-another"]).ShouldBeRefused($"{folder["quite-another"]}:{Unreadable} there is no such file");
        RealProgram.Run("run", here).ShouldBeRefused($"{here}:{Unreadable} it is a folder; expected a file, such as {there}");
        RealProgram.Run("new", here).ShouldBeRefused($"cxlsim: {here} is a folder; expected the file to write, such as {here}/my-machine.yaml");
        RealProgram.Run("new", here + "/sub/").ShouldBeRefused($"cxlsim: {here}/sub/ is a folder; expected the file to write, such as {here}/sub/my-machine.yaml");
    }

    [Theory]
    [InlineData("memory:\n\tdram: 4GiB\n", "2:1: error CXP0002: not YAML: a tab; expected spaces before a key")]
    [InlineData("memory: {dram: 4GiB\nwindows: []\n", "2:1: error CXP0002: not YAML: the parser cannot go on here; expected what a '{', a '[' or a quotation mark before it leaves open")]
    [InlineData("why: x\nplatform: p.yaml\nexpect: {}\n", "2:1: error CXP0003: found a scenario, which has a platform; expected a platform: 'cxlsim test' runs scenarios")]
    [InlineData("memory: {dram: 4GB}\n", "1:16: error CXP0006: found '4GB' for 'dram'; expected a size such as 4096, 512MiB or 128GiB (B, KiB, MiB, GiB, TiB, PiB)")]
    [InlineData("", "1:1: error CXP0011: the file is empty; expected a mapping with keys such as host_bridges")]
    [InlineData("\u0002\u0003", "1:1: error CXP0002: the character U+0002; expected UTF-8 text")]
    public void File_IsAnsweredOnce(string text, string expected)
    {
        using ScratchFolder folder = new();
        string file = folder.Write("p.yaml", text);
        RealProgram.Run("run", file).ShouldBeRefused($"{file}:{expected}");
    }

    [Fact]
    public void PlatformAsScenario_IsToldWhereItBelongs() =>
        RealProgram.Run("test", RealProgram.Platform("rch")).Error.Split('\n')[0].Should().EndWith("found a platform; expected a scenario, which names it or has it below 'platform': 'cxlsim run' boots platforms");
}
