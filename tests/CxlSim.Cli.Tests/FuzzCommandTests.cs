namespace CxlSim.Cli.Tests;

/// <summary><c>cxlsim fuzz</c> as a user calls it. What is held, and how a case is made small, <c>CxlSim.Session.Tests</c> tests.</summary>
public class FuzzCommandTests
{
    private const string Hint = "cxlsim: see 'cxlsim --help' and 'cxlsim fuzz --help'";

    /// <summary>A window over DRAM, of which the board warns: what is stored in the region arrives in DRAM.</summary>
    private const string WindowOverDram = """
        platform:
          memory: {dram: 8GiB}
          host_bridges: [{uid: 1, bus: 0x10, root_ports: [{type3: {volatile: 256MiB}}]}]
          windows: [{base: 0x140000000, targets: [1]}]
        steps: [{create-region: {decoder: decoder0.0}}]
        """;

    [Fact]
    public void FewCases_FindNothing_AndLeaveNoFile()
    {
        using ScratchFolder folder = new();

        ProgramResult result = RealProgram.Run("fuzz", "--seed", "3", "--cases", "4", "--out", folder["found"]);

        result.Should().Be(new ProgramResult(0, "", "cxlsim: 4 cases from seed 3 on: nothing found\n"));
        Directory.Exists(folder["found"]).Should().BeFalse();
    }

    [Fact]
    public void FileThatBreaksAnInvariant_IsNotAsExpected()
    {
        using ScratchFolder folder = new();
        string file = folder.Write("over-dram.yaml", WindowOverDram);

        ProgramResult result = RealProgram.Run("fuzz", file);

        result.ExitCode.Should().Be(1, result.Error);
        result.Output.Should().StartWith("over-dram: bytes-arrive: after step 1, region0: ");
    }

    [Fact]
    public void List_SaysWhatIsHeld() => RealProgram.Run("fuzz", "--list").Output.Split('\n').Should().Contain(line => line.StartsWith("bytes-arrive ", StringComparison.Ordinal));

    [Fact]
    public void Time_NeedsAUnit() => RealProgram.Run("fuzz", "--time", "10").ShouldBeRefused("cxlsim: found the time '10'; expected a number with s, m or h: 10m", Hint);

    [Fact]
    public void CasesAndTime_AreOneTooMany() => RealProgram.Run("fuzz", "--cases", "1", "--time", "1s").ShouldBeRefused("cxlsim: found --cases and --time; expected one of them", Hint);

    [Fact]
    public void NoCases_AreRefused() => RealProgram.Run("fuzz", "--cases", "0").ShouldBeRefused("cxlsim: found '0' for --cases; expected a number from 1 to 2147483647", Hint);

    [Fact]
    public void UnknownOption_IsNamed() => RealProgram.Run("fuzz", "--bogus").ShouldBeRefused("cxlsim: unknown option '--bogus'", Hint);
}
