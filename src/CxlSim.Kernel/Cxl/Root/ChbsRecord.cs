using CxlSim.Core;
using CxlSim.Spec.Acpi;

namespace CxlSim.Kernel;

/// <summary>A host bridge as the CEDT has it (<c>struct acpi_cedt_chbs</c>).</summary>
/// <param name="Offset">Where it starts in the table.</param>
/// <param name="Bridge">What it says.</param>
public sealed record ChbsRecord(int Offset, CedtChbs Bridge)
{
    /// <summary>All of a table, in its order, up to a record that has no length.</summary>
    public static IReadOnlyList<ChbsRecord> ReadAll(ReadOnlySpan<byte> cedt, KernelLog? log = null)
    {
        List<ChbsRecord> found = [];
        SubtableWalker records = new(cedt, AcpiTableHeader.SpecSize, SubtableFormat.Cedt) { Log = log, Sought = CedtChbs.TypeId };
        while (records.MoveNext())
        {
            if (records.Type == CedtChbs.TypeId && BinaryLayout.TryRead(records.Record, out CedtChbs chbs))
            {
                found.Add(new ChbsRecord(records.Offset, chbs));
            }
        }

        return found;
    }

    /// <summary>It has a base, and an RCRB has the length of one. A version that nobody knows is taken as one after CXL 1.1 (<c>cxl_get_chbs_iter</c>).</summary>
    public bool IsUsable => Bridge.Base != 0 && (Bridge.CxlVersion != CedtChbs.VersionRch || Bridge.Length == CedtChbs.RcrbLength);

    /// <summary>Whether a byte of the table is one of it.</summary>
    public bool Holds(int offset) => offset >= Offset && offset - Offset < CedtChbs.SpecSize;

    /// <summary>Where a field of it stands.</summary>
    public TablePlace PlaceOf(string field) => TablePlace.Of<CedtChbs>("CEDT", Offset, field);
}
