using CxlSim.Engine;

namespace CxlSim.Views.Tests;

public class BootTracksTests
{
    private static readonly ReportTimeline Timeline = new(
        At(100),
        [new TimelinePhase("PowerOn", At(0), At(10)), new TimelinePhase("Running", At(10), At(100))],
        [
            new TimelineSpan("cxl_pci", "0000:0d:00.0", At(11), At(20)), new TimelineSpan("cxl_pci", "0000:0e:00.0", At(15), At(25)),
            new TimelineSpan("cxl_port", "port1", At(30), At(40)), new TimelineSpan("cxl_port", "endpoint2", At(35), At(45)), new TimelineSpan("cxl_region", "region0", At(50), null),
        ],
        [new OnlineRun(4, 7, At(60), At(70)), new OnlineRun(9, 9, At(80), At(80))],
        [new TimelineLine(At(5), 6, "Linux version")],
        0);

    [Fact]
    public void Boot_HasPhasesDriversBlocksAndTheLog() => Texts(BootTracks.Of(Timeline)[0]).Should().Equal(
        "phases: PowerOn 0-10, Running 10-100",
        "cxl_pci: 0000:0d:00.0 11-20",
        "cxl_pci 2: 0000:0e:00.0 15-25",
        "cxl_region: not bound: region0 50",
        "memory blocks online: memory4 to memory7 60-70, memory9 80-80",
        "kernel log: Linux version 5");

    [Fact]
    public void Ports_HaveAThreadEach() => Texts(BootTracks.Of(Timeline)[1]).Should().Equal("port1: cxl_port 30-40", "endpoint2: cxl_port 35-45");

    private static IEnumerable<string> Texts(TrackProcess process) => process.Threads.Select(thread => $"{thread.Name}: " + string.Join(", ", [
        .. thread.Slices.Select(slice => $"{slice.Name} {slice.Start.Picoseconds}-{slice.End.Picoseconds}"), .. thread.Instants.Select(instant => $"{instant.Name} {instant.Time.Picoseconds}")]));

    private static SimTime At(long picoseconds) => new(picoseconds);
}
