using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Machine;

namespace CxlSim.Session;

/// <summary>A store to memory from outside, as a CPU would do it.</summary>
/// <param name="machine">Whose memory.</param>
/// <param name="address">The first byte.</param>
/// <param name="bytes">What is stored.</param>
public sealed class MemoryWriteRequest(SimulatedMachine machine, Hpa address, ReadOnlyMemory<byte> bytes) : Request
{
    public override string Description => $"store {address} {Convert.ToHexStringLower(bytes.Span)}";

    /// <summary>Whether something took all of it.</summary>
    public BusResult Result { get; private set; }

    protected override SimTask ServeAsync()
    {
        Result = machine.Store(address, bytes.Span);
        return SimTask.CompletedTask;
    }
}
