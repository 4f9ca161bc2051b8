using System.Runtime.CompilerServices;

namespace CxlSim.Hdm;

/// <summary>The shares of a segment, repeated to the end: a slot's four lowest bits need no check.</summary>
[InlineArray(Count)]
internal struct UniformSlots
{
    /// <summary>As many as a vector of DPAs and one more hold.</summary>
    public const int Count = 16;

    private UniformSlot _first;
}
