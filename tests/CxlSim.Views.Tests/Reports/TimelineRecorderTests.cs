using CxlSim.Engine;

namespace CxlSim.Views.Tests;

/// <summary>What a timeline keeps of a trace.</summary>
public class TimelineRecorderTests
{
    private readonly TimelineRecorder _recorder = new();

    [Fact]
    public void Phases_EndWhereTheNextOneBegins()
    {
        Hear((0, new PhaseEntered("PowerOn")), (100, new PhaseEntered("Handoff")), (250, new LogLine(6, "late")));

        _recorder.Read().Phases.Should().Equal(new TimelinePhase("PowerOn", At(0), At(100)), new TimelinePhase("Handoff", At(100), At(250)));
        _recorder.Read().End.Should().Be(At(250));
    }

    [Fact]
    public void Probe_LastsUntilItsDriverIsBound()
    {
        Hear(
            (10, new MilestoneReached("CxlPciProbe", "0000:d3:00.0")), (20, new MilestoneReached("MemdevProbe", "mem0")), (30, new DriverBound("cxl_mem", "/devices/x/mem0")),
            (40, new DriverBound("cxl_pci", "/devices/pci0000:d2/0000:d3:00.0")));

        _recorder.Read().Spans.Should().Equal(new TimelineSpan("cxl_pci", "0000:d3:00.0", At(10), At(40)), new TimelineSpan("cxl_mem", "mem0", At(20), At(30)));
    }

    [Fact]
    public void ProbeThatIsRefused_HasNoEnd()
    {
        Hear((10, new MilestoneReached("RegionAssembly", "region0")), (20, new Refused("region0", "ENXIO")));

        _recorder.Read().Spans.Should().Equal(new TimelineSpan("cxl_region", "region0", At(10), null));
    }

    [Fact]
    public void DriverWithoutAMilestone_IsSeenWhenItHasBound()
    {
        Hear((10, new DriverBound("device_dax", "/devices/x/dax0.0")));

        _recorder.Read().Spans.Should().Equal(new TimelineSpan("device_dax", "dax0.0", At(10), At(10)));
    }

    /// <summary>A device that is bound again has a span for each time.</summary>
    [Fact]
    public void SecondProbe_IsAnotherSpan()
    {
        Hear((10, new MilestoneReached("KmemProbe", "dax0.0")), (20, new DriverBound("kmem", "/x/dax0.0")), (30, new MilestoneReached("KmemProbe", "dax0.0")), (50, new DriverBound("kmem", "/x/dax0.0")));

        _recorder.Read().Spans.Select(span => (span.Start, span.End)).Should().Equal((At(10), At(20)), (At(30), At(50)));
    }

    /// <summary>A device that is bound again by a driver of whose probe nobody told.</summary>
    [Fact]
    public void LaterBind_LeavesTheFirstSpanAsItWas()
    {
        Hear((10, new MilestoneReached("PortProbe", "port1")), (20, new DriverBound("cxl_port", "/x/port1")), (90, new DriverBound("cxl_port", "/x/port1")));

        _recorder.Read().Spans.Select(span => (span.Start, span.End)).Should().Equal((At(10), At(20)), (At(90), At(90)));
    }

    [Fact]
    public void BlocksInARow_AreOne()
    {
        Hear(
            (10, new MilestoneReached("MemoryOnline", "memory512")), (20, new MilestoneReached("MemoryOnline", "memory513")), (30, new MilestoneReached("MemoryOnline", "memory600")));

        _recorder.Read().Online.Should().Equal(new OnlineRun(512, 513, At(10), At(20)), new OnlineRun(600, 600, At(30), At(30)));
    }

    [Fact]
    public void LinesForDebugging_AreLeftOutWhereThereAreTooMany()
    {
        Hear([.. Enumerable.Range(0, 10_000).Select(number => ((long)number, (TraceRecord)new LogLine(7, "detail")))]);
        _recorder.Read().Should().BeEquivalentTo(new { LeftOut = 0 });

        Hear((10_000, new LogLine(6, "kept")));
        _recorder.Read().LeftOut.Should().Be(10_000);
        _recorder.Read().Log.Should().Equal(new TimelineLine(At(10_000), 6, "kept"));
    }

    [Fact]
    public void Boot_IsHeardWhole()
    {
        ReportTimeline timeline = GivenReport.Of(Given.OneCard, "create-region: {decoder: decoder0.0}").Timeline;

        timeline.Phases.Select(phase => phase.Name).Should().Equal(Enum.GetNames<Machine.Phase>());
        timeline.Spans.Select(span => span.Driver).Should().Contain("cxl_acpi").And.Contain("cxl_pci").And.Contain("cxl_mem").And.Contain("kmem");
        timeline.Spans.Should().OnlyContain(span => span.End != null);
        timeline.Online.Should().ContainSingle().Which.Should().BeEquivalentTo(new { First = 512UL, Last = 519UL });
        timeline.Log.Should().Contain(line => line.Text.StartsWith("Linux version 6.12", StringComparison.Ordinal));
    }

    private static SimTime At(long picoseconds) => new(picoseconds);

    private void Hear(params (long Time, TraceRecord Record)[] records)
    {
        foreach ((long time, TraceRecord record) in records)
        {
            _recorder.Record(At(time), 0, record);
        }
    }
}
