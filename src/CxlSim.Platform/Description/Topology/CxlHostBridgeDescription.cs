using CxlSim.Core;

namespace CxlSim.Platform;

/// <summary>What makes a root bridge a CXL host bridge.</summary>
/// <param name="ComponentRegisters">CHBS base: 64 KiB of component registers. Zero for a CXL 1.1 host.</param>
/// <param name="HdmDecoders">Decoders of the bridge; 0 where a single root port needs none (a passthrough bridge).</param>
public sealed record CxlHostBridgeDescription(Hpa ComponentRegisters, int HdmDecoders)
{
    /// <summary>What its HDM decoders can do.</summary>
    public InterleaveCapabilities Interleave { get; init; } = InterleaveCapabilities.All;

    /// <summary>Null: the CEDT tells the truth of the bridge.</summary>
    public ChbsDescription? Chbs { get; init; }

    /// <summary>What <c>_OSC</c> answers.</summary>
    public OscDescription Osc { get; init; } = OscDescription.Default;

    /// <summary>The numbers of <c>_CBR</c>; null: there is none.</summary>
    public IReadOnlyList<ulong>? Cbr { get; init; }

    /// <summary>Only of a CXL 1.1 host.</summary>
    public RestrictedHostDescription? Restricted { get; init; }
}
