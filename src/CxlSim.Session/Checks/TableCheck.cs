using CxlSim.Kernel;
using CxlSim.Machine;
using CxlSim.Spec.Acpi;
using CxlSim.Views;

namespace CxlSim.Session;

/// <summary>What Linux would refuse or waste of tables that were dumped from a machine. The machine itself is not known: devices are not asked after.</summary>
public static class TableCheck
{
    /// <param name="source">What findings name that stand in no table: the directory.</param>
    /// <param name="tables">As they were dumped, the broken ones too.</param>
    /// <returns>In the order in which a boot meets them.</returns>
    public static IReadOnlyList<CheckFinding> Run(string source, IReadOnlyList<DumpedTable> tables)
    {
        TableMachine described = new(tables);
        SimulatedMachine machine = new(described.Describe());
        machine.RunBoot();
        return [.. DumpFindings(described).All.Concat(machine.Kernel!.Findings.All).Select(finding => CheckFinding.Of(finding, PlaceOf(finding.Place)))];

        CheckPlace PlaceOf(FindingPlace place) => place switch
        {
            TablePlace table when described.Find(table.Signature) is { } dump => new(dump.File, 0, 0, table.Signature, table.Offset, table.Length, dump.IsBinary),
            AddressPlace when described.Find("SRAT") is { } srat => new(srat.File, 0, 0),
            BridgePlace when described.Find("DSDT") is { } dsdt => new(dsdt.File, 0, 0),
            _ => new(source, 0, 0),
        };
    }

    /// <summary>Said first: of a table that was cut, all that is found behind its end is there for no other reason.</summary>
    private static KernelFindings DumpFindings(TableMachine described)
    {
        KernelFindings found = new();
        foreach (DumpedTable table in described.Tables)
        {
            if (table.StatedLength != table.Bytes.Length)
            {
                TablePlace length = TablePlace.Of<AcpiTableHeader>(table.Signature, 0, nameof(AcpiTableHeader.Length));
                FieldValue? nearest = table.Bytes.Length < AcpiTableHeader.SpecSize ? null : length.Value("Length", (ulong)table.Bytes.Length);
                found.Report(KernelRules.TableLength, length, $"a length of {table.StatedLength} with {table.Bytes.Length} bytes", nearest);
            }

            if (described.FindOther(table) is { } other)
            {
                found.Report(KernelRules.SeveralTables, TablePlace.Of<AcpiTableHeader>(table.Signature, 0, nameof(AcpiTableHeader.Signature)), $"another {table.Signature} in {other.File}");
            }
        }

        return found;
    }
}
