namespace CxlSim.Cli.Tests;

/// <summary>The debugger at a real terminal: a pseudo terminal that python3 opens.</summary>
public sealed class DebugTerminalTests : IDisposable
{
    private const string Up = @"\x1bOA";

    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Lines_AreEdited_Completed_Repeated_AndKept()
    {
        string card = _folder.Write("card.yaml", ScratchFolder.OneCard);

        ProgramResult first = Type(card, "wait (cxlsim) ", @"type ph\x01\x05a\t\r", "wait event 1 ", "wait (cxlsim) ", @"type \r", "wait event 3 ", "wait (cxlsim) ", @"type hel\x03", "wait ^C", "wait (cxlsim) ", @"type \x04");
        first.ExitCode.Should().Be(0, first.Output);
        first.Output.Should().Contain("FirmwareEnumerate").And.Contain("FirmwareTables").And.Contain("hel^C");
        File.ReadAllLines(_folder["cxlsim/debug_history"]).Should().Equal("phase");

        ProgramResult second = Type(card, "wait (cxlsim) ", $@"type {Up}\r", "wait event 1 ", "wait (cxlsim) ", @"type quix\x7ft\r");
        second.ExitCode.Should().Be(0, second.Output);
        File.ReadAllLines(_folder["cxlsim/debug_history"]).Should().Equal("phase", "quit");
    }

    /// <summary>Each of the steps takes all of CXL away or brings it back: together they last much longer than it takes to press a key.</summary>
    [Fact]
    public void CtrlC_StopsALongRunWhereItIs()
    {
        const string step = "  - write: {path: /sys/bus/platform/drivers/cxl_acpi/ACT, value: 'ACPI0017:00'}\n";
        string round = step.Replace("ACT", "unbind", StringComparison.Ordinal) + step.Replace("ACT", "bind", StringComparison.Ordinal);
        string ports = string.Join(", ", Enumerable.Range(0, 8).Select(i => $"{{at: {i + 1:d2}.0, port: {i}, type3: {{volatile: 1GiB}}}}"));
        string cards = _folder.Write("long.yaml", $"host_bridges: [{{uid: 5, bus: 0x10, root_ports: [{ports}]}}]\nsteps:\n" + string.Concat(Enumerable.Repeat(round, 5000)));

        ProgramResult result = Type(cards, "wait (cxlsim) ", @"type continue\r", @"wait continue\x1b[J\r\n", "pause 1", @"type \x03", "wait interrupted", "wait (cxlsim) ", @"type info phases\r", "wait Running", "wait (cxlsim) ", @"type q\r");

        result.ExitCode.Should().Be(0, result.Output);
        result.Output.Should().NotContain("nothing is left to do");
    }

    private ProgramResult Type(string platform, params string[] acts) =>
        RealProgram.Shell($"printf '%s\\n' \"${{@:2}}\" | XDG_STATE_HOME='{_folder["."]}' {RepositoryRoot.File("tests/scripts/at-terminal")} $0 debug \"$1\"", [platform, .. acts]);
}
