using System.Text.RegularExpressions;
using CxlSim.Engine;
using CxlSim.Machine;

namespace CxlSim.Session;

/// <summary>A line of the kernel log that a pattern matches.</summary>
internal sealed class LogTarget(Regex pattern) : BreakTarget
{
    public override BreakMatch? OnRecord(TraceRecord record, SimulatedMachine machine) => record is LogLine line && pattern.IsMatch(line.Text) ? Found(record) : null;
}
