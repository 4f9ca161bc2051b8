namespace CxlSim.Cli.Tests;

/// <summary><c>--set</c> in every command that takes a platform file.</summary>
public class SetOptionTests
{
    private static readonly string Single = RealProgram.Platform("qemu-single");

    [Theory]
    [InlineData("run")]
    [InlineData("check")]
    [InlineData("explain")]
    [InlineData("diff")]
    [InlineData("list")]
    [InlineData("translate")]
    [InlineData("show", "iomem")]
    [InlineData("tables", "show")]
    public void WrongSetting_IsPlaced(params string[] command)
    {
        ProgramResult result = RealProgram.Run([.. command, Single, "--set", "name=fine", "--set", "windows[0].size=much"]);

        result.ExitCode.Should().Be(2);
        (result.Output + result.Error).Should().StartWith("--set:2:17: error CXP0006: found 'much' for 'size'; expected ");
    }

    [Fact]
    public void Run_BootsWhatIsSet() => RealProgram.Run("run", Single, "--log-level", "none", "--json", "--set", "name=other", "--set", "kernel.version=7.2").Output
        .Should().Contain("\"platform\": \"other\"").And.Contain("\"kernel\": \"7.2\"");

    [Fact]
    public void Show_ShowsWhatIsSet() => RealProgram.Run("show", "cmdline", Single, "--set", "kernel.cmdline=a=b c").Output.Should().Be("a=b c\n");

    [Fact]
    public void Tables_AreOfWhatIsSet() =>
        RealProgram.Run("tables", "show", Single, "CEDT", "--set", "windows[0].size=8GiB").Output.Should().Contain("--set:1:17").And.MatchRegex("(?i)0x0*200000000");
}
