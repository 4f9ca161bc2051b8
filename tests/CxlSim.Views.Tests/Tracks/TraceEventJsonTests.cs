using System.Text.Json;
using CxlSim.Engine;

namespace CxlSim.Views.Tests;

/// <summary>By the document "Trace Event Format".</summary>
public class TraceEventJsonTests
{
    private static readonly TrackSlice Outer = new("outer", new SimTime(1_500_000), new SimTime(4_000_001))
    {
        Details = [("where", "card \"a\"")],
        Parts = [new TrackSlice("first", new SimTime(1_500_000), new SimTime(2_000_000)), new TrackSlice("second", new SimTime(2_000_000), new SimTime(4_000_001))],
    };

    /// <summary>What ends comes before what begins with it; times are microseconds, to the picosecond.</summary>
    [Fact]
    public void Slices_AreNestedPairs() => Events(new TrackProcess("p", [new TrackThread("t", [Outer], [])], [])).Skip(4).Should().Equal(
        """{"ph":"B","name":"outer","ts":1.5,"pid":1,"tid":2,"args":{"where":"card \"a\""}}""",
        """{"ph":"B","name":"first","ts":1.5,"pid":1,"tid":2}""",
        """{"ph":"E","name":"first","ts":2,"pid":1,"tid":2}""",
        """{"ph":"B","name":"second","ts":2,"pid":1,"tid":2}""",
        """{"ph":"E","name":"second","ts":4.000001,"pid":1,"tid":2}""",
        """{"ph":"E","name":"outer","ts":4.000001,"pid":1,"tid":2}""");

    /// <summary>Each number is there once.</summary>
    [Fact]
    public void ProcessesAndThreads_HaveNamesAndPlaces() => Events(
        new TrackProcess("p", [new TrackThread("t", [], [])], []), new TrackProcess("empty", [], []), new TrackProcess("q", [new TrackThread("u", [], [])], [])).Should().Equal(
        """{"ph":"M","name":"process_name","ts":0,"pid":1,"tid":1,"args":{"name":"p"}}""",
        """{"ph":"M","name":"process_sort_index","ts":0,"pid":1,"tid":1,"args":{"sort_index":1}}""",
        """{"ph":"M","name":"thread_name","ts":0,"pid":1,"tid":2,"args":{"name":"t"}}""",
        """{"ph":"M","name":"thread_sort_index","ts":0,"pid":1,"tid":2,"args":{"sort_index":2}}""",
        """{"ph":"M","name":"process_name","ts":0,"pid":3,"tid":3,"args":{"name":"q"}}""",
        """{"ph":"M","name":"process_sort_index","ts":0,"pid":3,"tid":3,"args":{"sort_index":3}}""",
        """{"ph":"M","name":"thread_name","ts":0,"pid":3,"tid":4,"args":{"name":"u"}}""",
        """{"ph":"M","name":"thread_sort_index","ts":0,"pid":3,"tid":4,"args":{"sort_index":4}}""");

    [Fact]
    public void Instants_AreOfTheirThread() => Events(new TrackProcess("p", [new TrackThread("t", [], [new TrackInstant("line", new SimTime(7)) { Details = [("level", "6")] }])], []))[^1]
        .Should().Be("""{"ph":"i","name":"line","ts":0.000007,"pid":1,"tid":2,"s":"t","args":{"level":"6"}}""");

    /// <summary>A figure that stays is not said again.</summary>
    [Fact]
    public void Counters_SayWhatChanges()
    {
        TrackSample[] samples = [new(new SimTime(0), [1, 0]), new(new SimTime(1_000_000), [1, 0]), new(new SimTime(2_000_000), [1, 2.5])];

        Events(new TrackProcess("p", [], [new TrackCounter("c", ["reads", "writes"], samples)])).Skip(2).Should().Equal(
            """{"ph":"C","name":"c","ts":0,"pid":1,"tid":1,"args":{"reads":1,"writes":0}}""",
            """{"ph":"C","name":"c","ts":2,"pid":1,"tid":1,"args":{"reads":1,"writes":2.5}}""");
    }

    private static string[] Events(params TrackProcess[] processes)
    {
        using JsonDocument document = JsonDocument.Parse(TraceEventJson.Render(processes));
        document.RootElement.GetProperty("displayTimeUnit").GetString().Should().Be("ns");
        return [.. document.RootElement.GetProperty("traceEvents").EnumerateArray().Select(found => found.GetRawText())];
    }
}
