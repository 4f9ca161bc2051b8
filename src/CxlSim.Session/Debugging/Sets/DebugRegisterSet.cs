using System.Globalization;
using CxlSim.Engine;
using CxlSim.Machine;

namespace CxlSim.Session;

/// <summary>A register is written.</summary>
/// <param name="At">Where.</param>
/// <param name="Unit">Whose register, by the number of the unit: names may be there twice.</param>
/// <param name="Space">By its name.</param>
/// <param name="Offset">In the space, in bytes.</param>
/// <param name="Value">What is written.</param>
internal sealed record DebugRegisterSet(DebugPosition At, int Unit, string Space, int Offset, ulong Value) : DebugSet(At)
{
    public override string What => string.Create(CultureInfo.InvariantCulture, $"{Space}+0x{Offset:x}");

    public override Request? NewRequest(SimulatedMachine machine)
    {
        RegisterUnit unit = machine.RegisterUnits[Unit];
        RegisterSpace space = unit.Spaces.First(candidate => candidate.Name == Space);
        return new RegisterWriteRequest(unit, unit.At(space, Offset, 1).First(), Value);
    }
}
