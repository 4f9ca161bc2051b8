using CxlSim.Engine;
using CxlSim.Spec.Cxl;

namespace CxlSim.Hardware;

/// <summary>What a command leaves to do in the background (CXL r3.1 8.2.8.4.7).</summary>
/// <param name="Duration">How long it takes.</param>
/// <param name="Finish">What happens at its end, and how it ended.</param>
public sealed record BackgroundWork(SimDuration Duration, Func<MailboxReturnCode> Finish);
