using CxlSim.Core;
using CxlSim.Spec.Acpi;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>Says what of a range fills no whole memory block, and which window would have lost nothing (<c>dax_kmem_range</c> in <c>drivers/dax/kmem.c</c>).</summary>
/// <param name="kernel">Its blocks count.</param>
/// <param name="window">The window that the range lies in; null for memory that is no window's.</param>
public sealed class BlockLoss(LinuxKernel kernel, CxlRootDecoder? window)
{
    private readonly ByteSize _block = kernel.Memory.BlockSize;

    /// <summary>Reports head and tail, if they are lost.</summary>
    public void Report(AddressRange range)
    {
        ulong block = _block.Bytes;
        ulong head = Math.Min(range.Size.Bytes, (block - (range.Start.Value % block)) % block);
        ulong tail = Math.Min(range.Size.Bytes - head, unchecked(range.Last.Value + 1) % block);
        if (head > 0)
        {
            TablePlace? place = window?.Range?.Start == range.Start ? PlaceOf(nameof(CedtCfmws.BaseHpa)) : null;
            Report(range, $"{range} to begin inside a block of {_block}: {new ByteSize(head)} lost", place, place?.Value("Base HPA", NearestBase(range.Start.Value)));
        }

        if (tail > 0)
        {
            TablePlace? place = window?.Range?.Last == range.Last ? PlaceOf(nameof(CedtCfmws.WindowSize)) : null;
            ulong? size = place is null ? null : NearestSize(window!.Range!.Value, window.Ways);
            Report(range, $"{range} to end inside a block of {_block}: {new ByteSize(tail)} lost", place, size is { } fits ? place!.Value("Window Size", fits) : null);
        }
    }

    private void Report(AddressRange range, string found, TablePlace? place, FieldValue? nearest) =>
        kernel.Findings.Report(KernelRules.BlockAlignment, place is null ? new AddressPlace(range) : place, found, nearest);

    private TablePlace PlaceOf(string field) => TablePlace.Of<CedtCfmws>("CEDT", window!.CfmwsOffset, field);

    /// <summary>A half goes up.</summary>
    private ulong NearestBase(ulong value)
    {
        ulong below = value / _block.Bytes * _block.Bytes;
        return value - below >= _block.Bytes / 2 && below <= ulong.MaxValue - _block.Bytes ? below + _block.Bytes : below;
    }

    /// <summary>A multiple of 256 MiB for every way that ends with a block; null where none is near.</summary>
    private ulong? NearestSize(AddressRange range, int ways)
    {
        ulong unit = IdentifyMemoryDevice.CapacityUnit.Bytes * (ulong)ways;
        ulong size = range.Size.Bytes / unit * unit;
        for (ulong steps = 0; steps <= _block / IdentifyMemoryDevice.CapacityUnit; steps++)
        {
            foreach (ulong candidate in (ReadOnlySpan<ulong>)[size - Math.Min(size, unit * steps), size + (unit * steps)])
            {
                if (candidate > 0 && unchecked(range.Start.Value + candidate) % _block.Bytes == 0)
                {
                    return candidate;
                }
            }
        }

        return null;
    }
}
