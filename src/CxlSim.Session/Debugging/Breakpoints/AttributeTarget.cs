using CxlSim.Engine;
using CxlSim.Machine;

namespace CxlSim.Session;

/// <summary>Somebody writes to an attribute, whatever is answered.</summary>
/// <param name="path">Below /sys, with or without it.</param>
internal sealed class AttributeTarget(string path) : BreakTarget
{
    private readonly string _path = Below(path);

    public override BreakMatch? OnRecord(TraceRecord record, SimulatedMachine machine) => record is AttributeWritten written && Below(written.Path) == _path ? Found(record) : null;

    private static string Below(string path) => path.StartsWith("/sys/", StringComparison.Ordinal) ? path["/sys".Length..] : path;
}
