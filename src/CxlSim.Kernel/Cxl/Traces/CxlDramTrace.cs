using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>The trace event <c>cxl_dram</c> (<c>drivers/cxl/core/trace.h</c>).</summary>
internal static class CxlDramTrace
{
    private const KernelChange Cxl31 = KernelChange.TracesOfCxl31;

    private static readonly string[] Types =
    [
        "ECC Error", "Scrub Media ECC Error", "Invalid Address", "Data Path Error", "TE State Violation", "Adv Prog CME Counter Expiration", "CKID Violation",
    ];

    private static readonly (int Bit, string Word)[] Valid =
    [
        (0, "CHANNEL"), (1, "RANK"), (2, "NIBBLE"), (3, "BANK GROUP"), (4, "BANK"), (5, "ROW"), (6, "COLUMN"), (7, "CORRECTION MASK"),
        (8, "COMPONENT"), (9, "COMPONENT PLDM FORMAT"), (10, "SUB CHANNEL"),
    ];

    public static readonly CxlRecordKind Kind = new(
        "cxl_dram",
        [
            .. CxlPlaceTrace.Fields,
            new("u16", "validity_flags", EventRecord.ValidityOffset),
            new("u16", "column", EventRecord.ColumnOffset),
            new("u32", "nibble_mask", EventRecord.NibbleMaskOffset, 3),
            new("u32", "row", EventRecord.RowOffset, 3),
            new("u8[32]", "cor_mask", EventRecord.CorrectionMaskOffset),
            .. CxlPlaceTrace.HostFields,
            new("u8", "rank", EventRecord.RankOffset),
            new("u8", "bank_group", EventRecord.BankGroupOffset),
            new("u8", "bank", EventRecord.BankOffset),
            new("u8", "dpa_flags", r => r.DpaFlags),
            new("u8[16]", "comp_id", EventRecord.DramComponentOffset) { Since = Cxl31 },
            new("u32", "cvme_count", EventRecord.DramCorrectedErrorsOffset, 3) { Since = Cxl31 },
            new("u8", "sub_type", EventRecord.DramSubTypeOffset) { Since = Cxl31 },
            new("u8", "sub_channel", EventRecord.DramSubChannelOffset) { Since = Cxl31 },
            new("u8", "cme_threshold_ev_flags", EventRecord.DramThresholdFlagsOffset) { Since = Cxl31 },
            new("region_name", r => r.Region),
        ],
        [
            .. CxlPlaceTrace.Words(Types, 4, EventRecord.DramSubTypeOffset),
            new("nibble_mask", r => $"{r.U24(EventRecord.NibbleMaskOffset):x}"),
            new("bank_group", r => r.U8(EventRecord.BankGroupOffset)),
            new("bank", r => r.U8(EventRecord.BankOffset)),
            new("row", r => r.U24(EventRecord.RowOffset)),
            new("column", r => r.U16(EventRecord.ColumnOffset)),
            new("cor_mask", r => r.Hex(EventRecord.CorrectionMaskOffset, EventRecord.CorrectionMaskLength)),
            CxlRecordWord.Quoted("validity_flags", r => TraceFlags.Flags(r.U16(EventRecord.ValidityOffset), "|", r.Known(Valid, 8))),
            .. CxlComponentTrace.Words(EventRecord.DramComponentOffset, EventRecord.ValidityOffset, bit: 8),
            .. CxlPlaceTrace.HostWords,
            new("sub_channel", r => r.U8(EventRecord.DramSubChannelOffset)) { Since = Cxl31 },
            CxlPlaceTrace.Threshold(EventRecord.DramThresholdFlagsOffset),
            new("cvme_count", r => r.U24(EventRecord.DramCorrectedErrorsOffset)) { Since = Cxl31 },
        ]);
}
