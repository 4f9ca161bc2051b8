using System.Numerics;
using CxlSim.Core;
using CxlSim.Spec.Acpi;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>What the driver knows of a window's XOR arithmetic: the maps that the CXIMS lends it (<c>drivers/cxl/acpi.c</c>, struct cxl_cxims_data).</summary>
public sealed class CxlXorMaps
{
    private readonly ulong[] _maps;

    private CxlXorMaps(ulong[] maps) => _maps = maps;

    /// <summary>Finds the maps of a window by its granularity; one or three ways need none, and no CXIMS. Of several structures the last counts (<c>cxl_parse_cxims</c>).</summary>
    /// <param name="cedt">The whole table.</param>
    /// <param name="ways">Of the window, legal.</param>
    /// <param name="granularity">Of the window, in bytes.</param>
    /// <param name="maps">As many as the ways need; null on failure.</param>
    /// <returns>ENXIO where the structure has fewer maps than are needed, EINVAL where there is none, or any makes no sense.</returns>
    public static Errno Find(ReadOnlySpan<byte> cedt, int ways, int granularity, out CxlXorMaps? maps) => Find(cedt, ways, granularity, out maps, out _);

    /// <inheritdoc cref="Find(ReadOnlySpan{byte}, int, int, out CxlXorMaps?)"/>
    /// <param name="cedt">The whole table.</param>
    /// <param name="ways">Of the window, legal.</param>
    /// <param name="granularity">Of the window, in bytes.</param>
    /// <param name="maps">As many as the ways need; null on failure.</param>
    /// <param name="culprit">Where the structure starts that ended the search without success; null where none did.</param>
    public static Errno Find(ReadOnlySpan<byte> cedt, int ways, int granularity, out CxlXorMaps? maps, out int? culprit)
    {
        culprit = null;
        int needed = Interleave.XorMapsFor(ways);
        maps = needed == 0 ? new CxlXorMaps([]) : null;
        if (maps is not null)
        {
            return Errno.Ok;
        }

        SubtableWalker records = new(cedt, AcpiTableHeader.SpecSize, SubtableFormat.Cedt);
        while (records.MoveNext())
        {
            if (records.Type != CedtCxims.TypeId || !BinaryLayout.TryRead(records.Record, out CedtCxims cxims))
            {
                continue;
            }

            if (!Interleave.TryDecodeGranularity(cxims.EncodedGranularity, out int served))
            {
                culprit = records.Offset;
                maps = null;
                return Errno.EINVAL;
            }

            if (served == granularity && cxims.MapCount < needed)
            {
                culprit = records.Offset;
                maps = null;
                return Errno.ENXIO;
            }

            maps = served == granularity ? Read(records.Record[CedtCxims.SpecSize..], needed) : maps;
        }

        return maps is null ? Errno.EINVAL : Errno.Ok;
    }

    /// <summary>From an address of the region as decoders see it to the one that a CPU issues (<c>cxl_xor_hpa_to_spa</c>).</summary>
    /// <remarks>The maps are applied as hardware applies them: that undoes them as long as none decides by the lowest bit of another.</remarks>
    public Hpa Restore(Hpa address)
    {
        ulong value = address.Value;
        foreach (ulong map in _maps)
        {
            if (map != 0)
            {
                int bit = BitOperations.TrailingZeroCount(map);
                value = Bits.Set(value, bit, bit, (ulong)BitOperations.PopCount(value & map) & 1);
            }
        }

        return new Hpa(value);
    }

    /// <summary>The count is trusted, not the record's length: what a cut table lacks is zero.</summary>
    private static CxlXorMaps Read(ReadOnlySpan<byte> list, int count)
    {
        SpanReader reader = new(list);
        ulong[] maps = new ulong[count];
        for (int i = 0; i < count; i++)
        {
            maps[i] = reader.U64();
        }

        return new CxlXorMaps(maps);
    }
}
