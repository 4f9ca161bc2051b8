using CxlSim.Core;
using CxlSim.Spec.Cxl;

namespace CxlSim.Hdm;

/// <summary>The host's own decoder: a fixed window and the bridges that it spreads addresses over (CXL r3.1 9.18.1.3).</summary>
/// <param name="Range">What it claims.</param>
/// <param name="Granularity">Bytes per target.</param>
/// <param name="Targets">Bridges in interleave order; null where a target is no bridge.</param>
/// <param name="XorMaps">What XOR arithmetic takes the target's bits from; null for modulo arithmetic.</param>
public sealed record DecodeWindow(AddressRange Range, int Granularity, IReadOnlyList<DecodeNode?> Targets, IReadOnlyList<ulong>? XorMaps = null)
{
    /// <summary>What reports call it.</summary>
    public string Name { get; init; } = "window";

    /// <summary>Why it is no decoder; it translates nothing then.</summary>
    public RouteFaultKind? Fault { get; } =
        !Interleave.TryEncodeWays(Targets.Count, out _) || !Interleave.TryEncodeGranularity(Granularity, out _) ? RouteFaultKind.IllegalEncoding
        : XorMaps is not null && XorMaps.Count < Interleave.XorMapsFor(Targets.Count) ? RouteFaultKind.MissingXorMaps
        : null;

    /// <summary>From what a CPU issues to what decoders see; null where the two are one.</summary>
    public XorArithmetic? Xor { get; } =
        XorMaps is not null && Interleave.XorMapsFor(Targets.Count) is var needed && needed > 0 && XorMaps.Count >= needed
            ? new XorArithmetic(XorMaps.Take(needed))
            : null;

    /// <summary>The address as decoders below the window see it.</summary>
    public Hpa Transform(Hpa address) => Xor is null ? address : Xor.Apply(address);

    /// <summary>Which target's turn it is; absolute bits count, as in hardware.</summary>
    public int PositionOf(Hpa transformed) => (int)(transformed.Value / (ulong)Granularity % (ulong)Targets.Count);
}
