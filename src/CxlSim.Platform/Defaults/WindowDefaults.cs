using CxlSim.Core;
using CxlSim.Platform.Reading;

namespace CxlSim.Platform.Defaults;

/// <summary>Fills in base, size and restrictions of windows.</summary>
internal static class WindowDefaults
{
    /// <summary>CFMWS restrictions (CXL r3.1 9.18.1.3): host-only coherent, volatile; persistent.</summary>
    private const ushort HostOnlyVolatile = 0x6;
    private const ushort Persistent = 0x8;

    /// <summary>From so much memory on Linux's memory blocks are large, and a window that begins amid one loses that piece (<c>arch/x86/mm/init_64.c</c>).</summary>
    private static readonly ByteSize LargeMachine = ByteSize.GiB(64);
    private static readonly ByteSize LargeBlock = ByteSize.GiB(2);

    public static IReadOnlyList<WindowDescription> Fill(
        ReadContext context, MemoryDescription memory, IReadOnlyList<HostBridgeDescription> bridges, IReadOnlyList<WindowDraft> drafts)
    {
        // A default base lies above everything that is placed already, windows later in the file included.
        ulong next = bridges.Select(Topology.RegistersOf).OfType<AddressRange>().Select(AddressSpace.End).Append(Topology.EndOfDram(memory)).Max();
        ILookup<uint, HostBridgeDescription> byUid = bridges.Where(b => b.Cxl is not null).ToLookup(b => b.Uid);
        IReadOnlyList<ulong> sizes = [.. drafts.Select(d => d.Size?.Bytes ?? DefaultSize(context, d.Window, byUid))];
        for (int i = 0; i < drafts.Count; i++)
        {
            next = drafts[i].Base is { } start ? Math.Max(next, AddressSpace.Add(start.Value, sizes[i])) : next;
        }

        ulong alignment = (Topology.EndOfDram(memory) < LargeMachine.Bytes ? AddressSpace.CxlUnit : LargeBlock).Bytes;
        List<WindowDescription> filled = [];
        for (int i = 0; i < drafts.Count; i++)
        {
            WindowDescription window = drafts[i].Window;
            ulong start = drafts[i].Base?.Value ?? AddressSpace.AlignUp(next, alignment);
            ulong end = AddressSpace.Add(start, sizes[i]);
            next = Math.Max(next, end);
            if (end > AddressSpace.Limit)
            {
                string key = context.Says(window, "base") ? "base" : "size";
                string message = $"a window of {new ByteSize(sizes[i])} at {new Hpa(start)} ends past 52 bits; expected an end that x86-64 page tables hold";
                context.Error(end == ulong.MaxValue ? Cxp.Overflow : Cxp.OutOfRange, context.PlaceOf(window, key), message);
                continue;
            }

            filled.Add(context.Replace(window, window with
            {
                Range = AddressRange.Of(new Hpa(start), new ByteSize(sizes[i])),
                Restrictions = context.Says(window, "restrictions") ? window.Restrictions : Restrictions(window, byUid),
            }));
        }

        return filled;
    }

    /// <summary>All capacity below the targets, in whole units of 256 MiB for every way. After a wrong size: the smallest, which disturbs least.</summary>
    private static ulong DefaultSize(ReadContext context, WindowDescription window, ILookup<uint, HostBridgeDescription> byUid)
    {
        ulong unit = AddressSpace.Multiply(AddressSpace.CxlUnit.Bytes, (ulong)Math.Max(1, window.Targets.Count));
        return context.Says(window, "size")
            ? unit
            : AddressSpace.AlignUp(Math.Max(unit, Targets(window, byUid).Aggregate(0UL, (sum, b) => AddressSpace.Add(sum, Topology.Capacity(b)))), unit);
    }

    private static ushort Restrictions(WindowDescription window, ILookup<uint, HostBridgeDescription> byUid) =>
        (ushort)(HostOnlyVolatile | (Targets(window, byUid).Any(Topology.HasPersistent) ? Persistent : 0));

    /// <summary>A bridge that is there twice counts once.</summary>
    private static IEnumerable<HostBridgeDescription> Targets(WindowDescription window, ILookup<uint, HostBridgeDescription> byUid) =>
        window.Targets.Distinct().SelectMany(uid => byUid[uid]);
}
