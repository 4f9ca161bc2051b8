namespace CxlSim.Timing;

/// <summary>What DRAM did since it was last cleared.</summary>
/// <param name="BusPs">How long the data buses were busy, turns included, on average over the channels. Unit: picoseconds.</param>
/// <param name="BankPs">How long the busiest bank was: activating, open for a column, recovering, closing. Unit: picoseconds.</param>
/// <param name="Accesses">Lines that went to or from banks.</param>
/// <param name="RowHits">Those that found their row open.</param>
public readonly record struct MediaLoad(long BusPs, long BankPs, long Accesses, long RowHits);
