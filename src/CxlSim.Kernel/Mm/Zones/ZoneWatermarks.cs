namespace CxlSim.Kernel;

/// <summary>How many free pages a zone should keep, as the allocator counts them (<c>enum zone_watermarks</c>).</summary>
/// <param name="Min">Below it only those who may use reserves get a page.</param>
/// <param name="Low">Below it kswapd wakes.</param>
/// <param name="High">Above it kswapd sleeps.</param>
/// <param name="Promo">Above it pages are promoted to this zone.</param>
public readonly record struct ZoneWatermarks(ulong Min, ulong Low, ulong High, ulong Promo);
