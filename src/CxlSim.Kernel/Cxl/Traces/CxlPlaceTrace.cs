using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>What trace events about places in memory have in common (<c>drivers/cxl/core/trace.h</c>).</summary>
internal static class CxlPlaceTrace
{
    /// <summary>General media and DRAM begin alike.</summary>
    public static readonly IReadOnlyList<CxlRecordField> Fields =
    [
        new("u64", "dpa", r => r.Dpa),
        new("u8", "descriptor", EventRecord.DescriptorOffset),
        new("u8", "type", EventRecord.TypeOffset),
        new("u8", "transaction_type", EventRecord.TransactionTypeOffset),
        new("u8", "channel", EventRecord.ChannelOffset),
    ];

    /// <summary>Where the place is for the host.</summary>
    public static readonly IReadOnlyList<CxlRecordField> HostFields =
    [
        new("u64", "hpa", r => r.Hpa),
        new("u64", "hpa_alias0", r => r.Alias) { Since = KernelChange.CacheAliasTraced },
        new("uuid_t", "region_uuid", (bytes, r) => bytes.Bytes("region_uuid", r.RegionUuid.ToByteArray(bigEndian: true))),
    ];

    public static readonly IReadOnlyList<CxlRecordWord> HostWords =
    [
        new("hpa", r => $"{r.Hpa:x}"),
        new("hpa_alias0", r => $"{r.Alias:x}") { Since = KernelChange.CacheAliasTraced },
        new("region", r => r.Region),
        new("region_uuid", r => r.RegionUuid.ToString()),
    ];

    private static readonly string[] SubTypes =
    [
        "Not Reported", "Internal Datapath Error", "Media Link Command Training Error", "Media Link Control Training Error", "Media Link Data Training Error",
        "Media Link CRC Error",
    ];

    private static readonly string[] Transactions =
    [
        "Unknown", "Host Read", "Host Write", "Host Scan Media", "Host Inject Poison", "Internal Media Scrub", "Internal Media Management",
        "Internal Media Error Check Scrub", "Media Initialization",
    ];

    /// <summary>The beginning of a line.</summary>
    /// <param name="types">Names of the record's types.</param>
    /// <param name="before">How many of them are known before CXL 3.1.</param>
    /// <param name="subType">Place of the sub-type.</param>
    public static IReadOnlyList<CxlRecordWord> Words(string[] types, int before, int subType) =>
    [
        new("dpa", r => $"{r.Dpa:x}"),
        CxlRecordWord.Quoted("dpa_flags", r => TraceFlags.Flags(r.DpaFlags, "|", (0, "VOLATILE"), (1, "NOT_REPAIRABLE"))),
        CxlRecordWord.Quoted(
            "descriptor",
            r => TraceFlags.Flags(r.U8(EventRecord.DescriptorOffset), "|", (0, "UNCORRECTABLE_EVENT"), (1, "THRESHOLD_EVENT"), (2, "POISON_LIST_OVERFLOW"))),
        CxlRecordWord.Quoted("type", r => r.Symbol(EventRecord.TypeOffset, types, before)),
        CxlRecordWord.Quoted("sub_type", r => r.Symbol(subType, SubTypes)) with { Since = KernelChange.TracesOfCxl31 },
        CxlRecordWord.Quoted("transaction_type", r => r.Symbol(EventRecord.TransactionTypeOffset, Transactions, 7)),
        new("channel", r => r.U8(EventRecord.ChannelOffset)),
        new("rank", r => r.U8(EventRecord.RankOffset)),
    ];

    /// <summary>Why an event with THRESHOLD_EVENT came.</summary>
    public static CxlRecordWord Threshold(int offset) => CxlRecordWord.Quoted(
        "cme_threshold_ev_flags",
        r => TraceFlags.Flags(r.U8(offset), "|", (0, "Corrected Memory Errors in Multiple Media Components"), (1, "Exceeded Programmable Threshold"))) with
    {
        Since = KernelChange.TracesOfCxl31,
    };
}
