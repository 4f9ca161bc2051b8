using CxlSim.Platform.Reading;
using CxlSim.Spec.Efi;

namespace CxlSim.Platform.Checks;

/// <summary>Checks that a stated EFI map keeps memory for the tables that firmware will write.</summary>
internal static class TableRoomChecks
{
    /// <summary>Headers, fixed tables, alignment.</summary>
    private const ulong FixedBytes = 32 << 10;

    /// <summary>A bridge's namespace device and CHBS; a range of its resources; a window with its targets; a record of SRAT or MADT.</summary>
    private const ulong BytesPerBridge = 256;
    private const ulong BytesPerRange = 64;
    private const ulong BytesPerWindow = 128;
    private const ulong BytesPerRecord = 64;

    /// <summary>A pair of domains in the six kinds of HMAT record, and in the SLIT; a domain in their lists.</summary>
    private const ulong BytesPerPair = 16;
    private const ulong BytesPerDomain = 128;

    public static void Run(ReadContext context, PlatformDescription platform)
    {
        IReadOnlyList<EfiEntryDescription> said = [.. platform.Memory.Efi.Where(entry => context.Says(entry, "range"))];
        if (said.Count == 0 || context.Has(Cxp.EfiEntry))
        {
            return;
        }

        ulong needed = FixedBytes
            + (BytesPerBridge * (ulong)platform.HostBridges.Count)
            + (BytesPerRange * (ulong)platform.HostBridges.Sum(bridge => bridge.Mmio.Count + 1))
            + (BytesPerWindow * (ulong)platform.Windows.Count)
            + BytesOfDistances(platform.Memory)
            + (BytesPerRecord * (ulong)((platform.Memory.Srat?.Count ?? 0) + platform.Memory.Nodes.Sum(node => node.Cpus)));
        bool hasRoom = said.Any(entry => entry.Type == EfiMemoryType.AcpiReclaim
            && entry.Range.Size.Bytes >= needed
            && entry.Range.Last.Value <= uint.MaxValue
            && platform.Memory.Nodes.SelectMany(node => node.Ranges).Any(range => range.Contains(entry.Range)));
        if (!hasRoom)
        {
            string message = $"no acpi_reclaim entry for the tables; expected one of at least {needed} bytes, in DRAM below 4 GiB";
            context.Error(Cxp.NoRoomForTables, context.PlaceOf(said[0], "range"), message);
        }
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
