using CxlSim.Core;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>Words about a component identifier, which may be one of PLDM (CXL r3.1 table 8-44, <c>drivers/cxl/core/trace.h</c>).</summary>
internal static class CxlComponentTrace
{
    private const int EntityBit = 0;
    private const int ResourceBit = 1;

    /// <param name="offset">Place of the identifier.</param>
    /// <param name="validity">Place of the flags that say what of the record is valid.</param>
    /// <param name="bit">Of them, whether there is an identifier; the next, whether it is one of PLDM.</param>
    public static IReadOnlyList<CxlRecordWord> Words(int offset, int validity, int bit) =>
    [
        new("comp_id", r => r.Hex(offset, EventRecord.ComponentLength)) { Since = KernelChange.TracesOfCxl31 },
        CxlRecordWord.Quoted("comp_id_pldm_valid_flags", r => TraceFlags.Flags(r.U8(offset), " | ", (EntityBit, "PLDM Entity ID"), (ResourceBit, "Resource ID"))) with
        {
            Since = KernelChange.TracesOfCxl31,
        },
        new("pldm_entity_id", r => IsPldm(r, validity, bit) && Bits.IsSet(r.U8(offset), EntityBit) ? r.Hex(offset + 1, 6) : "0x00") { Since = KernelChange.TracesOfCxl31 },
        new("pldm_resource_id", r => IsPldm(r, validity, bit) && Bits.IsSet(r.U8(offset), ResourceBit) ? r.Hex(offset + 7, 4) : "0x00") { Since = KernelChange.TracesOfCxl31 },
    ];

    private static bool IsPldm(CxlTracedRecord record, int validity, int bit) => Bits.IsSet(record.U16(validity), bit) && Bits.IsSet(record.U16(validity), bit + 1);
}
