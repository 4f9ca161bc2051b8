using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>The trace event <c>cxl_memory_sparing</c>: rows and such that a device replaced (<c>drivers/cxl/core/trace.h</c>).</summary>
internal static class CxlMemorySparingTrace
{
    public static readonly CxlRecordKind Kind = new(
        "cxl_memory_sparing",
        [
            new("u8", "flags", EventRecord.SparingFlagsOffset),
            new("u8", "result", EventRecord.SparingResultOffset),
            new("u16", "validity_flags", EventRecord.SparingValidityOffset),
            new("u16", "res_avail", EventRecord.SparingAvailableOffset),
            new("u8", "channel", EventRecord.SparingChannelOffset),
            new("u8", "rank", EventRecord.SparingRankOffset),
            new("u32", "nibble_mask", EventRecord.SparingNibbleMaskOffset, 3),
            new("u8", "bank_group", EventRecord.SparingBankGroupOffset),
            new("u8", "bank", EventRecord.SparingBankOffset),
            new("u32", "row", EventRecord.SparingRowOffset, 3),
            new("u16", "column", EventRecord.SparingColumnOffset),
            new("u8", "sub_channel", EventRecord.SparingSubChannelOffset),
            new("u8[16]", "comp_id", EventRecord.SparingComponentOffset),
        ],
        [
            CxlRecordWord.Quoted("flags", r => TraceFlags.Flags(r.U8(EventRecord.SparingFlagsOffset), "|", (0, "Query Resources"), (1, "Hard Sparing"), (2, "Device Initiated Sparing"))),
            new("result", r => r.U8(EventRecord.SparingResultOffset)),
            CxlRecordWord.Quoted("validity_flags", r => TraceFlags.Flags(
                r.U16(EventRecord.SparingValidityOffset), "|",
                (0, "CHANNEL"), (1, "RANK"), (2, "NIBBLE"), (3, "BANK GROUP"), (4, "BANK"), (5, "ROW"), (6, "COLUMN"), (7, "COMPONENT ID"), (8, "COMPONENT ID PLDM FORMAT"), (9, "SUB CHANNEL"))),
            new("spare resource avail", r => r.U16(EventRecord.SparingAvailableOffset)),
            new("channel", r => r.U8(EventRecord.SparingChannelOffset)),
            new("rank", r => r.U8(EventRecord.SparingRankOffset)),
            new("nibble_mask", r => $"{r.U24(EventRecord.SparingNibbleMaskOffset):x}"),
            new("bank_group", r => r.U8(EventRecord.SparingBankGroupOffset)),
            new("bank", r => r.U8(EventRecord.SparingBankOffset)),
            new("row", r => r.U24(EventRecord.SparingRowOffset)),
            new("column", r => r.U16(EventRecord.SparingColumnOffset)),
            new("sub_channel", r => r.U8(EventRecord.SparingSubChannelOffset)),
            .. CxlComponentTrace.Words(EventRecord.SparingComponentOffset, EventRecord.SparingValidityOffset, bit: 7),
        ]);
}
