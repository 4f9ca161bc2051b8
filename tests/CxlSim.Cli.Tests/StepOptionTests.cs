using System.Text.Json;

namespace CxlSim.Cli.Tests;

/// <summary>Steps on the command line of <c>run</c>.</summary>
public class StepOptionTests
{
    private const string Platform = ScratchFolder.OneCard + "steps: [create-region: {decoder: decoder0.0}]\n";

    /// <summary>They come after those of the file, in their order.</summary>
    [Fact]
    public void Steps_FollowThoseOfTheFile()
    {
        using ScratchFolder folder = new();
        ProgramResult result = RealProgram.Run(
            "run", folder.Write("p.yaml", Platform), "--json", "--log-level", "none",
            "--step", "offline-memory: dax0.0", "--step", "{reconfigure-device: {device: dax0.0, mode: devdax}}");

        result.ExitCode.Should().Be(0, result.Error);
        JsonDocument.Parse(result.Output).RootElement.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("step").GetString())
            .Should().Equal("create-region decoder0.0 ram", "offline-memory dax0.0", "reconfigure-device dax0.0 -m devdax");
    }

    /// <summary>What is wrong is said as of a file, before anything runs.</summary>
    [Fact]
    public void StepThatMakesNoSense_IsBadInput()
    {
        using ScratchFolder folder = new();
        ProgramResult result = RealProgram.Run("run", folder.Write("p.yaml", Platform), "--log-level", "none", "--step", "offline-memory: dax0.0", "--step", "offlin: dax0.0");

        result.ExitCode.Should().Be(2);
        result.Error.Should().StartWith("--step 2:1:1: error CXP0027: unknown verb 'offlin'");
        RealProgram.Run("run", folder["p.yaml"], "--log-level", "none", "--step", "").Error.Should().StartWith("--step 1:1:1: error CXP0004: found no step; expected one such as 'online: memory34'");
    }

    /// <summary>As of 'run': the file makes sense, and what it asks for was tried.</summary>
    [Theory]
    [InlineData("list", "--steps")]
    [InlineData("show", "lsmem", "--steps")]
    [InlineData("translate", "0x1000")]
    [InlineData("mlc")]
    public void StepThatFails_EndsCommandsThatShowTheMachine(params string[] command)
    {
        using ScratchFolder folder = new();
        string file = folder.Write("p.yaml", Platform.Replace("decoder0.0}]", "decoder0.0}, {offline: memory9999}]", StringComparison.Ordinal));
        int at = command[0] == "show" ? 2 : 1;

        ProgramResult result = RealProgram.Run([.. command[..at], file, .. command[at..]]);

        (result.ExitCode, result.Output).Should().Be((1, ""), result.Error);
    }

    [Fact]
    public void StepThatIsRefused_SaysWhy()
    {
        using ScratchFolder folder = new();
        ProgramResult result = RealProgram.Run("run", folder.Write("p.yaml", Platform), "--log-level", "none", "--step", "reconfigure-device: {device: dax0.0, mode: devdax}");

        result.ExitCode.Should().Be(1);
        result.Error.Should().StartWith("--step 1:1:1: 'reconfigure-device dax0.0 -m devdax' ended with EBUSY; expected Ok\n  CXK0176 ");
    }
}
