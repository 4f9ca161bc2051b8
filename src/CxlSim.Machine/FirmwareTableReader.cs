using System.Buffers.Binary;
using CxlSim.Core;
using CxlSim.Spec.Acpi;

namespace CxlSim.Machine;

/// <summary>Reads all ACPI tables out of memory, from the root pointer on, as <c>acpidump</c> does: each as it is, the broken ones too.</summary>
internal sealed class FirmwareTableReader(IHostBus bus)
{
    private const int LargestTable = 16 << 20;

    private readonly List<FirmwareTable> _tables = [];

    public IReadOnlyList<FirmwareTable> Read(Hpa rootPointer)
    {
        byte[] root = new byte[Rsdp.SpecSize];
        if (bus.Load(rootPointer, root) != BusResult.Done || !BinaryLayout.TryRead(root, out Rsdp rsdp) || rsdp.Signature != Rsdp.ExpectedSignature)
        {
            return [];
        }

        _tables.Add(new FirmwareTable("RSD PTR ", rootPointer, root));
        bool isWide = rsdp.Revision > 1 && rsdp.XsdtAddress != 0;
        int width = isWide ? sizeof(ulong) : sizeof(uint);
        if (Add(new Hpa(isWide ? rsdp.XsdtAddress : rsdp.RsdtAddress)) is { } directory)
        {
            for (int offset = AcpiTableHeader.SpecSize; offset + width <= directory.Length; offset += width)
            {
                ReadOnlySpan<byte> entry = directory.AsSpan(offset);
                byte[]? table = Add(new Hpa(isWide ? BinaryPrimitives.ReadUInt64LittleEndian(entry) : BinaryPrimitives.ReadUInt32LittleEndian(entry)));
                if (table is not null && _tables[^1].Signature == "FACP")
                {
                    Add(Pointer(table, Fadt.WideFacs, Fadt.Facs));
                    Add(Pointer(table, Fadt.WideDsdt, Fadt.Dsdt));
                }
            }
        }

        return _tables;
    }

    private static Hpa Pointer(byte[] fadt, int wide, int narrow)
    {
        ulong address = fadt.Length >= wide + sizeof(ulong) ? BinaryPrimitives.ReadUInt64LittleEndian(fadt.AsSpan(wide)) : 0;
        return new Hpa(address != 0 ? address : fadt.Length >= narrow + sizeof(uint) ? BinaryPrimitives.ReadUInt32LittleEndian(fadt.AsSpan(narrow)) : 0);
    }

    private byte[]? Add(Hpa address)
    {
        byte[] begin = new byte[8];
        if (address == Hpa.Zero || bus.Load(address, begin) != BusResult.Done)
        {
            return null;
        }

        uint length = BinaryPrimitives.ReadUInt32LittleEndian(begin.AsSpan(4));
        byte[] table = new byte[Math.Min(length, LargestTable)];
        if (table.Length < begin.Length || bus.Load(address, table) != BusResult.Done)
        {
            return null;
        }

        _tables.Add(new FirmwareTable(AcpiTableHeader.Name(BinaryPrimitives.ReadUInt32LittleEndian(begin)), address, table));
        return table;
    }
}
