using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>The trace event <c>cxl_general_media</c> (<c>drivers/cxl/core/trace.h</c>).</summary>
internal static class CxlGeneralMediaTrace
{
    private const KernelChange Cxl31 = KernelChange.TracesOfCxl31;

    private static readonly string[] Types =
    [
        "ECC Error", "Invalid Address", "Data Path Error", "TE State Violation", "Scrub Media ECC Error", "Adv Prog CME Counter Expiration", "CKID Violation",
    ];

    private static readonly (int Bit, string Word)[] Valid = [(0, "CHANNEL"), (1, "RANK"), (2, "DEVICE"), (3, "COMPONENT"), (4, "COMPONENT PLDM FORMAT")];

    public static readonly CxlRecordKind Kind = new(
        "cxl_general_media",
        [
            .. CxlPlaceTrace.Fields,
            new("u32", "device", EventRecord.DeviceOffset, 3),
            new("u8[16]", "comp_id", EventRecord.ComponentOffset),
            .. CxlPlaceTrace.HostFields,
            new("u16", "validity_flags", EventRecord.ValidityOffset),
            new("u8", "rank", EventRecord.RankOffset),
            new("u8", "dpa_flags", r => r.DpaFlags),
            new("u32", "cme_count", EventRecord.MediaCorrectedErrorsOffset, 3) { Since = Cxl31 },
            new("u8", "sub_type", EventRecord.MediaSubTypeOffset) { Since = Cxl31 },
            new("u8", "cme_threshold_ev_flags", EventRecord.MediaThresholdFlagsOffset) { Since = Cxl31 },
            new("region_name", r => r.Region),
        ],
        [
            .. CxlPlaceTrace.Words(Types, 3, EventRecord.MediaSubTypeOffset),
            new("device", r => $"{r.U24(EventRecord.DeviceOffset):x}"),
            new("comp_id", r => r.Hex(EventRecord.ComponentOffset, EventRecord.ComponentLength)) { Until = Cxl31 },
            CxlRecordWord.Quoted("validity_flags", r => TraceFlags.Flags(r.U16(EventRecord.ValidityOffset), "|", r.Known(Valid, 4))),
            .. CxlComponentTrace.Words(EventRecord.ComponentOffset, EventRecord.ValidityOffset, bit: 3),
            .. CxlPlaceTrace.HostWords,
            CxlPlaceTrace.Threshold(EventRecord.MediaThresholdFlagsOffset),
            new("cme_count", r => r.U24(EventRecord.MediaCorrectedErrorsOffset)) { Since = Cxl31 },
        ]);
}
