using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>Struct pages of memory that stays a device's: the zone Device (<c>mm/memremap.c</c>).</summary>
internal sealed class DevicePages(StructPages memmaps)
{
    private readonly Dictionary<AddressRange, NumaNode> _ranges = [];

    /// <summary>Whose zone has the page; null where no device has it.</summary>
    public NumaNode? NodeOf(Hpa address) => _ranges.FirstOrDefault(range => range.Key.Contains(address)).Value;

    /// <summary>Puts a range into the zone; the zone never shrinks.</summary>
    /// <param name="node">Whose zone that is, and whose memory the struct pages take.</param>
    /// <param name="range">What the device has.</param>
    /// <param name="alignment">The size of its pages. The tails of one that is larger than 4 KiB share theirs, so each takes two pages of struct pages (<c>vmemmap_populate_compound_pages</c>).</param>
    /// <returns>ENOMEM or EEXIST of the struct pages.</returns>
    public Errno Add(NumaNode node, AddressRange range, ByteSize alignment)
    {
        ulong pages = range.Size / ByteSize.Page;
        ulong count = alignment > ByteSize.Page ? Math.Max(1, range.Size / alignment) * 2 : (pages + StructPages.PerPage - 1) / StructPages.PerPage;
        Errno error = memmaps.Allocate(node.Id, range, count, new NearestChange($"write {ByteSize.MiB(2).Bytes} to align: pages of 2 MiB need a quarter of it"));
        if (error == Errno.Ok)
        {
            node.Zone(ZoneType.Device).Grow(range.Start.Value / ByteSize.Page.Bytes, pages);
            _ranges.Add(range, node);
        }

        return error;
    }

    public void Remove(AddressRange range)
    {
        if (_ranges.Remove(range))
        {
            memmaps.Free(range);
        }
    }
}
