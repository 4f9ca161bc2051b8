using CxlSim.Engine;

namespace CxlSim.Views;

/// <summary>What happened when, in virtual time since power-on.</summary>
/// <param name="End">When the last thing happened.</param>
/// <param name="Phases">The stretches of the boot; a kernel that is started in place of another has its own.</param>
/// <param name="Spans">What drivers did, each from its beginning.</param>
/// <param name="Online">When memory blocks came online.</param>
/// <param name="Log">Lines of the kernel log.</param>
/// <param name="LeftOut">Lines for debugging that are not among them, because there are too many.</param>
public sealed record ReportTimeline(
    SimTime End, IReadOnlyList<TimelinePhase> Phases, IReadOnlyList<TimelineSpan> Spans, IReadOnlyList<OnlineRun> Online, IReadOnlyList<TimelineLine> Log, int LeftOut);
