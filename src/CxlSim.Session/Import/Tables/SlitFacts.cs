using CxlSim.Core;
using CxlSim.Platform;
using CxlSim.Spec.Acpi;

namespace CxlSim.Session;

/// <summary>The matrix of a SLIT (ACPI 6.5 5.2.17), as large as its bytes are, whatever it says of its size.</summary>
internal static class SlitFacts
{
    /// <summary>Rows and columns of a platform file: all domains that Linux can have (MAX_PXM_DOMAINS) would be a megabyte.</summary>
    private const int MostEntries = 1 << 16;

    /// <summary>Null where it is left out, which is reported.</summary>
    public static SlitDescription? Read(CapturedTable table, ImportFindings findings)
    {
        SpanReader reader = new(table.Bytes);
        reader.Skip(AcpiTableHeader.SpecSize);
        ulong count = reader.U64();
        byte[] entries = reader.Bytes(Math.Max(0, reader.Remaining)).ToArray();
        if (reader.Truncated || entries.Length > MostEntries)
        {
            findings.Warn(Cxi.TableForm, table.Place, $"the SLIT has {table.Bytes.Length} bytes; expected its number of domains, and at most {MostEntries} entries; it is left out");
            return null;
        }

        int columns = (int)Math.Clamp(count, 1, MostEntries);
        return new SlitDescription(count, [.. entries.Chunk(columns).Select(row => (IReadOnlyList<byte>)row)]);
    }
}
