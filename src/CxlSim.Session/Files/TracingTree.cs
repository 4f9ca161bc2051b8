using System.Globalization;
using System.Text;
using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Kernel;

namespace CxlSim.Session;

/// <summary>/sys/kernel/tracing: trace buffers, the events that go into them, and directories that are buffers of their own (<c>kernel/trace/trace.c</c>).</summary>
internal sealed class TracingTree(MachineSession session) : IFileTree
{
    private const int ReadOnly = 0x120; // 0440
    private const int ReadWrite = 0x1a0; // 0640
    private const int LongestName = 255;

    /// <summary>How a page of <c>trace_pipe_raw</c> begins.</summary>
    private const string PageFormat = "\tfield: u64 timestamp;\toffset:0;\tsize:8;\tsigned:0;\n\tfield: local_t commit;\toffset:8;\tsize:8;\tsigned:1;\n"
        + "\tfield: int overwrite;\toffset:8;\tsize:1;\tsigned:1;\n\tfield: char data;\toffset:16;\tsize:4080;\tsigned:1;\n";

    /// <summary>How an event in such a page begins.</summary>
    private const string EventFormat = "# compressed entry header\n\ttype_len    :    5 bits\n\ttime_delta  :   27 bits\n\tarray       :   32 bits\n\n"
        + "\tpadding     : type == 29\n\ttime_extend : type == 30\n\ttime_stamp : type == 31\n\tdata max type_len  == 28\n";

    public TreeEntry? Find(ReadOnlySpan<string> steps) =>
        List(steps) is not null ? TreeEntry.Directory : File(steps) is { } file ? TreeEntry.Text(file.Mode) : IsPipe(steps) || IsTextPipe(steps) ? TreeEntry.Text(ReadOnly) : null;

    public IEnumerable<string>? List(ReadOnlySpan<string> steps) => steps switch
    {
        ["instances"] => session.Kernel.Tracing.Instances.Keys,
        ["instances", var name, .. var rest] => session.Kernel.Tracing.Instances.ContainsKey(name) ? ListInstance(rest) : null,
        [] => ["instances", .. ListInstance(steps)!],
        _ => ListInstance(steps),
    };

    public OpenResult Open(ReadOnlySpan<string> steps, OpenFlags flags)
    {
        if (IsTextPipe(steps))
        {
            return new TraceTextPipeFile(Instance(ref steps)!, session.Kernel.Tracing, flags.HasFlag(OpenFlags.NonBlocking));
        }

        if (IsPipe(steps))
        {
            return new TracePipeFile(Instance(ref steps)!, session.Kernel.Cpus.All[0].Number == CpuNumber(steps[1]));
        }

        if (File(steps) is not { } file)
        {
            return Errno.ENOENT;
        }

        bool isCutOff = (flags & (OpenFlags.Read | OpenFlags.Write | OpenFlags.Append)) == OpenFlags.Write; // as a shell's > does it
        if (isCutOff && steps[^1] == "trace")
        {
            Instance(ref steps)!.Clear();
        }
        else if (isCutOff && steps[^1] == "set_event")
        {
            Instance(ref steps)!.Enabled.Clear();
        }

        return new SnapshotFile(() => FileBytes.Of(Encoding.UTF8.GetBytes(file.Render())), file.Store);
    }

    public Errno MakeDirectory(ReadOnlySpan<string> steps) =>
        steps is ["instances", var name] && name.Length <= LongestName ? session.Kernel.Tracing.Create(name) : Errno.EPERM;

    public Errno RemoveDirectory(ReadOnlySpan<string> steps) => steps is ["instances", var name] ? session.Kernel.Tracing.Remove(name) : Errno.EPERM;

    private IEnumerable<string>? ListInstance(ReadOnlySpan<string> steps) => steps switch
    {
        [] => ["available_events", "current_tracer", "events", "per_cpu", "set_event", "trace", "trace_pipe", "tracing_on"],
        ["events"] => ["enable", "header_event", "header_page", .. session.Kernel.Tracing.Events.Select(kind => kind.System).Distinct()],
        ["events", var system] when Events(system).Any() => ["enable", .. Events(system).Select(kind => kind.Name)],
        ["events", var system, var name] when Events(system, name).Any() => ["enable", "format", "id"],
        ["per_cpu"] => session.Kernel.Cpus.All.Select(cpu => string.Create(CultureInfo.InvariantCulture, $"cpu{cpu.Number}")),
        ["per_cpu", var cpu] when session.Kernel.Cpus.All.Any(known => known.Number == CpuNumber(cpu)) => ["trace_pipe_raw"],
        _ => null,
    };

    private TextFile? File(ReadOnlySpan<string> steps)
    {
        TraceInstance? found = Instance(ref steps);
        return found is not { } instance ? null : steps switch
        {
            ["available_events"] => new TextFile(ReadOnly, () => TraceEventChoice.Lines(session.Kernel.Tracing.Events)),
            ["current_tracer"] => new TextFile(ReadOnly, () => "nop\n"),
            ["set_event"] => new TextFile(ReadWrite, () => TraceEventChoice.Lines(session.Kernel.Tracing.Events.Where(instance.Enabled.Contains)), value => TraceEventChoice.Store(session.Kernel.Tracing.Events, instance, value)),
            ["trace"] => new TextFile(ReadWrite, instance.Render, _ => Errno.Ok),
            ["tracing_on"] => new TextFile(ReadWrite, () => instance.IsOn ? "1\n" : "0\n", value => Switch(value, on => instance.IsOn = on)),
            ["events", "header_page"] => new TextFile(ReadOnly, () => PageFormat),
            ["events", "header_event"] => new TextFile(ReadOnly, () => EventFormat),
            ["events", "enable"] => Enable(instance, session.Kernel.Tracing.Events),
            ["events", var system, "enable"] when Events(system).Any() => Enable(instance, [.. Events(system)]),
            ["events", var system, var name, "enable"] when Events(system, name).Any() => Enable(instance, [.. Events(system, name)]),
            ["events", var system, var name, "format"] when Events(system, name).FirstOrDefault() is { } kind => new TextFile(ReadOnly, kind.FormatText),
            ["events", var system, var name, "id"] when Events(system, name).FirstOrDefault() is { } kind =>
                new TextFile(ReadOnly, () => string.Create(CultureInfo.InvariantCulture, $"{kind.Id}\n")),
            _ => null,
        };
    }

    /// <summary>0, 1, or X where some of a directory's events are on.</summary>
    private static TextFile Enable(TraceInstance instance, IReadOnlyList<TraceEvent> events) => new(
        ReadWrite,
        () => events.All(instance.Enabled.Contains) ? "1\n" : events.Any(instance.Enabled.Contains) ? "X\n" : "0\n",
        value => Switch(value, on =>
        {
            instance.Enabled.ExceptWith(events);
            instance.Enabled.UnionWith(on ? events : []);
        }));

    private static SimTask<Errno> Switch(string value, Action<bool> set)
    {
        Errno error = Kstrto.U64(value, out ulong number);
        if (error != Errno.Ok || number > 1)
        {
            return error == Errno.Ok ? Errno.EINVAL : error;
        }

        set(number == 1);
        return Errno.Ok;
    }

    private IEnumerable<TraceEvent> Events(string system) => session.Kernel.Tracing.Events.Where(kind => kind.System == system);

    private IEnumerable<TraceEvent> Events(string system, string name) => Events(system).Where(kind => kind.Name == name);

    private bool IsPipe(ReadOnlySpan<string> steps) => Instance(ref steps) is not null && steps is ["per_cpu", var cpu, "trace_pipe_raw"] && ListInstance(["per_cpu", cpu]) is not null;

    private bool IsTextPipe(ReadOnlySpan<string> steps) => Instance(ref steps) is not null && steps is ["trace_pipe"];

    /// <summary>The buffer that a path is about; what is left of the path lies within it.</summary>
    private TraceInstance? Instance(ref ReadOnlySpan<string> steps)
    {
        if (steps is not ["instances", var name, .. var rest])
        {
            return session.Kernel.Tracing.Main;
        }

        steps = rest;
        return session.Kernel.Tracing.Instances.GetValueOrDefault(name);
    }

    private static int CpuNumber(string name) =>
        name.StartsWith("cpu", StringComparison.Ordinal) && int.TryParse(name.AsSpan(3), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : -1;
}
