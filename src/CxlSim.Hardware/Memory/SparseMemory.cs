namespace CxlSim.Hardware;

/// <summary>Memory that costs what was touched: pages come into being with the first store, and read as zeros before.</summary>
public sealed class SparseMemory
{
    private const int PageBits = 12;
    private const int PageSize = 1 << PageBits;
    private readonly Dictionary<ulong, byte[]> _pages = [];

    /// <summary>Bytes that the touched pages take.</summary>
    public long Touched => (long)_pages.Count * PageSize;

    public void Clear() => _pages.Clear();

    /// <summary>Where data begins at or after an offset, or a hole, by pages; null where no data follow.</summary>
    public ulong? Seek(ulong offset, bool data)
    {
        ulong page = offset >> PageBits;
        if (!data)
        {
            while (_pages.ContainsKey(page))
            {
                page++;
            }
        }
        else if (!_pages.ContainsKey(page))
        {
            ulong next = _pages.Keys.Where(candidate => candidate > page).DefaultIfEmpty(ulong.MaxValue).Min();
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
        while (!destination.IsEmpty)
        {
            int within = (int)(offset & (PageSize - 1));
            int count = Math.Min(PageSize - within, destination.Length);
            if (_pages.TryGetValue(offset >> PageBits, out byte[]? page))
            {
                page.AsSpan(within, count).CopyTo(destination);
            }
            else
            {
                destination[..count].Clear();
            }

            destination = destination[count..];
            offset += (ulong)count;
        }
    }

    public void Write(ulong offset, ReadOnlySpan<byte> source)
    {
        while (!source.IsEmpty)
        {
            int within = (int)(offset & (PageSize - 1));
            int count = Math.Min(PageSize - within, source.Length);
            if (!_pages.TryGetValue(offset >> PageBits, out byte[]? page))
            {
                page = new byte[PageSize];
                _pages.Add(offset >> PageBits, page);
            }

            source[..count].CopyTo(page.AsSpan(within));
            source = source[count..];
            offset += (ulong)count;
        }
    }
}
