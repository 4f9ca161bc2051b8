using CxlSim.Kernel;
using CxlSim.Machine;
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
        return [.. machine.Kernel!.Findings.All.Select(finding => CheckFinding.Of(finding, PlaceOf(finding.Place)))];

        CheckPlace PlaceOf(FindingPlace place) => place is TablePlace table && described.Find(table.Signature) is { } dump
            ? new CheckPlace(dump.File, 0, 0, table.Signature, table.Offset, table.Length, dump.IsBinary)
            : new CheckPlace(described.Find("DSDT")?.File ?? source, 0, 0);
    }
}
