using CxlSim.Core;
using CxlSim.Platform;
using CxlSim.Spec.Efi;

namespace CxlSim.Firmware;

/// <summary>Stores tables into the memory that the EFI map keeps for them, one after the other.</summary>
public sealed class TablePlacer
{
    private const int Alignment = 64;
    private readonly IHostBus _bus;
    private readonly AddressRange _room;
    private Hpa _next;

    public TablePlacer(IHostBus bus, PlatformDescription platform)
    {
        _bus = bus;

        // The largest stretch of ACPI reclaim memory within DRAM: a checked platform has one that is large enough.
        EfiEntryDescription? room = platform.Memory.Efi
            .Where(entry => entry.Type == EfiMemoryType.AcpiReclaim && platform.Memory.Nodes.SelectMany(node => node.Ranges).Any(range => range.Contains(entry.Range)))
            .MaxBy(entry => entry.Range.Size);
        Check.That(room is not null, "a place for ACPI tables");
        _room = room.Range;
        _next = _room.Start;
    }

    public Hpa Place(ReadOnlySpan<byte> table)
    {
        Hpa address = _next;
        _next = new Hpa((address.Value + (ulong)table.Length + Alignment - 1) / Alignment * Alignment);
        Check.That(_next <= _room.Last, "ACPI tables that fit into {0}", _room);
        _bus.Store(address, table);
        return address;
    }
}
