using System.Text.Json;

namespace CxlSim.Cli.Tests;

/// <summary><c>cxlsim diff</c> as a user calls it. What it says of machines, <c>CxlSim.Views.Tests</c> tests.</summary>
public class DiffCommandTests
{
    private const string Hint = "cxlsim: see 'cxlsim --help' and 'cxlsim diff --help'";

    private static readonly string Single = RealProgram.Platform("qemu-single");

    [Fact]
    public void SameMachine_IsNoDifference() => RealProgram.Run("diff", Single, Single, "--log").Should().Be(new ProgramResult(0, $"--- {Single}\n+++ {Single}\n\nNothing is different.\n", ""));

    [Fact]
    public void OnlinePolicies_Differ()
    {
        ProgramResult result = RealProgram.Run("diff", Single, "--set", "kernel.cmdline=memhp_default_state=online_movable");

        (result.ExitCode, result.Error).Should().Be((1, ""));
        result.Output.Should().StartWith($"--- {Single}\n+++ {Single} --set kernel.cmdline=memhp_default_state=online_movable\n\nmemory blocks\n")
            .And.Contain("\n  ~ memory146-149: online in Normal of node1 -> online in Movable of node1\n")
            .And.Contain("\n  + node1 Movable: 512 MiB present, 512 MiB managed\n").And.NotContain("kernel log");
    }

    [Fact]
    public void TwoFiles_AreCompared()
    {
        using ScratchFolder folder = new();
        string text = File.ReadAllText(Single);
        File.WriteAllText(folder["b.yaml"], text.Replace("size: 512MiB", "size: 256MiB", StringComparison.Ordinal));

        ProgramResult result = RealProgram.Run("diff", Single, folder["b.yaml"], "--format", "json");

        result.ExitCode.Should().Be(1, result.Error);
        using JsonDocument json = JsonDocument.Parse(result.Output);
        json.RootElement.GetProperty("same").GetBoolean().Should().BeFalse();
        JsonElement blocks = json.RootElement.GetProperty("groups").EnumerateArray().Single(group => group.GetProperty("name").GetString() == "memory blocks");
        JsonElement entry = blocks.GetProperty("entries").EnumerateArray().Single();
        entry.ToString().Should().Match("*\"gone\"*\"memory148-149\"*\"online in Normal of node1\"*null*");
    }

    /// <summary>Steps make the region that the policy is about.</summary>
    [Fact]
    public void WithoutSteps_ThereIsLessToCompare()
    {
        ProgramResult result = RealProgram.Run("diff", Single, "--append", "memhp_default_state=offline", "--no-steps");

        result.Output.Should().Be($"--- {Single}\n+++ {Single} --append memhp_default_state=offline\n\nobjects\n  ~ /sys/devices/system/memory/auto_online_blocks: online -> offline\n");
    }

    [Fact]
    public void Log_IsComparedOnDemand() => RealProgram.Run("diff", Single, "--append", "quiet", "--log").Output.Should().Contain("\nkernel log\n").And.Contain(" quiet\n");

    [Fact]
    public void OneMachine_IsRefused() => RealProgram.Run("diff", Single).ShouldBeRefused("cxlsim: found one machine; expected a second platform file, --set or --append", Hint);

    [Fact]
    public void UnknownOption_IsNamed() => RealProgram.Run("diff", Single, "--bogus").ShouldBeRefused("cxlsim: unknown option '--bogus'", Hint);

    [Fact]
    public void BadFile_IsBadInput() => RealProgram.Run("diff", Single, "nowhere.yaml").ExitCode.Should().Be(2);
}
