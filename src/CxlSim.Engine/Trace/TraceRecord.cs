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

/// <summary>An object of the model's sysfs came to be.</summary>
/// <param name="Path">Its path in sysfs.</param>
public sealed record ObjectCreated(string Path) : TraceRecord;

/// <summary>An object of the model's sysfs went.</summary>
/// <param name="Path">Its path in sysfs.</param>
public sealed record ObjectRemoved(string Path) : TraceRecord;

/// <summary>A driver took a device.</summary>
/// <param name="Driver">The driver's name.</param>
/// <param name="Subject">The device's path in sysfs.</param>
public sealed record DriverBound(string Driver, string Subject) : TraceRecord;

/// <summary>A driver let a device go.</summary>
/// <param name="Driver">The driver's name.</param>
/// <param name="Subject">The device's path in sysfs.</param>
public sealed record DriverUnbound(string Driver, string Subject) : TraceRecord;

/// <summary>A driver refused a device, or an attribute a value.</summary>
public sealed record Refused(string Subject, string Error) : TraceRecord;

/// <summary>Somebody wrote to an attribute.</summary>
/// <param name="Path">Its path in sysfs.</param>
/// <param name="Value">What was written.</param>
/// <param name="Error">The name of the errno; <c>Ok</c> where the value was taken.</param>
public sealed record AttributeWritten(string Path, string Value, string Error) : TraceRecord;

/// <summary>A register of a device took a value.</summary>
public sealed record RegisterWritten(string Unit, string Register, ulong Value) : TraceRecord;

/// <summary>A device finished a mailbox command.</summary>
public sealed record CommandCompleted(string Device, ushort Opcode, ushort ReturnCode) : TraceRecord;

/// <summary>A request from outside was taken up.</summary>
public sealed record RequestServed(string Description) : TraceRecord;
