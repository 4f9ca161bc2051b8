using System.Globalization;
using CxlSim.Core;
using CxlSim.Kernel;
using CxlSim.Platform;
using CxlSim.Spec.Acpi;
using CxlSim.Spec.Efi;

namespace CxlSim.Session;

/// <summary>A machine that has nothing but tables: they are put before the kernel as they are, and its RAM is what the SRAT says.</summary>
internal sealed class TableMachine(IReadOnlyList<DumpedTable> tables)
{
    /// <summary>Those that the kernel model reads.</summary>
    private static readonly string[] Wanted = ["APIC", "CEDT", "DSDT", "HMAT", "MCFG", "SLIT", "SRAT"];

    /// <summary>A board has no more bridges than this, with eight buses each.</summary>
    private const int MostBridges = 32;

    /// <summary>SSDTs, and bytes of one: they are small, but for those that lie, and have to find room.</summary>
    private const int MostFurther = 32;
    private const int LargestFurther = 1 << 20;

    /// <summary>Where the tables lie, whatever else is there.</summary>
    private static readonly AddressRange Room = AddressRange.FromBounds(new Hpa(0x6000_0000), new Hpa(0x7fff_ffff));

    /// <summary>More than a machine has; an SRAT that claims it lies.</summary>
    private static readonly ByteSize MostRam = ByteSize.GiB(16 << 10);

    /// <summary>What of the dump the kernel model reads.</summary>
    public IEnumerable<DumpedTable> Tables => Wanted.Select(Find).OfType<DumpedTable>();

    /// <summary>The first of a name counts, as in Linux.</summary>
    public DumpedTable? Find(string signature) => tables.FirstOrDefault(table => table.Signature == signature);

    /// <summary>A table of the same name that is not the same; null where there is none.</summary>
    public DumpedTable? FindOther(DumpedTable first) => tables.FirstOrDefault(table => table.Signature == first.Signature && !table.Bytes.AsSpan().SequenceEqual(first.Bytes));

    public PlatformDescription Describe()
    {
        string bridges = Find("DSDT") is null ? string.Join(", ", Bridges()) : string.Empty;
        PlatformDescription platform = PlatformReader.ReadText($"memory: {{nodes: [{{pxm: 0, size: 2GiB, cpus: 1}}]}}\nhost_bridges: [{bridges}]\n", "tables").Platform
            ?? throw new SimulatorBugException("a platform of nothing but tables");
        SortedDictionary<string, TableDescription> raw = new(StringComparer.Ordinal);
        foreach (DumpedTable table in Tables)
        {
            raw.Add(table.Signature, new TableDescription { Raw = table.Bytes });
        }

        if (Further() is [var first, .. var others])
        {
            raw.Add("SSDT", new TableDescription { Raw = first, Further = others });
        }

        return platform with
        {
            Firmware = platform.Firmware with { Tables = raw },
            Memory = platform.Memory with { Efi = MemoryMap() },
        };
    }

    /// <summary>What goes on with the namespace of the DSDT; the one that stands in for it has other names.</summary>
    private ReadOnlyMemory<byte>[] Further() =>
        [.. tables.Where(table => table.Signature == "SSDT" && table.Bytes.Length <= LargestFurther && Find("DSDT") is not null).Take(MostFurther).Select(table => new ReadOnlyMemory<byte>(table.Bytes))];

    /// <summary>Without a namespace each CHBS stands for a bridge.</summary>
    private IEnumerable<string> Bridges() =>
        ChbsRecord.ReadAll(Find("CEDT")?.Bytes ?? []).Select(chbs => chbs.Bridge.Uid).Distinct().Take(MostBridges)
            .Select((uid, index) => string.Create(CultureInfo.InvariantCulture, $"{{uid: {uid}, bus: {8 * index}, last_bus: {(8 * index) + 7}}}"));

    /// <summary>Memory that the SRAT has from the start and no window: what a window spreads is for drivers. Without an SRAT, what lies below the tables.</summary>
    private IReadOnlyList<EfiEntryDescription> MemoryMap()
    {
        AddressRange[] windows = [.. CfmwsRecord.ReadAll(Find("CEDT")?.Bytes ?? []).Select(RangeOf).OfType<AddressRange>()];
        List<AddressRange> ram = [];
        ByteSize total = ByteSize.Zero;
        foreach (AddressRange range in BootMemory().Where(range => !Array.Exists(windows, range.Overlaps)).OrderBy(range => range.Start))
        {
            ulong start = Math.Max(range.Start.Value, ram.Count == 0 ? 0 : Math.Min(ulong.MaxValue - 1, ram[^1].Last.Value) + 1);
            if (start <= range.Last.Value && range.Size <= MostRam - total)
            {
                ram.Add(AddressRange.FromBounds(new Hpa(start), range.Last));
                total += range.Size;
            }
        }

        AddressRange[] usable = ram.Count == 0 ? [AddressRange.FromBounds(Hpa.Zero, Room.Start - ByteSize.Page)] : [.. ram.SelectMany(WithoutRoom)];
        IEnumerable<EfiEntryDescription> entries = usable.Select(range => new EfiEntryDescription(range, EfiMemoryType.Conventional, EfiMemoryAttributes.WriteBack));
        return [.. entries.Append(new EfiEntryDescription(Room, EfiMemoryType.AcpiReclaim, EfiMemoryAttributes.WriteBack)).OrderBy(entry => entry.Range.Start)];
    }

    private List<AddressRange> BootMemory()
    {
        List<AddressRange> ranges = [];
        SubtableWalker records = new(Find("SRAT")?.Bytes ?? [], SratMemoryAffinity.FirstRecord, SubtableFormat.Common);
        while (records.MoveNext())
        {
            if (records.Type == SratMemoryAffinity.TypeId
                && BinaryLayout.TryRead(records.Record, out SratMemoryAffinity memory)
                && (memory.Flags & (SratMemoryAffinity.FlagEnabled | SratMemoryAffinity.FlagHotPluggable)) == SratMemoryAffinity.FlagEnabled
                && AddressRange.TryCreate(new Hpa(memory.Base / ByteSize.Page.Bytes * ByteSize.Page.Bytes), new ByteSize(memory.RangeLength / ByteSize.Page.Bytes * ByteSize.Page.Bytes), out AddressRange range))
            {
                ranges.Add(range);
            }
        }

        return ranges;
    }

    private static AddressRange? RangeOf(CfmwsRecord record) =>
        AddressRange.TryCreate(new Hpa(record.Window.BaseHpa), new ByteSize(record.Window.WindowSize), out AddressRange range) ? range : null;

    private static IEnumerable<AddressRange> WithoutRoom(AddressRange range)
    {
        if (!range.Overlaps(Room))
        {
            yield return range;
            yield break;
        }

        if (range.Start < Room.Start)
        {
            yield return AddressRange.FromBounds(range.Start, Room.Start - new ByteSize(1));
        }

        if (range.Last > Room.Last)
        {
            yield return AddressRange.FromBounds(Room.Last + new ByteSize(1), range.Last);
        }
    }
}
