using System.Globalization;

namespace CxlSim.Cli.Tests;

/// <summary>Platform files in unusual places and forms.</summary>
public class PlatformFilePathTests
{
    [Fact]
    public void SpacesAndOtherLetters_AreNoObstacle()
    {
        using ScratchFolder folder = new();
        ProgramResult result = RealProgram.Run("run", folder.Write("grüne Karte 卡.yaml", ScratchFolder.OneCard), "--log-level", "none");
        result.ExitCode.Should().Be(0, result.Error);
        result.Output.Should().Contain("grüne Karte 卡: Linux");
    }

    [Fact]
    public void MachineWithoutDevices_SaysSo()
    {
        using ScratchFolder folder = new();
        ProgramResult result = RealProgram.Run("run", folder.Write("none.yaml", "name: none\n"), "--log-level", "none");
        result.ExitCode.Should().Be(0, result.Error);
        result.Output.Should().StartWith("No CXL memory devices.\nnone: Linux");
    }

    [Fact]
    public void WindowsLineEnds_KeepTheirPlaces()
    {
        using ScratchFolder folder = new();
        string file = folder.Write("p.yaml", (ScratchFolder.OneCard + "steps:\n  - read: /sys/nope\n").ReplaceLineEndings("\r\n"));
        ProgramResult result = RealProgram.Run("run", file, "--log-level", "none");
        result.ExitCode.Should().Be(1);
        result.Error.Should().StartWith($"{file}:5:5: 'read /sys/nope' ended with ENOENT; expected Ok\n");
    }

    [Fact]
    public void PipeAsFile_IsReadToItsEnd()
    {
        using ScratchFolder folder = new();
        ProgramResult result = RealProgram.Shell("mkfifo \"$1.pipe\" && (cat \"$1\" > \"$1.pipe\" & $0 run \"$1.pipe\" --log-level none)", folder.Write("p", ScratchFolder.OneCard));
        result.ExitCode.Should().Be(0, result.Error);
        result.Output.Should().Contain("free");
    }

    [Theory]
    [InlineData("run - --log-level none < '{0}'")]
    [InlineData("run '{0}' --log-level none --quiet --dmesg -")]
    [InlineData("run '{0}' --log-level none --quiet --record -")]
    [InlineData("check - < '{0}'")]
    [InlineData("import '{1}' -o -")]
    public void Dash_IsStandardInput_AndStandardOutput(string command)
    {
        using ScratchFolder folder = new();
        string line = string.Format(CultureInfo.InvariantCulture, command, folder.Write("p.yaml", ScratchFolder.OneCard), RepositoryRoot.File("tests/golden/01-single-volatile"));
        ProgramResult result = RealProgram.Shell($"cd \"$1\" && $0 {line} && ls", Path.GetDirectoryName(folder["p.yaml"])!);
        result.ExitCode.Should().Be(0, result.Error);
        result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1].Should().Be("p.yaml", "no file of that name is made");
        (result.Output.Length > 200).Should().Be(!command.StartsWith("check", StringComparison.Ordinal), result.Output);
    }

    /// <summary>What it names is looked for where the user is.</summary>
    [Fact]
    public void ScenarioThroughAPipe_FindsItsPlatform()
    {
        using ScratchFolder folder = new();
        folder.Write("p.yaml", ScratchFolder.OneCard);
        ProgramResult result = RealProgram.Shell("cd \"$1\" && echo 'platform: p.yaml' | $0 test -", Path.GetDirectoryName(folder["p.yaml"])!);
        (result.ExitCode, result.Output.Split('\n')[0]).Should().Be((0, "ok   /dev/stdin: stdin"), result.Error);
    }

    [Fact]
    public void NullDevice_IsAnEmptyFile() => RealProgram.Run("run", "/dev/null").ShouldBeRefused(
        "/dev/null:1:1: error CXP0011: the file is empty; expected a mapping with keys such as host_bridges");

    [Fact]
    public void MissingFile_IsRefused() => RealProgram.Run("run", "/nowhere/p.yaml").ShouldBeRefused(
        "/nowhere/p.yaml:1:1: error CXP0001: the file cannot be read: there is no folder '/nowhere'");

    [Fact]
    public void Folder_IsRefused() => RealProgram.Run("run", "/dev").ShouldBeRefused(
        "/dev:1:1: error CXP0001: the file cannot be read: it is a folder; expected a file");
}
