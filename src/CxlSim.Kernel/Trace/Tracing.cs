using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>Events that the kernel can report while it works, and who wants to hear of them (<c>kernel/trace</c>).</summary>
public sealed class Tracing
{
    private readonly KernelLog _log;
    private readonly CpuSubsystem _cpus;
    private readonly SimSignal _added;
    private readonly Dictionary<string, TraceInstance> _instances = [];

    /// <param name="core">The kernel's.</param>
    /// <param name="cpus">Each has a part of every buffer.</param>
    /// <param name="events">What can be reported.</param>
    public Tracing(KernelCore core, CpuSubsystem cpus, IReadOnlyList<TraceEvent> events)
    {
        Events = events;
        _log = core.Log;
        _cpus = cpus;
        _added = new SimSignal(core.Simulation);
        Main = NewInstance();
        core.Sysfs.Kernel.Directory("tracing");
    }

    public IReadOnlyList<TraceEvent> Events { get; }

    /// <summary>The buffer of the tracing directory itself.</summary>
    public TraceInstance Main { get; }

    /// <summary>Buffers that somebody made with mkdir.</summary>
    public IReadOnlyDictionary<string, TraceInstance> Instances => _instances;

    /// <summary>Whoever is in a system call now.</summary>
    public TraceTask Caller { get; set; } = TraceTask.Idle;

    public Errno Create(string name) => _instances.TryAdd(name, NewInstance()) ? Errno.Ok : Errno.EEXIST;

    public Errno Remove(string name) => _instances.Remove(name) ? Errno.Ok : Errno.ENOENT;

    /// <summary>Whether any buffer takes an event.</summary>
    public bool IsEnabled(TraceEvent kind) => _instances.Values.Prepend(Main).Any(instance => instance.IsOn && instance.Enabled.Contains(kind));

    /// <summary>Reports an event to every buffer that takes it.</summary>
    internal void Emit(TraceEvent kind, TraceTask task, string text, Action<TraceRecordBytes> fill)
    {
        TraceInstance[] takers = [.. _instances.Values.Prepend(Main).Where(instance => instance.IsOn && instance.Enabled.Contains(kind))];
        if (takers.Length == 0)
        {
            return;
        }

        TraceRecordBytes record = new(kind, task.Process);
        fill(record);
        TraceEntry entry = new(kind, _log.Clock, task, text, record.ToArray());
        foreach (TraceInstance taker in takers)
        {
            taker.Add(entry);
        }

        _added.Set();
        _added.Reset();
    }

    /// <summary>Until some buffer takes an event.</summary>
    public SimSignal.Awaiter WaitAsync() => _added.WaitAsync();

    private TraceInstance NewInstance() => new(_cpus);
}
