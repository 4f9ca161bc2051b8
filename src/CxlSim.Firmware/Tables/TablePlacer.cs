using CxlSim.Core;
using CxlSim.Platform;
using CxlSim.Spec.Acpi;
using CxlSim.Spec.Efi;

namespace CxlSim.Firmware;

/// <summary>Stores tables into the memory that the EFI map keeps for them, one after the other, and links them: RSDP, XSDT, tables.</summary>
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

    /// <summary>Places the XSDT over <paramref name="tables"/> and the RSDP; returns where the RSDP lies.</summary>
    public Hpa PlaceRoot(PlatformDescription platform, IReadOnlyList<Hpa> tables)
    {
        AcpiTable xsdt = new("XSDT", 1, platform);
        foreach (Hpa table in tables)
        {
            xsdt.Body.U64(table.Value);
        }

        ByteWriter rsdp = new ByteWriter().U64(Rsdp.ExpectedSignature).U8(0).Ascii(platform.Firmware.OemId, 6, (byte)' ').U8(2).U32(0)
            .U32((uint)Rsdp.SpecSize).U64(Place(xsdt.Finish().Bytes).Value).U8(0).Zeros(3);
        const int legacyLength = 20;
        const int checksum = 8;
        const int extendedChecksum = 32;
        rsdp.At(checksum, 1)[0] = AcpiChecksum.Of(rsdp.At(0, legacyLength));
        rsdp.At(extendedChecksum, 1)[0] = AcpiChecksum.Of(rsdp.At(0, Rsdp.SpecSize));
        return Place(rsdp.ToArray());
    }
}
