using CxlSim.Core;

namespace CxlSim.Platform.Defaults;

/// <summary>The 384 KiB below 1 MiB that a PC keeps for video memory and option ROMs: DRAM is there, but no table offers it.</summary>
internal static class LegacyHole
{
    private const ulong First = 0xa0000;
    private const ulong End = 0x100000;

    /// <summary>The range without the hole, in one part or two.</summary>
    public static IEnumerable<AddressRange> CutFrom(AddressRange range)
    {
        ulong start = range.Start.Value;
        ulong end = AddressSpace.End(range);
        if (start >= End || end <= First)
        {
            return [range];
        }

        return new[] { (Start: start, End: First), (Start: End, End: end) }
            .Where(part => part.Start < part.End)
            .Select(part => AddressRange.Of(new Hpa(part.Start), new ByteSize(part.End - part.Start)));
    }
}
