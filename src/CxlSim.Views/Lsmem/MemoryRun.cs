namespace CxlSim.Views;

/// <summary>Memory blocks in a row that <c>lsmem</c> shows as one.</summary>
/// <param name="First">Number of the first block.</param>
/// <param name="Count">How many.</param>
/// <param name="State">As sysfs names the first one's.</param>
/// <param name="IsRemovable">What sysfs says of the first one.</param>
/// <param name="Node">The node of the first one; null where it has none.</param>
/// <param name="Zones">The zones that the first one is in or can go to.</param>
internal sealed record MemoryRun(ulong First, ulong Count, string State, bool IsRemovable, int? Node, string Zones)
{
    public bool IsOnline => State == "online";
}
