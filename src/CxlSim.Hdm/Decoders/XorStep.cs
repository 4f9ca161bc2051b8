namespace CxlSim.Hdm;

/// <summary>What one map of XOR arithmetic did to an address (CXL r3.1 9.18.1.4).</summary>
/// <param name="Map">Bits of the address whose parity was taken.</param>
/// <param name="Bit">The bit that it replaced: the map's lowest.</param>
/// <param name="Parity">What it was replaced with, 0 or 1.</param>
public readonly record struct XorStep(ulong Map, int Bit, int Parity);
