namespace CxlSim.Session.Tests;

/// <summary>A run as lines that a cursor goes through.</summary>
public class BootScriptTests
{
    private const string Platform = Given.OneCard + """

        steps:
          - create-region: {decoder: decoder0.0}
          - {write: {path: /sys/bus/cxl/devices/region0/commit, value: maybe}, expect: EINVAL}
        """;

    [Fact]
    public void Lines_ArePhasesFunctionsAndWhatHappens_InTheirOrder()
    {
        string[] lines = new DebugSession(Given.Described(Platform)).Script().ToString().Split('\n');

        lines[0].Should().Be("PowerOn                                                         hardware and firmware of the board");
        lines.Should().ContainInOrder(
            "  created /devices/system/cpu/cpu0 and 1 more",
            "DriverProbe                                                     kernel/module/main.c",
            "    cxl_acpi_probe ACPI0017:00                                  drivers/cxl/acpi.c",
            "      created /devices/platform/ACPI0017:00/root0",
            "    cxl_mem_probe mem0                                          drivers/cxl/mem.c",
            "Running",
            "step in line 7 of p.yaml",
            "    cxl_decoder_commit decoder2.0                               drivers/cxl/core/hdm.c",
            "          memory_block_online memory513 and 6 more              drivers/base/memory.c",
            "step in line 8 of p.yaml");
        lines.Should().ContainMatch("  created /devices/system/memory/memory0 and * more", "blocks that come together are one line");
    }

    [Fact]
    public void EachLine_CanBeStoppedAt_AndIsTheCursorThere()
    {
        DebugSession session = new(Given.Described(Platform));
        BootScript script = session.Script();

        for (int index = 1; index < script.Lines.Count; index++)
        {
            Breakpoint breakpoint = session.Break(script.Lines[index]);
            DebugStop stop = session.Continue();

            stop.Hits.Should().ContainSingle(hit => hit.Breakpoint == breakpoint, script.Lines[index].Text);
            session.Position.Should().Be(script.Lines[index].Position, script.Lines[index].Text);
            script.Lines[script.IndexOf(stop.Hits[0], session.Position)].Text.Should().Be(script.Lines[index].Text);
            session.Delete(breakpoint.Number);
            session.Back(int.MaxValue);
        }
    }

    [Fact]
    public void Script_TellsTheStoryOfWhatIsSet()
    {
        DebugSession session = new(Given.Described(Platform));
        session.RunUntil("Running");
        session.Set("/sys/bus/cxl/devices/decoder0.0/create_ram_region", "region7", out _);

        session.Script().ToString().Should().Contain("wrote region7 to /sys/bus/cxl/devices/decoder0.0/create_ram_region: ");
    }

    [Fact]
    public void GoTo_TravelsBothWays()
    {
        DebugSession session = new(Given.Described(Platform));
        BootScript script = session.Script();
        DebugPosition late = script.Lines[^1].Position;
        DebugPosition early = script.Lines[script.Lines.Count / 2].Position;

        session.GoTo(late).Reason.Should().Be(DebugStopReason.Arrived);
        string hash = session.TraceHash;
        session.GoTo(early);
        session.Position.Should().Be(early);
        session.GoTo(late);

        session.TraceHash.Should().Be(hash);
    }

    [Fact]
    public void Interruption_StopsWhereTheMachineIs()
    {
        DebugSession session = new(Given.Described(Platform));
        int asked = 0;
        session.IsInterrupted = () => ++asked == 10;

        session.Continue().Reason.Should().Be(DebugStopReason.Interrupted);

        session.Position.Event.Should().BeInRange(5, 11);
        session.Continue().Reason.Should().Be(DebugStopReason.End);
    }
}
