using CxlSim.Engine;
using CxlSim.Kernel;
using CxlSim.Machine;
using CxlSim.Platform;

namespace CxlSim.Session;

/// <summary>What a breakpoint waits for: each kind looks at what concerns it, and says what it found or null.</summary>
public abstract class BreakTarget
{
    /// <summary>Something was traced.</summary>
    public virtual BreakMatch? OnRecord(TraceRecord record, SimulatedMachine machine) => null;

    /// <summary>A thread entered a function.</summary>
    public virtual BreakMatch? OnFrame(SimFrame frame) => null;

    /// <summary>The kernel refused something.</summary>
    public virtual BreakMatch? OnRefusal(Refusal refusal) => null;

    /// <summary>Memory was loaded or stored.</summary>
    public virtual BreakMatch? OnAccess(MemoryAccess access) => null;

    /// <summary>Software wrote registers.</summary>
    public virtual BreakMatch? OnWrite(RegisterWrite write) => null;

    /// <summary>A step of the platform file is about to begin.</summary>
    public virtual BreakMatch? OnStep(StepDescription step) => null;

    /// <summary>The object that a record is about: a path below /sys, or a name.</summary>
    protected static string SubjectOf(TraceRecord record) => record switch
    {
        MilestoneReached milestone => milestone.Subject,
        ObjectCreated created => created.Path,
        ObjectRemoved removed => removed.Path,
        DriverBound bound => bound.Subject,
        DriverUnbound unbound => unbound.Subject,
        Refused refused => refused.Subject,
        AttributeWritten written => written.Path[..Math.Max(0, written.Path.LastIndexOf('/'))],
        CommandCompleted command => command.Device,
        _ => string.Empty,
    };

    protected static string NameOf(TraceRecord record) => SubjectOf(record) is var subject ? subject[(subject.LastIndexOf('/') + 1)..] : string.Empty;

    /// <summary>The error that a record tells of; <c>Ok</c> where none.</summary>
    protected static string ErrorOf(TraceRecord record) => record switch
    {
        Refused refused => refused.Error,
        AttributeWritten written => written.Error,
        _ => nameof(Core.Errno.Ok),
    };

    protected static BreakMatch Found(TraceRecord record) => new(Views.TraceText.Describe(record), ErrorOf(record), (record as RegisterWritten)?.Value ?? 0) { Line = BootScriptText.Of(record) };

    protected static BreakMatch Found(Refusal refusal) => new($"refused {refusal.Subject} {refusal.Error}: {refusal.Reason}", refusal.Error.ToString()) { Frames = refusal.Frames, Line = BootScriptText.Of(refusal) };

    protected static BreakMatch Found(SimFrame frame) => new($"{frame.Function} {frame.Subject}") { Line = BootScriptText.Of(frame) };

    protected static BreakMatch Found(StepDescription step) => new($"step at {step.Location}") { Line = BootScriptText.Of(step) };
}
