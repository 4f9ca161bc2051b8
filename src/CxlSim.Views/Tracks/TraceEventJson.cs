using System.Text;
using System.Text.Json;
using CxlSim.Engine;

namespace CxlSim.Views;

/// <summary>Tracks in Chrome's Trace Event Format, for <c>ui.perfetto.dev</c> and speedscope.</summary>
/// <remarks>Source: "Trace Event Format", the JSON object with <c>traceEvents</c>. A slice is a pair of events and no event with a length: what ends when another begins has
/// the same number then, and stays beside it however a viewer rounds.</remarks>
public sealed class TraceEventJson : IDisposable
{
    private readonly MemoryStream _stream = new();
    private readonly Utf8JsonWriter _json;
    private int _numbers;

    private TraceEventJson() => _json = new Utf8JsonWriter(_stream, CheckJson.Options with { Indented = false });

    public static string Render(IReadOnlyList<TrackProcess> processes)
    {
        using TraceEventJson writer = new();
        return writer.Write(processes);
    }

    public void Dispose()
    {
        _json.Dispose();
        _stream.Dispose();
    }

    private string Write(IReadOnlyList<TrackProcess> processes)
    {
        _json.WriteStartObject();
        _json.WriteString("displayTimeUnit", "ns");
        _json.WriteStartArray("traceEvents");
        foreach (TrackProcess process in processes.Where(process => process.Threads.Count + process.Counters.Count > 0))
        {
            Process(process, ++_numbers);
        }

        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.Flush();
        return Encoding.UTF8.GetString(_stream.GetBuffer().AsSpan(0, (int)_stream.Length)) + "\n";
    }

    /// <summary>No process and no thread of the file has another's number, and none is 0: there are viewers that know a thread by its own number alone, and 0 as an idle one.</summary>
    private void Process(TrackProcess process, int pid)
    {
        Named("process", process.Name, pid, pid);
        foreach (TrackThread thread in process.Threads)
        {
            int tid = ++_numbers;
            Named("thread", thread.Name, pid, tid);
            foreach (TrackSlice slice in thread.Slices)
            {
                Slice(slice, pid, tid);
            }

            foreach (TrackInstant instant in thread.Instants)
            {
                Begin("i", instant.Name, instant.Time, pid, tid);
                _json.WriteString("s", "t");
                End(instant.Details);
            }
        }

        foreach (TrackCounter counter in process.Counters)
        {
            Counter(counter, pid);
        }
    }

    /// <summary>The name, and the place from above.</summary>
    private void Named(string what, string name, int pid, int tid)
    {
        Begin("M", $"{what}_name", SimTime.Zero, pid, tid);
        End([("name", name)]);
        Begin("M", $"{what}_sort_index", SimTime.Zero, pid, tid);
        _json.WriteStartObject("args");
        _json.WriteNumber("sort_index", tid);
        _json.WriteEndObject();
        End([]);
    }

    private void Slice(TrackSlice slice, int pid, int tid)
    {
        Begin("B", slice.Name, slice.Start, pid, tid);
        End(slice.Details);
        foreach (TrackSlice part in slice.Parts)
        {
            Slice(part, pid, tid);
        }

        Begin("E", slice.Name, slice.End, pid, tid);
        End([]);
    }

    /// <summary>A figure holds until the next: what stays as it is is not said again.</summary>
    private void Counter(TrackCounter counter, int pid)
    {
        IReadOnlyList<double> before = [];
        foreach (TrackSample sample in counter.Samples)
        {
            if (sample.Values.SequenceEqual(before))
            {
                continue;
            }

            before = sample.Values;
            Begin("C", counter.Name, sample.Time, pid, pid);
            _json.WriteStartObject("args");
            for (int i = 0; i < counter.Series.Count; i++)
            {
                _json.WriteNumber(counter.Series[i], sample.Values[i]);
            }

            _json.WriteEndObject();
            End([]);
        }
    }

    private void Begin(string kind, string name, SimTime time, int pid, int tid)
    {
        _json.WriteStartObject();
        _json.WriteString("ph", kind);
        _json.WriteString("name", name);
        _json.WriteNumber("ts", time.Picoseconds / 1_000_000m); // microseconds, to the picosecond
        _json.WriteNumber("pid", pid);
        _json.WriteNumber("tid", tid);
    }

    private void End(IReadOnlyList<(string Name, string Value)> details)
    {
        if (details.Count > 0)
        {
            _json.WriteStartObject("args");
            foreach ((string name, string value) in details)
            {
                _json.WriteString(name, value);
            }

            _json.WriteEndObject();
        }

        _json.WriteEndObject();
    }
}
