using System.Globalization;
using CxlSim.Engine;

namespace CxlSim.Views;

/// <summary>A trace record as one line: time in picoseconds, event number, what happened.</summary>
public static class TraceText
{
    public static string Line(SimTime time, long eventNumber, TraceRecord record) =>
        string.Create(CultureInfo.InvariantCulture, $"{time.Picoseconds} {eventNumber} {Describe(record)}");

    /// <summary>What happened, without when.</summary>
    public static string Describe(TraceRecord record) => record switch
    {
        PhaseEntered phase => $"phase {phase.Phase}",
        MilestoneReached milestone => $"milestone {milestone.Milestone} {milestone.Subject}",
        LogLine line => $"log <{line.Level}> {line.Text}",
        ObjectCreated created => $"created {created.Path}",
        ObjectRemoved removed => $"removed {removed.Path}",
        DriverBound bound => $"bound {bound.Driver} {bound.Subject}",
        DriverUnbound unbound => $"unbound {unbound.Driver} {unbound.Subject}",
        Refused refused => $"refused {refused.Subject} {refused.Error}",
        AttributeWritten written => $"wrote {written.Path} {written.Value} {written.Error}",
        RegisterWritten register => $"register {register.Unit} {register.Register} 0x{register.Value:x}",
        CommandCompleted command => $"mailbox {command.Device} 0x{command.Opcode:x4} 0x{command.ReturnCode:x}",
        RequestServed request => $"request {request.Description}",
        _ => record.ToString(),
    };
}
