namespace CxlSim.Hardware;

/// <summary>Memory that costs what was touched: pages come into being with the first store, and read as zeros before.</summary>
public sealed class SparseMemory
{
    private const int PageBits = 12;
    private const int PageSize = 1 << PageBits;

    /// <summary>Pages are made by the slab; one that nobody touches yet is not even mapped by the host.</summary>
    private const int SlabBits = 4;
    private const int SlabPages = 1 << SlabBits;

    private readonly PageTable _pages = new();
    private byte[][] _slabs = [];

    /// <summary>Bytes that the touched pages take.</summary>
    public long Touched => (long)_pages.Count * PageSize;

    public void Clear()
    {
        _pages.Clear();
        _slabs = [];
    }

    /// <summary>Where data begins at or after an offset, or a hole, by pages; null where no data follow.</summary>
    public ulong? Seek(ulong offset, bool data)
    {
        ulong page = offset >> PageBits;
        if (!data)
        {
            while (_pages.Find(page) >= 0)
            {
                page++;
            }
        }
        else if (_pages.Find(page) < 0)
        {
            ulong next = _pages.Pages.Where(candidate => candidate > page).DefaultIfEmpty(ulong.MaxValue).Min();
            if (next == ulong.MaxValue)
            {
                return null;
            }

            page = next;
        }

        return Math.Max(offset, page << PageBits);
    }

    public void Read(ulong offset, Span<byte> destination)
    {
        int inPage = PageSize - (int)(offset & (PageSize - 1));
        while (destination.Length > inPage)
        {
            ReadWithinPage(offset, destination[..inPage]);
            destination = destination[inPage..];
            offset = unchecked(offset + (ulong)inPage);
            inPage = PageSize;
        }

        ReadWithinPage(offset, destination);
    }

    public void Write(ulong offset, ReadOnlySpan<byte> source)
    {
        int inPage = PageSize - (int)(offset & (PageSize - 1));
        while (source.Length > inPage)
        {
            WriteWithinPage(offset, source[..inPage]);
            source = source[inPage..];
            offset = unchecked(offset + (ulong)inPage);
            inPage = PageSize;
        }

        if (!source.IsEmpty)
        {
            WriteWithinPage(offset, source);
        }
    }

    /// <summary>Takes bytes of this or another memory; what is not there on either side stays so.</summary>
    public void CopyFrom(SparseMemory source, ulong sourceOffset, ulong offset, int count)
    {
        while (count > 0)
        {
            int part = Math.Min(count, PageSize - (int)Math.Max(sourceOffset & (PageSize - 1), offset & (PageSize - 1)));
            int from = source._pages.Find(sourceOffset >> PageBits);
            if (from >= 0)
            {
                WriteWithinPage(offset, source.BytesOf(from, sourceOffset, part));
            }
            else if (_pages.Find(offset >> PageBits) is >= 0 and int there)
            {
                BytesOf(there, offset, part).Clear();
            }

            sourceOffset = unchecked(sourceOffset + (ulong)part);
            offset = unchecked(offset + (ulong)part);
            count -= part;
        }
    }

    /// <summary>Takes what another memory holds from the beginning of a page on.</summary>
    public void CopyPagesFrom(SparseMemory source, ulong first)
    {
        foreach (ulong page in source._pages.Pages.Where(page => page >= first >> PageBits))
        {
            WriteWithinPage(page << PageBits, source.BytesOf(source._pages.Find(page), 0, PageSize));
        }
    }

    private void ReadWithinPage(ulong offset, Span<byte> destination)
    {
        int index = _pages.Find(offset >> PageBits);
        if (index >= 0)
        {
            BytesOf(index, offset, destination.Length).CopyTo(destination);
        }
        else
        {
            destination.Clear();
        }
    }

    private void WriteWithinPage(ulong offset, ReadOnlySpan<byte> source)
    {
        int index = _pages.Find(offset >> PageBits);
        if (index < 0)
        {
            index = Add(offset >> PageBits);
        }

        source.CopyTo(BytesOf(index, offset, source.Length));
    }

    private Span<byte> BytesOf(int index, ulong offset, int count) =>
        _slabs[index >> SlabBits].AsSpan(((index & (SlabPages - 1)) << PageBits) | (int)(offset & (PageSize - 1)), count);

    private int Add(ulong page)
    {
        int index = _pages.Add(page);
        int slab = index >> SlabBits;
        if (slab == _slabs.Length)
        {
            Array.Resize(ref _slabs, Math.Max(4, 2 * slab));
        }

        // Pinned, so that collections neither move nor copy it.
        _slabs[slab] ??= GC.AllocateArray<byte>(SlabPages * PageSize, pinned: true);
        return index;
    }
}
