using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Kernel;
using CxlSim.Machine;
using CxlSim.Views;

namespace CxlSim.Session.Tests;

/// <summary>Moving about in a run: forward by events, phases and steps of the file, and back.</summary>
public class DebugSessionTests
{
    private const string WithSteps = Given.OneCard + """

        steps:
          - create-region: {decoder: decoder0.0}
          - store: {hpa: 0x1000000000, value: 0x55}
        """;

    private static DebugSession Session(string platform = WithSteps) => new(Given.Described(platform));

    [Fact]
    public void Begins_AtPowerOn()
    {
        DebugSession session = Session();

        session.Position.Should().Be(DebugPosition.Zero);
        session.Machine.Phase.Should().Be(Phase.PowerOn);
    }

    [Fact]
    public void Continue_IsTheRunOfTheMachine_WithTheSameTrace()
    {
        DebugSession session = Session();
        List<string> trace = [];
        MachineSession plain = new(new SimulatedMachine(Given.Described(WithSteps)));
        plain.Machine.Simulation.AddSink(new Lines(trace));
        plain.Boot();
        StepRunner runner = new(plain);
        StepOutcome[] steps = [.. plain.Machine.Platform.Steps.Select(runner.Run)];

        session.Continue().Reason.Should().Be(DebugStopReason.End);

        session.Records.Select(record => TraceText.Line(record.Time, record.Position.Event, record.Record)).Should().Equal(trace);
        session.Steps.Select(step => (step.Text, step.Error)).Should().Equal(steps.Select(step => (step.Text, step.Error)));
        MachineDump.Render(session.Machine).Should().Be(MachineDump.Render(plain.Machine));
    }

    [Fact]
    public void WhoActsBesideTheStory_LeavesNoTraceInIt()
    {
        DebugSession session = Session();
        session.Continue();
        (string hash, int count) = (session.TraceHash, session.Records.Count);

        session.Session.Write("/sys/devices/system/memory/auto_online_blocks", "online").Should().Be(Errno.Ok);
        session.Session.Write("/sys/bus/cxl/devices/region0/size", "7").Should().NotBe(Errno.Ok);

        session.Records.Should().HaveCount(count);
        session.Back();
        session.Step();
        session.TraceHash.Should().Be(hash);
    }

    [Fact]
    public void Interruption_StopsWhereItIs_AndGoingOnGoesOn()
    {
        bool isInterrupted = false;
        int asked = 0;
        DebugSession session = new(Given.Described(WithSteps)) { IsInterrupted = () => ++asked > 50 && isInterrupted };
        isInterrupted = true;

        session.Continue().Reason.Should().Be(DebugStopReason.Interrupted);
        session.Position.Event.Should().Be(50);

        isInterrupted = false;
        session.Continue().Reason.Should().Be(DebugStopReason.End);
        MachineDump.Render(session.Machine).Should().Be(MachineDump.Render(Ended().Machine));

        static DebugSession Ended()
        {
            DebugSession plain = Session();
            plain.Continue();
            return plain;
        }
    }

    /// <summary>Going back begins at power-on: who interrupts that is where he was.</summary>
    [Fact]
    public void Interruption_OnTheWayBackToHere_MovesNothing()
    {
        bool isInterrupted = false;
        DebugSession session = new(Given.Described(WithSteps)) { IsInterrupted = () => isInterrupted };
        session.RunUntil("Running");
        session.Step(4);
        DebugPosition inside = session.Position;
        session.Steps.Should().BeEmpty("it stands inside the first step");
        isInterrupted = true;

        session.Continue().Reason.Should().Be(DebugStopReason.Interrupted);
        session.Position.Should().Be(inside);
        session.Back().Reason.Should().Be(DebugStopReason.Interrupted);
        session.Position.Should().Be(inside);

        isInterrupted = false;
        session.Continue().Reason.Should().Be(DebugStopReason.End);
        session.Steps.Should().HaveCount(2);
    }

    [Fact]
    public void Step_TakesOneEvent_AndBackTakesItBack()
    {
        DebugSession session = Session();
        session.Step(12);
        (string dump, string hash) = (MachineDump.Render(session.Machine), session.TraceHash);

        session.Step();
        session.Position.Event.Should().Be(13);
        session.Back();

        session.Position.Event.Should().Be(12);
        (MachineDump.Render(session.Machine), session.TraceHash).Should().Be((dump, hash));
    }

    [Fact]
    public void Phase_GoesToTheNext_AndBackPhaseToTheOneBefore()
    {
        DebugSession session = Session();
        session.NextPhase();
        session.Machine.Phase.Should().Be(Phase.FirmwareEnumerate);
        session.RunUntil("NumaNodes").Reason.Should().Be(DebugStopReason.Arrived);
        session.Machine.Phase.Should().Be(Phase.NumaNodes);

        session.BackPhase();

        session.Machine.Phase.Should().Be(Phase.MemoryMap);
    }

    [Fact]
    public void RunUntil_KnowsTimesAndEvents()
    {
        DebugSession session = Session();
        session.RunUntil(15L).Reason.Should().Be(DebugStopReason.Arrived);
        session.Position.Event.Should().Be(15);
        session.RunUntil(15L).Reason.Should().Be(DebugStopReason.NotAhead);

        SimTime time = session.Machine.Simulation.Now + SimDuration.Milliseconds(5);

        session.RunUntil(time).Reason.Should().Be(DebugStopReason.Arrived);

        session.Machine.Simulation.Now.Should().BeGreaterThanOrEqualTo(time);
        session.Back();
        session.Machine.Simulation.Now.Should().BeLessThan(time);
    }

    [Fact]
    public void Next_StopsWhereSomethingHappensToAnObject()
    {
        DebugSession session = Session();
        session.RunUntil("DriverProbe");

        session.Next();

        session.Latest.Should().Contain(record => record.Record is ObjectCreated || record.Record is DriverBound || record.Record is MilestoneReached);
    }

    [Fact]
    public void Finish_LeavesTheInnermostFunction()
    {
        DebugSession session = Session();
        session.Break("cxl_pci_probe", out _);
        session.Continue();
        session.Frames.Select(frame => frame.Function).Should().Contain("cxl_pci_probe");
        session.Delete(1);

        session.Finish().Reason.Should().Be(DebugStopReason.Arrived);

        session.Frames.Select(frame => frame.Function).Should().NotContain("cxl_pci_probe");
    }

    [Fact]
    public void StepFile_DoesOneStep()
    {
        DebugSession session = Session();

        session.StepFile();
        session.Steps.Should().ContainSingle().Which.IsAsExpected.Should().BeTrue();
        session.StepFile();

        session.Steps.Should().HaveCount(2);
        session.StepFile().Reason.Should().Be(DebugStopReason.NotAhead);
        session.Machine.Resolve(new Hpa(0x1000000000)).Should().Be(new DataPathTarget("card", Dpa.Zero));
    }

    [Fact]
    public void InsideAStep_OneEventIsOneEvent()
    {
        DebugSession session = Session();
        session.RunUntil("Running");
        long start = session.Position.Event;
        session.Step(5);
        session.Steps.Should().BeEmpty("the region is in the making");
        session.Position.Event.Should().BeInRange(start + 3, start + 5);
        string hash = session.TraceHash;

        session.Step(3);
        session.Back(3);

        session.TraceHash.Should().Be(hash);
        session.Continue().Reason.Should().Be(DebugStopReason.End);
        session.Steps.Should().HaveCount(2).And.OnlyContain(step => step.IsAsExpected);
    }

    [Fact]
    public void Set_IsPartOfTheStory_UntilSomethingElseIsSetBefore()
    {
        const string online = "/sys/devices/system/memory/auto_online_blocks";
        DebugSession session = Session();
        session.RunUntil("Running");
        DebugPosition before = session.Position;
        session.Set(online, "offline", out Errno? error).Reason.Should().Be(DebugStopReason.Arrived);
        error.Should().Be(Errno.Ok);
        session.Session.Kernel.Sysfs.Read(online).Text.Should().Be("offline");

        session.Back();
        session.Position.Should().Be(before);
        session.Session.Kernel.Sysfs.Read(online).Text.Should().Be("online");
        session.Step();
        session.Session.Kernel.Sysfs.Read(online).Text.Should().Be("offline", "the story is told again");

        session.Back();
        session.Set(online, "online_movable", out _);
        session.Session.Kernel.Sysfs.Read(online).Text.Should().Be("online_movable");
    }

    [Fact]
    public void Set_AnswersLikeTheKernel_AndNotBeforeThereIsOne()
    {
        DebugSession session = Session();
        session.Set("/sys/devices/system/memory/auto_online_blocks", "offline", out Errno? early).Reason.Should().Be(DebugStopReason.NotAhead);
        early.Should().Be(Errno.ENXIO);
        session.RunUntil("Running");

        session.Set("/sys/devices/system/memory/auto_online_blocks", "perhaps", out Errno? error);

        error.Should().Be(Errno.EINVAL);
    }

    [Fact]
    public void SetRegister_IsPartOfTheStory_LikeAnAttribute()
    {
        DebugSession session = Session();
        session.RunUntil("Running");
        DebugPosition before = session.Position;
        string dump = MachineDump.Render(session.Machine);

        DebugStop stop = SetRegister(session, "card", "CXL Range 1 Base High", 0x10, out RegisterWriteRequest? write);

        stop.Reason.Should().Be(DebugStopReason.Arrived);
        (write!.Before, write.After).Should().Be((0UL, 0x10UL));
        session.Latest.Last().Record.Should().Be(new RequestServed("write register card CXL Range 1 Base High 0x10"));
        MachineDump.Compare(dump, MachineDump.Render(session.Machine)).Should().Contain("registers\n  + card config+0x12c 0x00000010 CXL Range 1 Base High\n");
        session.Back();
        session.Position.Should().Be(before);
        MachineDump.Render(session.Machine).Should().Be(dump);
        session.Step();
        session.Continue();
        session.Machine.RegisterUnits.Single(unit => unit.Name == "card").Registers.Single(register => register.Name == "CXL Range 1 Base High").Value.Should().Be(0x10, "the story is told again");

        session.Back(100_000);
        session.Set("/sys/nothing", "1", out _).Reason.Should().Be(DebugStopReason.NotAhead, "there is no kernel yet");
        SetRegister(session, "card", "CXL Lock", 1, out _);
        session.Continue();
        session.Machine.RegisterUnits.Single(unit => unit.Name == "card").Registers.Single(register => register.Name == "CXL Range 1 Base High").Value.Should().Be(0, "something else was set before");
    }

    /// <summary>Firmware lets a decoder begin in volatile memory and end in persistent: no region has it, its poison is not listed, and nobody gets its bytes a second time.</summary>
    [Theory]
    [InlineData("6.12", "mixed")]
    [InlineData("7.2", "none")]
    public void DecoderOfBothKindsOfMemory_IsLeftAlone(string version, string mode)
    {
        DebugSession session = Session($$$"""
            kernel: {version: "{{{version}}}"}
            firmware: {decoders: programmed}
            host_bridges: [{uid: 1, bus: 0x10, root_ports: [{type3: {id: card, volatile: 1GiB, persistent: 1GiB}}]}]
            windows: [{base: 0x1000000000, size: 4GiB, targets: [1]}]
            """);
        session.RunUntil("Handoff");
        foreach ((string register, ulong value) in new[] { ("HDM Decoder 0 Control", 0x1000UL), ("HDM Decoder 0 Size Low", 0x8000_0000UL), ("HDM Decoder 0 Control", 0x1200UL) })
        {
            SetRegister(session, "card", register, value, out _);
        }

        session.Continue();
        session.Set("/sys/bus/cxl/devices/mem0/trigger_poison_list", "1", out Errno? listed);
        session.Set("/sys/bus/cxl/devices/decoder2.1/mode", "ram", out _);
        session.Set("/sys/bus/cxl/devices/decoder2.1/dpa_size", "0x10000000", out Errno? allocated);

        LinuxKernel kernel = session.Machine.Kernel!;
        kernel.Sysfs.Read("/sys/bus/cxl/devices/decoder2.0/mode").Text.Should().Be(mode);
        kernel.Cxl.Bus.Devices.OfType<CxlRegion>().Should().BeEmpty();
        (listed, allocated).Should().Be((Errno.Ok, Errno.ENOSPC));
    }

    /// <summary>A decoder that is taken away below a running kernel: the data path obeys the register, the kernel does not know.</summary>
    [Fact]
    public void SetRegister_ActsOnTheDataPath()
    {
        DebugSession session = Session();
        session.StepFile();
        session.Machine.Resolve(new Hpa(0x1000000000)).Should().NotBeNull();

        SetRegister(session, "card", "HDM Decoder 0 Control", 0, out _);

        session.Machine.Resolve(new Hpa(0x1000000000)).Should().BeNull();
        session.Continue();
        session.Steps[^1].IsAsExpected.Should().BeFalse("nothing answers the store");
        session.Back();
        session.BackPhase();
        session.Steps.Should().BeEmpty();
    }

    /// <summary>Inside a step of the file going on means a run anew, which writes the register there again.</summary>
    [Fact]
    public void SetRegister_InsideAStep()
    {
        DebugSession session = Session();
        session.Break("register card Decoder 0 Control mask 0x200", out _);
        session.Continue().Reason.Should().Be(DebugStopReason.Breakpoint);
        session.Steps.Should().BeEmpty("the region is in the making");

        SetRegister(session, "card", "HDM Decoder 0 Size Low", 0, out RegisterWriteRequest? write);

        (write!.Before, write.After).Should().Be((0x40000000UL, 0UL));
        session.Delete(1);
        session.Continue();
        session.Steps[0].IsAsExpected.Should().BeFalse("the hardware commits no decoder without a size");
    }

    [Fact]
    public void Dumps_OfTwoPointsSayWhatChanged()
    {
        DebugSession session = Session();
        session.RunUntil("Running");
        string before = MachineDump.Render(session.Machine);
        session.DumpAt(session.Position.Event).Should().Be(before);
        session.StepFile();

        string changes = MachineDump.Compare(before, MachineDump.Render(session.Machine));

        changes.Should().Contain("  + 1000000000-103fffffff : region0\n".Replace("  + ", "  +   ", StringComparison.Ordinal));
        MachineDump.Compare(before, before).Should().BeEmpty();
    }

    private static DebugStop SetRegister(DebugSession session, string unit, string register, ulong value, out RegisterWriteRequest? write)
    {
        RegisterUnit found = session.Machine.RegisterUnits.Single(candidate => candidate.Name == unit);
        return session.Set(found, found.Registers.Single(candidate => candidate.Name == register), value, out write);
    }

    private sealed class Lines(List<string> lines) : ITraceSink
    {
        public void Record(SimTime time, long eventNumber, TraceRecord record) => lines.Add(TraceText.Line(time, eventNumber, record));
    }
}
