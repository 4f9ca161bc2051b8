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
