namespace CxlSim.Timing;

/// <summary>What a message takes of a direction: whole picoseconds, and a part of one.</summary>
/// <param name="Whole">Unit: picoseconds.</param>
/// <param name="Part">Unit: a picosecond divided by the direction's divisor; less than one.</param>
internal readonly record struct WireTime(long Whole, long Part);
