using CxlSim.Core;

namespace CxlSim.Platform;

/// <summary>The bounds that the board sets to addresses, and arithmetic that stops at them instead of overflowing.</summary>
internal static class AddressSpace
{
    /// <summary>One past the last host physical address: x86-64 page tables hold 52 bits.</summary>
    public const ulong Limit = 1UL << 52;

    /// <summary>Low DRAM ends here at the latest when the board lays it out; the rest of 32 bits is for devices.</summary>
    public const ulong LowDramLimit = 2UL << 30;

    /// <summary>DRAM goes on here.</summary>
    public const ulong HighDram = 4UL << 30;

    /// <summary>CFMWS bases and sizes, HDM decoders and device capacities count in it (CXL r3.1 9.18.1.3, 8.2.4.20, 8.2.9.9.1.1).</summary>
    public static readonly ByteSize CxlUnit = ByteSize.MiB(256);

    /// <summary>Component registers of a host bridge (CXL r3.1 9.18.1.2).</summary>
    public static readonly ByteSize ComponentRegisters = ByteSize.KiB(64);

    /// <summary>The memory-mapped configuration space: 256 buses of 1 MiB.</summary>
    public static readonly AddressRange ConfigurationSpace = AddressRange.Of(new Hpa(0xe000_0000), ByteSize.MiB(256));

    /// <summary>The 384 KiB below 1 MiB that a PC keeps for video memory, old devices and ROMs: DRAM is there, but no table offers it.</summary>
    public static readonly AddressRange LegacyHole = AddressRange.FromBounds(new Hpa(0xa_0000), new Hpa(0xf_ffff));

    public static ulong Add(ulong a, ulong b) => b > ulong.MaxValue - a ? ulong.MaxValue : a + b;

    public static ulong Multiply(ulong a, ulong b) => a != 0 && b > ulong.MaxValue / a ? ulong.MaxValue : a * b;

    /// <summary>The next multiple of <paramref name="unit"/>; the largest number where there is none.</summary>
    public static ulong AlignUp(ulong value, ulong unit) => value % unit == 0 ? value : Add(value - (value % unit), unit);

    /// <summary>One past the last byte.</summary>
    public static ulong End(AddressRange range) => Add(range.Last.Value, 1);

    /// <summary>The range without <see cref="LegacyHole"/>, in one part or two; none where it lies within.</summary>
    public static IEnumerable<AddressRange> WithoutLegacyHole(AddressRange range)
    {
        if (!range.Overlaps(LegacyHole))
        {
            return [range];
        }

        return new[] { (Start: range.Start.Value, End: LegacyHole.Start.Value), (Start: End(LegacyHole), End: End(range)) }
            .Where(part => part.Start < part.End)
            .Select(part => AddressRange.Of(new Hpa(part.Start), new ByteSize(part.End - part.Start)));
    }
}
