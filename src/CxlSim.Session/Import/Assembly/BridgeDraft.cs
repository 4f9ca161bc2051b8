using CxlSim.Core;
using CxlSim.Platform;

namespace CxlSim.Session;

/// <summary>A root bridge before its ports are known.</summary>
/// <param name="Uid"><c>_UID</c>.</param>
/// <param name="Bus">Its first bus.</param>
/// <param name="LastBus">Null: not said.</param>
/// <param name="Registers">CHBS base; null for a plain bridge.</param>
/// <param name="Mmio">What it forwards; null: not said.</param>
internal sealed record BridgeDraft(uint Uid, byte Bus, byte? LastBus, Hpa? Registers, IReadOnlyList<AddressRange>? Mmio)
{
    /// <summary><c>_SEG</c>.</summary>
    public ushort Segment { get; init; }

    /// <summary>What the CEDT says of it where that is not what the model's bridges have.</summary>
    public ChbsDescription? Chbs { get; init; }

    /// <summary><c>_PXM</c>.</summary>
    public uint? ProximityDomain { get; init; }
}
