using CxlSim.Platform.Reading;
using CxlSim.Spec.Efi;

namespace CxlSim.Platform.Checks;

/// <summary>Checks that the EFI map keeps memory for the tables that firmware will write.</summary>
internal static class TableRoomChecks
{
    /// <summary>Headers, fixed tables, alignment.</summary>
    private const ulong FixedBytes = 32 << 10;

    /// <summary>A bridge's namespace device and CHBS; a range of its resources; a window with its targets; a record of SRAT or MADT.</summary>
    private const ulong BytesPerBridge = 512;
    private const ulong BytesPerRange = 64;
    private const ulong BytesPerWindow = 128;
    private const ulong BytesPerRecord = 64;

    /// <summary>A pair of domains in the six kinds of HMAT record, and in the SLIT; a domain in their lists.</summary>
    private const ulong BytesPerPair = 16;
    private const ulong BytesPerDomain = 128;

    public static void Run(ReadContext context, PlatformDescription platform)
    {
        // A default map is made from DRAM, and what is wrong with DRAM is reported there.
        EfiEntryDescription? said = platform.Memory.Efi.FirstOrDefault(entry => context.Says(entry, "range"));
        if (said is null ? context.HasErrors : context.Has(Cxp.EfiEntry))
        {
            return;
        }

        ulong needed = FixedBytes
            + (BytesPerBridge * (ulong)platform.HostBridges.Count)
            + (BytesPerRange * (ulong)platform.HostBridges.Sum(bridge => bridge.Mmio.Count + 1))
            + platform.Windows.Aggregate(0UL, (sum, window) => sum + BytesOf(window))
            + BytesOfDistances(platform.Memory)
            + BytesOfStated(platform)
            + (BytesPerRecord * (ulong)((platform.Memory.Srat?.Count ?? 0) + platform.Memory.Nodes.Sum(node => node.Cpus)));
        bool hasRoom = platform.Memory.Efi.Any(entry => entry.Type == EfiMemoryType.AcpiReclaim
            && entry.Range.Size.Bytes >= needed
            && entry.Range.Last.Value <= uint.MaxValue
            && platform.Memory.Nodes.SelectMany(node => node.Ranges).Any(range => range.Contains(entry.Range)));
        if (!hasRoom)
        {
            string message = $"no acpi_reclaim entry for the tables; expected one of at least {needed} bytes, in DRAM below 4 GiB";
            context.Error(Cxp.NoRoomForTables, said is null ? context.PlaceOf(platform.Firmware, "tables") : context.PlaceOf(said, "range"), message);
        }
    }

    private static ulong BytesOf(WindowDescription window) => Math.Max(BytesPerWindow + (sizeof(uint) * (ulong)window.Targets.Count), window.RecordLength ?? 0);

    /// <summary>Records and tables that stand in the file as they are to be.</summary>
    private static ulong BytesOfStated(PlatformDescription platform)
    {
        MemoryDescription memory = platform.Memory;
        CedtDescription cedt = platform.Firmware.Cedt;
        long raw = memory.Srat?.OfType<SratRawDescription>().Sum(record => record.Bytes.Count) ?? 0;
        raw += memory.Madt?.OfType<MadtRawDescription>().Sum(record => record.Bytes.Count) ?? 0;
        raw += memory.HmatRecords.OfType<HmatRawDescription>().Sum(record => record.Bytes.Count);
        raw += cedt.Raw.Sum(record => record.Bytes.Count);
        long files = platform.Firmware.Tables.Values.Sum(table => (long)BytesPerRecord + (table.Raw?.Length ?? 0) + table.Further.Sum(bytes => (long)BytesPerRecord + bytes.Length));
        long localities = memory.HmatRecords.OfType<HmatLocalityDescription>()
            .Sum(record => 4L * (record.Initiators.Count + record.Targets.Count) + (2L * record.Entries.Sum(row => row.Count)));
        long lists = memory.HmatRecords.OfType<HmatCacheDescription>().Sum(record => 2L * record.SmbiosHandles.Count)
            + (memory.Slit?.Rows.Sum(row => row.Count) ?? 0)
            + (cedt.Cxims?.Sum(record => 8L * record.Maps.Count) ?? 0)
            + platform.Windows.Sum(window => 8L * (window.XorMaps?.Count ?? 0))
            + platform.HostBridges.Sum(bridge => 9L * (bridge.Cxl?.Cbr?.Count ?? 0))
            + (3L * platform.Firmware.Qtg.Ids.Count)
            + platform.Firmware.Tables.Values.Sum(table => (8L * (table.Entries?.Count ?? 0)) + (16L * (table.Allocations?.Count ?? 0)));
        long records = (memory.Madt?.Count ?? 0) + memory.HmatRecords.Count + (cedt.Cxims?.Count ?? 0) + cedt.Rdpas.Count;
        return (ulong)(raw + files + localities + lists) + (BytesPerRecord * (ulong)records);
    }

    private static ulong BytesOfDistances(MemoryDescription memory)
    {
        ulong domains = (ulong)memory.Hmat.SelectMany(entry => new[] { entry.Initiator, entry.Target })
            .Concat(memory.Distances.SelectMany(entry => new[] { entry.From, entry.To }))
            .Select(domain => (long)domain + 1)
            .Append(0)
            .Max();
        return domains * (BytesPerDomain + (domains * BytesPerPair));
    }
}
