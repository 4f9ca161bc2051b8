using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Machine;

namespace CxlSim.Session;

/// <summary>Memory is stored to.</summary>
/// <param name="At">Where in the run.</param>
/// <param name="Address">The first byte.</param>
/// <param name="Bytes">What is stored.</param>
internal sealed record DebugMemorySet(DebugPosition At, Hpa Address, ReadOnlyMemory<byte> Bytes) : DebugSet(At)
{
    public override string What => $"memory at {Address}";

    public override Request? NewRequest(SimulatedMachine machine) => new MemoryWriteRequest(machine, Address, Bytes);
}
