using CxlSim.Core;

namespace CxlSim.Platform.Checks;

/// <summary>Something that takes a range of host physical addresses.</summary>
/// <param name="Rank">What is least to blame for an overlap has the lowest: the board's own 0, DRAM 1, MMIO 2, component registers 3, windows 4.</param>
/// <param name="What">What it is, for messages.</param>
/// <param name="Range">What it takes.</param>
/// <param name="At">Where the file says so.</param>
internal sealed record AddressClaim(int Rank, string What, AddressRange Range, SourceLocation At);
