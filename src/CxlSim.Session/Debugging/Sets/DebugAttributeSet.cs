using CxlSim.Engine;
using CxlSim.Machine;

namespace CxlSim.Session;

/// <summary>An attribute is written.</summary>
/// <param name="At">Where.</param>
/// <param name="Path">Below /sys.</param>
/// <param name="Value">Without a line end.</param>
internal sealed record DebugAttributeSet(DebugPosition At, string Path, string Value) : DebugSet(At)
{
    public override string What => Path;

    public override Request? NewRequest(SimulatedMachine machine) => machine.Kernel is { } kernel ? new SysfsWriteRequest(kernel, Path, Value) : null;
}
