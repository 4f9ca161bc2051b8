using CxlSim.Core;
using CxlSim.Spec.Acpi;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>A window as the CEDT has it, right or wrong (<c>struct acpi_cedt_cfmws</c>).</summary>
/// <param name="Offset">Where it starts in the table.</param>
/// <param name="Window">Its fixed part.</param>
/// <param name="Targets">UIDs, as many as its ways ask for and its length holds.</param>
public sealed record CfmwsRecord(int Offset, CedtCfmws Window, uint[] Targets)
{
    /// <summary>How many targets the structure has room for, whatever its ways.</summary>
    public int Room => Math.Max(0, Window.RecordLength - CedtCfmws.SpecSize) / 4;

    /// <summary>All windows of a table, in its order, up to a record that has no length.</summary>
    public static IReadOnlyList<CfmwsRecord> ReadAll(ReadOnlySpan<byte> cedt) => ReadAll(cedt, null, out _);

    /// <inheritdoc cref="ReadAll(ReadOnlySpan{byte})"/>
    /// <param name="cedt">The whole table.</param>
    /// <param name="log">Where such a record is told.</param>
    /// <param name="isWhole">Whether there was none.</param>
    public static IReadOnlyList<CfmwsRecord> ReadAll(ReadOnlySpan<byte> cedt, KernelLog? log, out bool isWhole)
    {
        List<CfmwsRecord> found = [];
        SubtableWalker records = new(cedt, AcpiTableHeader.SpecSize, SubtableFormat.Cedt) { Log = log, Sought = CedtCfmws.TypeId };
        while (records.MoveNext())
        {
            if (records.Type != CedtCfmws.TypeId || !BinaryLayout.TryRead(records.Record, out CedtCfmws window))
            {
                continue;
            }

            Interleave.TryDecodeWays(window.EncodedWays, out int ways);
            SpanReader list = new(records.Record[CedtCfmws.SpecSize..Math.Clamp(window.RecordLength, CedtCfmws.SpecSize, records.Record.Length)]);
            uint[] targets = new uint[Math.Min(ways, list.Remaining / 4)];
            for (int i = 0; i < targets.Length; i++)
            {
                targets[i] = list.U32();
            }

            found.Add(new CfmwsRecord(records.Offset, window, targets));
        }

        isWhole = !records.IsInvalid;
        return found;
    }

    /// <summary>Where a field of it stands.</summary>
    public TablePlace PlaceOf(string field) => TablePlace.Of<CedtCfmws>("CEDT", Offset, field);

    /// <summary>Where a target stands.</summary>
    public TablePlace PlaceOfTarget(int index) => new("CEDT", Offset + CedtCfmws.SpecSize + (4 * index), 4);
}
