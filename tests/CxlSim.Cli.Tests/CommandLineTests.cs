namespace CxlSim.Cli.Tests;

/// <summary>Command lines, right and wrong.</summary>
public class CommandLineTests
{
    private const string Hint = "cxlsim: see 'cxlsim --help' and 'cxlsim run --help'";

    /// <summary>Usage with the names of 23 phases in it runs off every terminal.</summary>
    [Fact]
    public void HelpOfRun_NamesEveryOption()
    {
        ProgramResult result = RealProgram.Run("run", "--help");
        result.ExitCode.Should().Be(0);
        foreach (string usage in new[] { "--log-level <level>", "--until <name>", "--seed <number>", "--dmesg <file>", "--trace <file>", "--record <file>", "--json", "--quiet" })
        {
            result.Output.Should().MatchRegex($"(?m)^  {usage}  +[A-Z0]");
        }

        result.Output.Should().Contain("SoftReservedFallback").And.Contain("MemoryOnline");
    }

    [Fact]
    public void UnknownCommand_IsNamed() => RealProgram.Run("rnu", "p.yaml").ShouldBeRefused("cxlsim: unknown command 'rnu'; did you mean 'run'?", Hint);

    [Fact]
    public void NoCommand_IsRefused() => RealProgram.Run().ShouldBeRefused("cxlsim: found no command; begin with 'cxlsim new my-machine.yaml', or boot a platform: 'cxlsim run PLATFORM.yaml'", Hint);

    [Fact]
    public void NoPlatform_IsRefused() => RealProgram.Run("run").ShouldBeRefused("cxlsim: found no platform: the platform file (YAML); for example: cxlsim run platforms/qemu-single.yaml", Hint);

    [Theory]
    [InlineData("--bogus", "p.yaml")]
    [InlineData("p.yaml", "--bogus")]
    public void UnknownOption_IsNamed(string first, string second)
    {
        ProgramResult result = RealProgram.Run("run", first, second);
        (result.ExitCode, result.Output).Should().Be((2, ""));
        result.Error.Should().Contain("'--bogus'").And.EndWith(Hint + "\n").And.NotContain("'p.yaml'");
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("-1")]
    [InlineData("18446744073709551616")]
    public void Seed_IsAWholeNumber(string seed) => RealProgram.Run("run", "p.yaml", "--seed", seed).ShouldBeRefused(
        $"cxlsim: found the seed '{seed}'; expected a whole number from 0 to 18446744073709551615", Hint);

    [Theory]
    [InlineData("--until", "Nowhere", "'MemoryOnline'")]
    [InlineData("--log-level", "loud", "'warning'")]
    public void WordFromAList_IsOneOfThem(string option, string word, string listed)
    {
        ProgramResult result = RealProgram.Run("run", "p.yaml", option, word);
        (result.ExitCode, result.Output).Should().Be((2, ""));
        result.Error.Should().Contain($"'{word}'").And.Contain(listed);
    }

    [Theory]
    [InlineData("--dmesg", "/nowhere/dmesg", "Could not find a part of the path '/nowhere/dmesg'.")]
    [InlineData("--trace", "/dev", "Access to the path '/dev' is denied.")]
    [InlineData("--dmesg", "/dev/full", "No space left on device : '/dev/full'")]
    [InlineData("--trace", "/dev/full", "No space left on device : '/dev/full'")]
    public void FileThatCannotBeWritten_IsRefused(string option, string file, string reason) =>
        RealProgram.Run("run", RealProgram.Platform("qemu-single"), "--log-level", "none", option, file)
            .ShouldBeRefused($"cxlsim: the output cannot be written: {reason}");

    [Fact]
    public void EmptyFileName_IsRefused()
    {
        ProgramResult result = RealProgram.Run("run", RealProgram.Platform("qemu-single"), "--log-level", "none", "--dmesg", "");
        (result.ExitCode, result.Output).Should().Be((2, ""));
        result.Error.Should().StartWith("cxlsim: found an empty name for --dmesg; expected one\n");
    }
}
