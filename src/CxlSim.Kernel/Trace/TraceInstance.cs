using System.Globalization;
using System.Text;
using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>A trace buffer with its own choice of events (<c>kernel/trace/trace.c</c>, struct trace_array).</summary>
public sealed class TraceInstance(CpuSubsystem cpus)
{
    /// <summary>Older events are lost.</summary>
    private const int Capacity = 1 << 14;

    private const int PageSize = 4096;
    private const int PageHeader = 16;

    /// <summary>A length that does not fit into the five bits of an event's header stands in a word of its own.</summary>
    private const int LongRecordHeader = 8;

    private readonly Queue<TraceEntry> _entries = new();
    private long _written;

    /// <summary>tracing_on.</summary>
    public bool IsOn { get; set; } = true;

    public HashSet<TraceEvent> Enabled { get; } = [];

    public bool IsEmpty => _entries.Count == 0;

    public void Clear()
    {
        _entries.Clear();
        _written = 0;
    }

    /// <summary>What the file <c>trace</c> shows.</summary>
    public string Render()
    {
        StringBuilder text = new();
        text.Append("# tracer: nop\n#\n");
        text.Append(CultureInfo.InvariantCulture, $"# entries-in-buffer/entries-written: {_entries.Count}/{_written}   #P:{cpus.All.Count}\n#\n");
        text.Append("#           TASK-PID     CPU#  flags   TIMESTAMP  EVENT\n");
        foreach (TraceEntry entry in _entries)
        {
            text.Append(entry.Line());
        }

        return text.ToString();
    }

    /// <summary>Takes the oldest event out as a page of the ring buffer (<c>events/header_page</c>, <c>events/header_event</c>); empty for none.</summary>
    public byte[] TakePage()
    {
        if (Take() is not { } entry)
        {
            return [];
        }

        int length = (entry.Record.Length + 3) & ~3;
        return new ByteWriter()
            .U64((ulong)entry.Since.Picoseconds / 1000)
            .U64((ulong)(LongRecordHeader + length))
            .U32(0)
            .U32((uint)(length + sizeof(uint)))
            .Bytes(entry.Record)
            .Zeros(PageSize - PageHeader - LongRecordHeader - entry.Record.Length)
            .ToArray();
    }

    /// <summary>Takes the oldest event out; null for none.</summary>
    public TraceEntry? Take()
    {
        _entries.TryDequeue(out TraceEntry? entry);
        return entry;
    }

    internal void Add(TraceEntry entry)
    {
        if (_entries.Count == Capacity)
        {
            _entries.Dequeue();
        }

        _entries.Enqueue(entry);
        _written++;
    }
}
