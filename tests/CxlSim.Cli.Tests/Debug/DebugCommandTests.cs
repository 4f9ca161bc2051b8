using CxlSim.Platform;
using CxlSim.Session;

namespace CxlSim.Cli.Tests;

/// <summary>The commands of <c>cxlsim debug</c>, as scripts give them.</summary>
public sealed class DebugCommandTests : IDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly string _card;

    /// <summary>The steps stand in lines 5 and 6.</summary>
    public DebugCommandTests() => _card = _folder.Write("card.yaml", ScratchFolder.OneCard + """
        steps:
          - create-region: {decoder: decoder0.0}
          - store: {hpa: 0x1000000100, value: 0x11223344}
        """);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Program_ReadsCommandsFromStandardInput_AndEchoesThem()
    {
        ProgramResult result = RealProgram.Shell("printf '# a comment\\n\\nphase\\nquit\\nphase\\n' | $0 debug \"$1\"", _card);

        result.Should().Be(new ProgramResult(0, """
            [    0.000000] event 0 PowerOn: phase PowerOn
            (cxlsim) phase
            [    0.000000] event 1 FirmwareEnumerate: phase FirmwareEnumerate
            (cxlsim) quit

            """, string.Empty));
    }

    /// <summary>Looking at the machine in between does not change what an empty line repeats.</summary>
    [Fact]
    public void EmptyLine_AtATerminal_RepeatsTheLastMovement()
    {
        string[] lines = ["", "step 2", "info queue", "", "zz", "", "back", ""];
        using StringReader input = new(string.Join('\n', lines) + "\n");
        using StringWriter output = new() { NewLine = "\n" };
        DebugSession session = new(PlatformReader.ReadFile(_card).Platform!);

        new DebugConsole(new DebugShell(session, output), _ => input.ReadLine(), output, isTerminal: true).Run().Should().Be(0);

        session.Position.Event.Should().Be(2 + 2 + 2 - 1 - 1);
        output.ToString().Should().NotContain("(cxlsim)", "the terminal echoes what is typed");
    }

    [Fact]
    public void Program_RefusesFilesThatMakeNoSense() => RealProgram.Run("debug", _folder.Write("bad.yaml", "naem: x\n")).ExitCode.Should().Be(2);

    [Theory]
    [InlineData("stpe", "there is no command 'stpe'; the nearest is 'step', and 'help' lists all\n")]
    [InlineData("r", "'r' may be run-until or reverse-continue\n")]
    [InlineData("step x", "found 'x'; expected a number from 1\n")]
    [InlineData("step 0", "found '0'; expected a number from 1\n")]
    [InlineData("next 2", "found '2'; expected nothing\n")]
    [InlineData("run-until soon", "found 'soon'; expected a time such as 20ms, a phase, a milestone or the number of an event\n")]
    [InlineData("run-until 99999999999999999999s", "found '99999999999999999999s'; expected a time*")]
    [InlineData("set /sys/x", "found '/sys/x'; expected 'set PATH VALUE'\n")]
    [InlineData("set /sys/x 1", "there is no kernel yet that could be written to\n")]
    [InlineData("delete 7", "found '7'; expected the number of a breakpoint, or nothing for all\n")]
    [InlineData("break", "found nothing; expected a place to stop at, such as RegionAssembly, mem0 or EBUSY\n")]
    [InlineData("info nothing", "found 'nothing'; expected one of phases, queue, devices, decoders, iomem, regions, blocks, breakpoints, log, script, registers\n")]
    [InlineData("info registers nobody", "found 'nobody'; expected a unit and one of its registers: 'info registers' lists the units\n")]
    [InlineData("info registers card zz", "found 'zz'; expected a register of card, its offset or its place such as config+0x4; 'info registers card' lists them\n")]
    [InlineData("set register", "found 'register'; expected 'set PATH VALUE'\n")]
    [InlineData("set register card 0x4", "found ''; expected a register of card, *")]
    [InlineData("set register card CXL Lock", "found 'card CXL Lock'; expected 'set register UNIT NAME|OFFSET VALUE'\n")]
    [InlineData("set register card CXL Lock 0x10000", "found '0x10000'; expected a value of 2 bytes for CXL Lock\n")]
    [InlineData("set register card 0x4 1", "'0x4' may be config+0x4 Command or device+0x0 Device Capabilities Array\n")]
    [InlineData("set register card CXL 1", "'CXL' may be * or * others\n")]
    [InlineData("set register nobody Command 1", "found 'nobody Command'; expected a unit*")]
    [InlineData("break register nobody", "found the unit of 'nobody'; expected host bridge 5, *")]
    [InlineData("info log x", "found 'log x'; expected one of *")]
    [InlineData("x", "found ''; expected an address*")]
    [InlineData("x/0 0", "found 'x/0 0'; expected 'x/N ADDRESS' with N from 1 to 4096\n")]
    [InlineData("x 0xffffffffffffffff", "nothing answers there\n")]
    [InlineData("x card:1GiB", "card ends before\n")]
    [InlineData("translate zz", "found 'zz'; expected an address*")]
    [InlineData("explain", "nothing to explain before the drivers probe\n")]
    [InlineData("diff", "found ''; expected the number of an event, or of two\n")]
    [InlineData("help nothing", "there is no command 'nothing'; the nearest is *")]
    [InlineData("/", "there is no command ''; the nearest is *")]
    public void Nonsense_IsOneLineAndExitCodeOne(string command, string answer)
    {
        (string output, int code) = DebugScript.Run(_card, command);

        code.Should().Be(1);
        output.Should().Match($"?    0.000000] event 0 PowerOn: phase PowerOn\n(cxlsim) {command}\n{answer}");
    }

    [Fact]
    public void Steps_AreToldAsTheyEnd() => DebugScript.Last(_card, "step-file", "continue").Should().StartWith(
        $"{_card}:6:5: 'store 0x1000000100 0x11223344' ended with Ok (card dpa 0x100)\nnothing is left to do\n");

    [Theory]
    [InlineData("x/4 0x1000000100", "0x1000000100: 44 33 22 11\n")]
    [InlineData("x/4 mem0:0x100", "0x100: 44 33 22 11\n")]
    [InlineData("x/18 card:0xf8", "0xf8: 00 00 00 00 00 00 00 00 44 33 22 11 00 00 00 00\n0x108: 00 00\n")]
    [InlineData("translate 0x1000000100", "0x1000000100  mem0  0x100\n*")]
    [InlineData("translate mem0:0x100", "0x100  0x1000000100\n*")]
    [InlineData("info regions", "region0 Commit 0x1000000000-0x103fffffff x1 of 256: mem0 decoder2.0\n")]
    [InlineData("info devices", "card mem0 0000:11:00.0 1 GiB, * touched\n")]
    [InlineData("info script", "*  bound kmem to dax0.0\n*> step in line 6 of card.yaml\n")]
    [InlineData("info breakpoints", "there are none\n")]
    [InlineData("info registers", "host bridge 5: component\nhost bridge 5 root port 0 0000:10:01.0: config, component\ncard 0000:11:00.0 mem0: config, component, device\n")]
    [InlineData("info registers host bridge 5", "CXL Capability Array\n  component+0x1000 CXL Capability Header 0x05110001: *")]
    [InlineData("i regis mem0 config+0x4", "config+0x4 Command 0x0006\n  bit 0 I/O Space 0\n  bit 1 Memory Space 1\n*")]
    [InlineData("info registers card Memory Device Status", "device+0x8a8 Memory Device Status 0x0000000000000014\n*  bits 3:2 Media Status 1 (ready)\n*")]
    [InlineData("set register card Vendor ID 0", "card Vendor ID was 0x8086, is 0x8086\n?*request write register card Vendor ID 0x0\n")]
    [InlineData("info decoders", "decoder0.0 0x1000000000-0x103fffffff x1 of *")]
    [InlineData("info iomem", "*1000000000-103fffffff : CXL Window 0\n*")]
    [InlineData("info blocks", "RANGE *")]
    [InlineData("info phases", "  PowerOn since 0.000000 s, event 0\n*\n> Running since *")]
    [InlineData("info log 1", "?*] cxl_region region0: probe: 0\n")]
    [InlineData("explain", "*1 GiB in use, 0 B free, 0 B stranded\n*")]
    [InlineData("backtrace", "#0 phase Running, *")]
    [InlineData("diff 5 5", "nothing is different\n")]
    [InlineData("step-file", "that is not ahead of here\n*")]
    public void Looks_ShowTheMachineAsItStands(string command, string answer) => DebugScript.Last(_card, "continue", command).Should().Match(answer);

    [Fact]
    public void Queue_IsWhatIsScheduled()
    {
        DebugScript.Last(_card, "info queue").Should().Be("    0.000000 Thread    thread boot 1\n");
        DebugScript.Last(_card, "continue", "info queue").Should().BeEmpty();
    }

    [Theory]
    [InlineData("NumaNodes")]
    [InlineData("MemoryTiers")]
    public void BlocksBeforeThereAreAny_AreNone(string phase) => DebugScript.Last(_card, $"run-until {phase}", "info blocks").Should().NotContain("RANGE").And.NotContain("bug");

    [Fact]
    public void Diff_SaysWhatAStepDid() =>
        DebugScript.Last(_card, "run-until Running", "break region0", "continue", "delete", "step-file", "diff 1").Should().Contain("\niomem\n").And.Contain("  + 1000000000-103fffffff : CXL Window 0\n");

    [Fact]
    public void WatchedBytes_StopTheRun_ButNotTheLooker()
    {
        (string output, int code) = DebugScript.Run(_card, "break hpa 0x1000000100 r", "break dpa card:0x100 w", "continue", "x 0x1000000100", "info b", "reverse-continue");

        code.Should().Be(0);
        output.Should().Contain("\nbreakpoint 2, dpa card:0x100 w: store 0x1000000100 8 bytes (card dpa 0x100) (number 1)\n")
            .And.Contain("1: hpa 0x1000000100 r, met 0 times since power-on\n2: dpa card:0x100 w, met 1 times since power-on\n")
            .And.EndWith("this is the power-on\n[    0.000000] event 0 PowerOn: phase PowerOn\n");
    }

    [Fact]
    public void WhatIf_ChangesWhatFollows_AndBackUndoesIt()
    {
        const string policy = "set /sys/devices/system/memory/auto_online_blocks offline";
        DebugScript.Last(_card, "run-until Running", policy).Should().StartWith("answered Ok\n");
        DebugScript.Last(_card, "run-until Running", policy, "continue", "info blocks").Should().Contain("0x0000001000000000-0x000000103fffffff   1G offline");
        DebugScript.Last(_card, "run-until Running", policy, "continue", "run-until Running", "info blocks").Should().Contain("1G offline");
        DebugScript.Last(_card, "continue", "info blocks").Should().NotContain("1G offline");
    }

    /// <summary>Firmware's lock is set before the kernel comes: its driver cannot switch CXL.mem on, and everything is told again after going back.</summary>
    [Fact]
    public void WhatIf_OfARegister_GoesThroughTheHardware()
    {
        const string set = "set register card CXL Lock 1";
        DebugScript.Last(_card, "run-until Handoff", set).Should().Match("card CXL Lock was 0x0000, is 0x0001\n?*");
        DebugScript.Last(_card, "run-until Handoff", set, "continue", "info registers card CXL Control").Should().StartWith("config+0x118 CXL Control 0x0002\n");
        DebugScript.Last(_card, "run-until Handoff", set, "continue", "back", "continue", "info registers card CXL Control").Should().StartWith("config+0x118 CXL Control 0x0002\n");
        DebugScript.Last(_card, "continue", "info registers card CXL Control").Should().StartWith("config+0x118 CXL Control 0x0006\n");
    }

    [Fact]
    public void Breakpoint_MeetsWritesOfConfigurationSpace()
    {
        (string output, int code) = DebugScript.Run(_card, "break register card CXL Control mask 4", "continue", "backtrace", "info registers card CXL Control", "diff 1");

        code.Should().Be(0);
        output.Should().Contain("\nbreakpoint 1, register card CXL Control mask 4: register card CXL Control 0x6 (number 1)\n").And.Contain("\n#0 ").And.Contain("\n  bit 2 Mem Enable 1\n")
            .And.Contain("  + card config+0x118 0x00000006 CXL Control, CXL Status\n");
    }

    [Fact]
    public void Help_ListsEachCommand_AndTellsOfOne()
    {
        DebugScript.Last(_card, "help").Split('\n').Should().Contain(line => line.StartsWith("s    step [N] ", StringComparison.Ordinal)).And.HaveCountGreaterThan(20);
        DebugScript.Last(_card, "help rc").Should().Be("reverse-continue (short: rc)\n  Go back to the last breakpoint met before here.\n");
        DebugScript.Last(_card, "help break").Should().Contain("hpa ADDRESS[+LENGTH] [r|w|rw]");
    }
}
