namespace CxlSim.Machine;

/// <summary>What an XOR map did to an address (CXL r3.1 9.18.1.4).</summary>
/// <param name="Mask">The address bits whose parity it takes.</param>
/// <param name="Bit">The bit that it sets: its own lowest.</param>
/// <param name="Parity">0 or 1: what the bit became.</param>
public sealed record RouteMap(ulong Mask, int Bit, int Parity);
