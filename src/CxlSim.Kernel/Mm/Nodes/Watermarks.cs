namespace CxlSim.Kernel;

/// <summary>Sets the watermarks of all zones when memory comes and goes (<c>mm/page_alloc.c</c>, <c>mm/khugepaged.c</c>).</summary>
/// <remarks>They stand until the next time: a node that has just come online has none before its first block is online.</remarks>
public sealed class Watermarks(CommandLine commandLine, Numa numa)
{
    private const ulong KilobytesPerPage = 4;
    private const ulong LeastMinFree = 128;
    private const ulong MostMinFree = 262144;

    /// <summary>watermark_scale_factor, in parts of 10000.</summary>
    private const ulong ScaleFactor = 10;

    /// <summary>Transparent huge pages want two free page blocks of 512 pages a zone, and one for each pair of the three kinds of mobility.</summary>
    private const ulong HugePageReservePerZone = 512 * (2 + (3 * 3));

    private const ulong LeastMovable = 32;
    private const ulong MostMovable = 128;

    private readonly bool _hasHugePages = commandLine.Value("transparent_hugepage") != "never";

    /// <summary><c>min_free_kbytes</c>.</summary>
    public ulong MinFreeKilobytes { get; private set; }

    /// <summary>As <c>init_per_zone_wmark_min</c>: first from the size of memory, then raised for huge pages.</summary>
    internal void Recompute()
    {
        Zone[] zones = [.. numa.OnlineNodes.SelectMany(node => node.Zones)];
        MinFreeKilobytes = Math.Clamp(SquareRoot(16 * KilobytesPerPage * BufferPages(zones)), LeastMinFree, MostMinFree);
        SetUp(zones);
        if (_hasHugePages)
        {
            ulong populated = (ulong)zones.Count(zone => zone.IsPopulated && zone.Type <= ZoneType.Normal);
            ulong pages = Math.Min(HugePageReservePerZone * populated, BufferPages(zones) / 20);
            MinFreeKilobytes = Math.Max(MinFreeKilobytes, KilobytesPerPage * pages);
            SetUp(zones);
        }
    }

    /// <summary>Pages above the high marks in zones that the kernel itself may use (<c>nr_free_buffer_pages</c>).</summary>
    private static ulong BufferPages(Zone[] zones)
    {
        ulong pages = 0;
        foreach (Zone zone in zones)
        {
            pages += zone.Type <= ZoneType.Normal ? zone.PagesAboveHigh : 0;
        }

        return pages;
    }

    /// <summary>Each zone's share of what is to be kept free (<c>__setup_per_zone_wmarks</c>).</summary>
    private void SetUp(Zone[] zones)
    {
        ulong pages = MinFreeKilobytes / KilobytesPerPage;
        ulong lowmem = 0;
        foreach (Zone zone in zones)
        {
            lowmem += zone.Type == ZoneType.Movable ? 0 : zone.ManagedPages;
        }

        foreach (Zone zone in zones)
        {
            ulong share = zone.ManagedPages == 0 || lowmem == 0 ? 0 : (ulong)((UInt128)pages * zone.ManagedPages / lowmem);
            ulong min = zone.Type == ZoneType.Movable ? Math.Clamp(zone.ManagedPages / 1024, LeastMovable, MostMovable) : share;
            ulong gap = Math.Max(share / 4, zone.ManagedPages * ScaleFactor / 10000);
            zone.Watermarks = new ZoneWatermarks(min, min + gap, min + (2 * gap), min + (3 * gap));
        }
    }

    private static ulong SquareRoot(ulong value)
    {
        ulong root = (ulong)Math.Sqrt(value);
        while ((UInt128)root * root > value)
        {
            root--;
        }

        return root;
    }
}
