namespace CxlSim.Cli.Tests;

/// <summary>Output that goes nowhere: a full disk is one of the ways a CI log ends.</summary>
public class StandardStreamTests
{
    [Theory]
    [InlineData("list '$1'")]
    [InlineData("run '$1'")]
    [InlineData("show lsmem '$1'")]
    [InlineData("translate '$1' 0x1000")]
    [InlineData("--help")]
    public void AFullDisk_IsSaid(string command)
    {
        ProgramResult result = RealProgram.Shell($"$0 {command.Replace("$1", RealProgram.Platform("qemu-single"), StringComparison.Ordinal)} > /dev/full");

        result.ExitCode.Should().Be(2, result.Error);
        result.Error.Should().EndWith("cxlsim: the output cannot be written: No space left on device\n");
    }

    [Fact]
    public void AFileThatCannotBeMade_IsSaidByItsName() =>
        RealProgram.Run("run", RealProgram.Platform("qemu-single"), "--dmesg", "/proc/nowhere").Error.Should().StartWith("cxlsim: the output cannot be written: Could not find file '/proc/nowhere'.\n");

    [Fact]
    public void OutputThatIsClosed_IsSaid()
    {
        ProgramResult result = RealProgram.Shell($"$0 list '{RealProgram.Platform("qemu-single")}' >&-");

        (result.ExitCode, result.Error).Should().Be((2, "cxlsim: the output cannot be written: Access to the path is denied.\n"));
    }

    [Fact]
    public void ErrorsThatNobodyTakes_EndTheProgram() =>
        RealProgram.Shell($"$0 run '{RealProgram.Platform("qemu-single")}' 2> /dev/full").ExitCode.Should().Be(2);
}
