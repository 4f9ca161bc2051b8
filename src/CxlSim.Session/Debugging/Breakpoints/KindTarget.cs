using CxlSim.Engine;
using CxlSim.Kernel;
using CxlSim.Machine;

namespace CxlSim.Session;

/// <summary>A kind of event: created, removed, bound, unbound, committed, refused, written.</summary>
internal sealed class KindTarget(string kind) : BreakTarget
{
    public static readonly IReadOnlyList<string> Kinds = ["created", "removed", "bound", "unbound", "committed", "refused", "written"];

    public override BreakMatch? OnRecord(TraceRecord record, SimulatedMachine machine) => KindOf(record) == kind ? Found(record) : null;

    public override BreakMatch? OnRefusal(Refusal refusal) => kind == "refused" ? Found(refusal) : null;

    private static string KindOf(TraceRecord record) => record switch
    {
        ObjectCreated => "created",
        ObjectRemoved => "removed",
        DriverBound => "bound",
        DriverUnbound => "unbound",
        Refused => "refused",
        RegisterWritten written when written.Register.EndsWith(" committed", StringComparison.Ordinal) => "committed",
        RegisterWritten written when written.Register.EndsWith(" refused", StringComparison.Ordinal) => "refused",
        AttributeWritten => "written",
        _ => string.Empty,
    };
}
