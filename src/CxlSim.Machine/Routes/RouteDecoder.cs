using CxlSim.Core;

namespace CxlSim.Machine;

/// <summary>A window or a committed decoder, for views.</summary>
/// <param name="Unit">What the hardware calls it: <c>window 0</c>, <c>host bridge 5 HDM decoder 0</c>.</param>
/// <param name="Name">The kernel's decoder object; null where it has none.</param>
/// <param name="Range">What it claims; null where the registers are no range.</param>
/// <param name="Ways">Number of targets, or of devices that share the range.</param>
/// <param name="Granularity">Bytes that go to one target before the next has its turn.</param>
/// <param name="Fault">What is wrong with it, in words; null for nothing.</param>
public sealed record RouteDecoder(string Unit, string? Name, AddressRange? Range, int Ways, int Granularity, string? Fault)
{
    /// <summary>Whether an address lies in its range.</summary>
    public bool Claims(Hpa address) => Range is { } range && range.Contains(address);
}
