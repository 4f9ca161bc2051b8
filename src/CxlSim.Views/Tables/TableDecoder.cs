using CxlSim.Spec.Acpi;
using CxlSim.Spec.Cxl;
using CxlSim.Spec.Efi;

namespace CxlSim.Views;

/// <summary>Decodes the bytes of ACPI tables field by field. What a length lies about ends the decoding, and is said.</summary>
public static class TableDecoder
{
    private const int LengthOffset = 4;

    public static DecodedTable Decode(ReadOnlyMemory<byte> table)
    {
        if (Rsdp.SpecSize <= table.Length && FieldLayout.NumberOf(table.Span[..8]) == Rsdp.ExpectedSignature)
        {
            return new DecodedTable("RSDP", table.Length, [CommonLayouts.RootPointer.Read(table, 0, Rsdp.SpecSize, out _)], ChecksumFaults(table.Span));
        }

        if (table.Length < AcpiTableHeader.SpecSize)
        {
            return new DecodedTable("????", table.Length, [], [$"{table.Length} bytes are too few for a table: its header has {AcpiTableHeader.SpecSize}"]);
        }

        string signature = AcpiTableHeader.Name((uint)FieldLayout.NumberOf(table.Span[..4]));
        List<string> faults = [];
        ulong claimed = FieldLayout.NumberOf(table.Span.Slice(LengthOffset, 4));
        if (signature == "FACS")
        {
            return new DecodedTable(signature, table.Length, [CommonLayouts.Facs.Read(table, 0, table.Length, out _)], []);
        }

        if (claimed != (ulong)table.Length)
        {
            faults.Add($"its length field says {claimed} bytes, and it has {table.Length}");
        }

        faults.AddRange(ChecksumFaults(table.Span));
        List<TableStructure> structures = [CommonLayouts.Header.Read(table, 0, AcpiTableHeader.SpecSize, out _)];
        if (TableLayouts.Find(signature) is { } layout)
        {
            AddFixed(layout, table, structures, faults);
            AddRecords(layout, table, structures, faults);
        }

        return new DecodedTable(signature, table.Length, structures, faults);
    }

    /// <summary>The table that a device gives of itself.</summary>
    /// <param name="table">Its bytes.</param>
    /// <param name="owner">Whose it is.</param>
    public static DecodedTable DecodeCdat(ReadOnlyMemory<byte> table, string owner)
    {
        if (table.Length < CdatHeader.SpecSize)
        {
            return new DecodedTable("CDAT", table.Length, [], [$"{table.Length} bytes are too few for a table: its header has {CdatHeader.SpecSize}"]) { Owner = owner };
        }

        List<string> faults = [];
        ulong claimed = FieldLayout.NumberOf(table.Span[..4]);
        if (claimed != (ulong)table.Length)
        {
            faults.Add($"its length field says {claimed} bytes, and it has {table.Length}");
        }

        faults.AddRange(ChecksumFaults(table.Span));
        List<TableStructure> structures = [CdatLayout.Header.Read(table, 0, CdatHeader.SpecSize, out _)];
        AddRecords(CdatLayout.Table, table, structures, faults);
        return new DecodedTable("CDAT", table.Length, structures, faults) { Owner = owner };
    }

    /// <summary>The EFI memory map, descriptor after descriptor.</summary>
    public static DecodedTable DecodeEfiMap(ReadOnlyMemory<byte> map)
    {
        int size = EfiMemoryDescriptor.SpecSize;
        IEnumerable<TableStructure> descriptors = Enumerable.Range(0, map.Length / size).Select(i => EfiMapLayout.Descriptor.Read(map, i * size, size, out _));
        return new DecodedTable("EFI", map.Length, [.. descriptors], map.Length % size == 0 ? [] : [$"{map.Length % size} bytes at its end are too few for a descriptor"]);
    }

    private static string[] ChecksumFaults(ReadOnlySpan<byte> table) => AcpiChecksum.IsValid(table) ? [] : ["its bytes do not add up to zero: the checksum is wrong"];

    private static void AddFixed(TableLayout layout, ReadOnlyMemory<byte> table, List<TableStructure> structures, List<string> faults)
    {
        if (layout.Fixed is not { } part)
        {
            return;
        }

        int end = layout.FirstRecord > 0 ? Math.Min(layout.FirstRecord, table.Length) : table.Length;
        structures.Add(part.Read(table, AcpiTableHeader.SpecSize, end - AcpiTableHeader.SpecSize, out bool isWhole));
        if (!isWhole && layout.FirstRecord > 0)
        {
            faults.Add("it ends before its first record");
        }
    }

    private static void AddRecords(TableLayout layout, ReadOnlyMemory<byte> table, List<TableStructure> structures, List<string> faults)
    {
        int offset = layout.FirstRecord;
        while (offset > 0 && offset < table.Length)
        {
            if (table.Length - offset < layout.Format.HeadSize)
            {
                faults.Add($"{table.Length - offset} bytes at its end are too few for a record");
                return;
            }

            if (!layout.Format.TryHead(table.Span[offset..], out ushort type, out uint length))
            {
                faults.Add($"the record at 0x{offset:x} claims {length} bytes, and {table.Length - offset} are left");
                return;
            }

            StructureLayout record = layout.Records.GetValueOrDefault(type) ?? CommonLayouts.Unknown(type, layout.Format);
            structures.Add(record.Read(table, offset, (int)length, out bool isWhole));
            if (!isWhole)
            {
                faults.Add($"the record at 0x{offset:x} has {length} bytes, too few for a {record.Name}");
            }

            offset += (int)length;
        }
    }
}
