using System.Runtime.CompilerServices;

namespace CxlSim.Hdm;

/// <summary>The shares of a segment, repeated to the end: a slot's four lowest bits need no check.</summary>
[InlineArray(UniformRoute.MaxSlots)]
internal struct UniformSlots
{
    private UniformSlot _first;
}
