using System.Globalization;
using System.Text;
using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>One event in a trace buffer.</summary>
/// <param name="Event">Its kind.</param>
/// <param name="Since">Time since the kernel's start.</param>
/// <param name="Task">Who was running.</param>
/// <param name="Text">What the trace file shows of it.</param>
/// <param name="Record">The binary record.</param>
public sealed record TraceEntry(TraceEvent Event, SimDuration Since, TraceTask Task, string Text, byte[] Record)
{
    /// <summary>As the files <c>trace</c> and <c>trace_pipe</c> show it.</summary>
    public string Line()
    {
        long microseconds = Since.Picoseconds / 1_000_000;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Task.ShortName,16}-{Task.Process,-7} [000] ..... {microseconds / 1_000_000,5}.{microseconds % 1_000_000:d6}: {Event.Name}: {Text}\n");
    }

    /// <summary>An unsigned number of the binary record.</summary>
    public ulong Number(string field)
    {
        TraceField place = Find(field);
        byte[] value = new byte[sizeof(ulong)];
        Record.AsSpan(place.Offset, place.Size).CopyTo(value);
        return BitConverter.ToUInt64(value);
    }

    /// <summary>A string of the binary record, without the NUL at its end.</summary>
    public string String(string field)
    {
        ulong place = Number(field);
        return Encoding.UTF8.GetString(Record, (int)(place & ushort.MaxValue), (int)(place >> 16) - 1);
    }

    private TraceField Find(string name)
    {
        TraceField? field = Event.Fields.FirstOrDefault(candidate => candidate.Name == name);
        Check.That(field is not null, "a field that the event has");
        return field!;
    }
}
