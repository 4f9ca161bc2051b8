using Xunit.Abstractions;

namespace CxlSim.Cli.Tests;

/// <summary>Tab in real shells, and what they are told.</summary>
public class CompletionTests(ITestOutputHelper output)
{
    /// <summary>The command only prints what is waited for where each of its words was completed.</summary>
    [Theory]
    [InlineData("bash", "bash --norc --noprofile -i", @"eval ""$(cxlsim completion bash)""; echo re''ady\r")]
    [InlineData("zsh", "zsh -f -i", @"autoload -U compinit; compinit -u -D; eval ""$(cxlsim completion zsh)""; echo re''ady\r")]
    [InlineData("fish", "fish --no-config -i", @"cxlsim completion fish | source; echo re''ady\r")]
    public void Tab_CompletesCommandFileOptionAndWord(string shell, string start, string load)
    {
        if (RealProgram.Shell("command -v \"$1\"", shell).ExitCode != 0)
        {
            shell.Should().NotBe("bash");
            output.WriteLine($"NOT TESTED, there is no {shell} here");
            return;
        }

        using ScratchFolder home = new();
        string[] acts = [$"type {load}", "wait ready", @"type cxlsim transl\tplatforms/single\t0xc050000100 --form\tjs\t\r", "wait \"outcome\":\"Hit\"", @"type exit\r"];
        ProgramResult result = RealProgram.Shell(
            $"cd '{RepositoryRoot.Find()}'; printf '%s\\n' \"$@\" | HOME='{home["."]}' PATH='{Path.GetDirectoryName(RealProgram.Executable)}':\"$PATH\" tests/scripts/at-terminal {start}", acts);

        result.ExitCode.Should().Be(0, result.Output + result.Error);
    }

    [Theory]
    [InlineData("", "run")]
    [InlineData("show ", "lsmem")]
    [InlineData("run ", "platforms/")]
    [InlineData("run platforms/", "platforms/qemu-single.yaml")]
    [InlineData("run --until Mem", "MemoryOnline")]
    [InlineData("test platforms/sc", "platforms/scenarios/")]
    [InlineData("report x.yaml --no-", "--no-curves")]
    public void Shells_AreTold(string typed, string told) =>
        RealProgram.Shell($"cd '{RepositoryRoot.Find()}'; $0 \"[suggest:{typed.Length}]\" \"$1\"", typed).Output.Split('\n').Should().Contain(told);

    /// <summary>Only files that the argument may mean, and no hidden folders.</summary>
    [Fact]
    public void OtherFiles_AreNotOffered()
    {
        using ScratchFolder folder = new();
        folder.Write("a.yaml", "");
        folder.Write("a.txt", "");
        Directory.CreateDirectory(folder[".hidden"]);

        RealProgram.Shell($"cd '{folder["."]}'; $0 '[suggest:4]' 'run '").Output.Split('\n').Where(line => line.Length > 0 && line[0] != '-').Should().Equal("a.yaml");
        RealProgram.Run("[suggest:13]", "run /nowhere/").Output.Should().NotContain("nowhere");
    }

    [Fact]
    public void AnotherShell_IsRefused() => RealProgram.Run("completion", "tcsh").Error.Should().Contain("'tcsh'").And.Contain("'fish'");
}
