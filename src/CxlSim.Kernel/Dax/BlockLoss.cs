using CxlSim.Core;
using CxlSim.Spec.Acpi;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>Says what of a range fills no whole memory block, and which window would have lost nothing (<c>dax_kmem_range</c> in <c>drivers/dax/kmem.c</c>).</summary>
/// <param name="block">How large a memory block is.</param>
/// <param name="window">The window that the range lies in; null for memory that is no window's.</param>
/// <param name="findings">Takes what is lost.</param>
public sealed class BlockLoss(ByteSize block, DaxWindow? window, KernelFindings findings)
{
    /// <summary>Reports head and tail, if they are lost.</summary>
    public void Report(AddressRange range)
    {
        ulong head = Math.Min(range.Size.Bytes, (block.Bytes - (range.Start.Value % block.Bytes)) % block.Bytes);
        ulong tail = Math.Min(range.Size.Bytes - head, unchecked(range.Last.Value + 1) % block.Bytes);
        if (head > 0)
        {
            TablePlace? place = window?.Range.Start == range.Start ? PlaceOf(nameof(CedtCfmws.BaseHpa)) : null;
            Report(range, $"{range} to begin inside a block of {block}: {new ByteSize(head)} lost", place, place?.Value("Base HPA", NearestBase(range.Start.Value)));
        }

        if (tail > 0)
        {
            TablePlace? place = window?.Range.Last == range.Last ? PlaceOf(nameof(CedtCfmws.WindowSize)) : null;
            ulong? size = place is null ? null : NearestSize(window!.Range, window.Ways);
            Report(range, $"{range} to end inside a block of {block}: {new ByteSize(tail)} lost", place, size is { } fits ? place!.Value("Window Size", fits) : null);
        }
    }

    private void Report(AddressRange range, string found, TablePlace? place, FieldValue? nearest) =>
        findings.Report(KernelRules.BlockAlignment, place is null ? new AddressPlace(range) : place, found, nearest);

    private TablePlace PlaceOf(string field) => TablePlace.Of<CedtCfmws>("CEDT", window!.CfmwsOffset, field);

    /// <summary>Upwards: below a window lies what it begins behind.</summary>
    private ulong NearestBase(ulong value)
    {
        ulong over = value % block.Bytes;
        return over == 0 ? value : value - over <= ulong.MaxValue - block.Bytes ? value - over + block.Bytes : value - over;
    }

    /// <summary>A multiple of 256 MiB for every way that ends with a block, once the window begins with one; null where none is near, or that it begins with one is all it takes.</summary>
    private ulong? NearestSize(AddressRange range, int ways)
    {
        ulong unit = IdentifyMemoryDevice.CapacityUnit.Bytes * (ulong)ways;
        ulong size = range.Size.Bytes / unit * unit;
        ulong start = NearestBase(range.Start.Value);
        if (unchecked(start + range.Size.Bytes) % block.Bytes == 0)
        {
            return null;
        }

        for (ulong steps = 0; steps <= block / IdentifyMemoryDevice.CapacityUnit; steps++)
        {
            foreach (ulong candidate in (ReadOnlySpan<ulong>)[size - Math.Min(size, unit * steps), size + (unit * steps)])
            {
                if (candidate > 0 && unchecked(start + candidate) % block.Bytes == 0)
                {
                    return candidate;
                }
            }
        }

        return null;
    }
}
