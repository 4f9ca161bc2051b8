using CxlSim.Core;

namespace CxlSim.Views;

/// <summary>A decoder as Linux sees it.</summary>
/// <param name="Name">decoderN.M.</param>
/// <param name="Level">root, host bridge, switch or endpoint.</param>
/// <param name="Owner">The port that has it, and what that port stands for.</param>
/// <param name="Range">Host addresses; null while it has none.</param>
/// <param name="Ways">1 until hardware or a region says otherwise.</param>
/// <param name="Granularity">Bytes.</param>
/// <param name="Targets">Downstream ports in interleave order; of an endpoint's, the bytes of the device.</param>
/// <param name="State">committed, locked, set or idle.</param>
/// <param name="Regions">The regions that have it; of a window several may.</param>
public sealed record ReportDecoder(
    string Name, string Level, string Owner, AddressRange? Range, int Ways, int Granularity, string Targets, string State, IReadOnlyList<string> Regions);
