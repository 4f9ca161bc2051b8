namespace CxlSim.Engine;

/// <summary>One thing that happened. The set is closed: text, JSON, breakpoints and tests all read these records.</summary>
public abstract record TraceRecord
{
    private protected TraceRecord()
    {
    }
}

/// <summary>A phase of the boot began.</summary>
public sealed record PhaseEntered(string Phase) : TraceRecord;

/// <summary>Something named in the journey happened to an object, from driver probing on.</summary>
public sealed record MilestoneReached(string Milestone, string Subject) : TraceRecord;

/// <summary>A line of the kernel log. Level as <c>printk</c> counts: 0 emergency to 7 debug.</summary>
public sealed record LogLine(int Level, string Text) : TraceRecord;

public sealed record ObjectCreated(string Path) : TraceRecord;

public sealed record ObjectRemoved(string Path) : TraceRecord;

public sealed record DriverBound(string Driver, string Subject) : TraceRecord;

public sealed record DriverUnbound(string Driver, string Subject) : TraceRecord;

/// <summary>A driver refused a device, or an attribute a value.</summary>
public sealed record Refused(string Subject, string Error) : TraceRecord;

public sealed record AttributeWritten(string Path, string Value, string Error) : TraceRecord;

/// <summary>A register of a device took a value.</summary>
public sealed record RegisterWritten(string Unit, string Register, ulong Value) : TraceRecord;

/// <summary>A device finished a mailbox command.</summary>
public sealed record CommandCompleted(string Device, ushort Opcode, ushort ReturnCode) : TraceRecord;

/// <summary>A request from outside was taken up.</summary>
public sealed record RequestServed(string Description) : TraceRecord;
