using CxlSim.Core;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>The trace event <c>cxl_poison</c> (<c>drivers/cxl/core/trace.h</c>).</summary>
internal static class CxlPoisonTrace
{
    private const string Alias = "hpa_alias0";

    private static readonly string[] FlagNames = ["More", "Overflow", "Scanning"];

    public static TraceEvent Define(KernelConfig config, int id) => TraceEvent.Of("cxl", "cxl_poison", id,
    [
        (TraceField.Text, "memdev"),
        (TraceField.Text, "host"),
        ("u64", "serial"),
        ("u8", "trace_type"),
        (TraceField.Text, "region"),
        ("u64", "overflow_ts"),
        ("u64", "hpa"),
        .. config.Has(KernelChange.CacheAliasTraced) ? ((string, string)[])[("u64", Alias)] : [],
        ("u64", "dpa"),
        ("u32", "dpa_length"),
        ("char[16]", "uuid"),
        ("u8", "source"),
        ("u8", "flags"),
    ]);

    /// <summary>One record of a list, or one line that was injected or cleared.</summary>
    public static void Emit(
        CxlCore cxl, CxlMemdev memdev, PoisonTraceType type, CxlRegion? region, (ulong Address, uint Lines) record, byte flags = 0, ulong overflowTime = 0)
    {
        ulong dpa = record.Address & PoisonList.AddressMask;
        byte source = (byte)(record.Address & PoisonList.SourceMask);
        uint length = unchecked(record.Lines * PoisonList.Line); // a device may say what it likes
        ulong hpa = region?.ToHpa(memdev, new Dpa(dpa))?.Value ?? ulong.MaxValue;
        bool tellsAlias = cxl.Core.Config.Has(KernelChange.CacheAliasTraced);
        ulong alias = AliasOf(cxl, region, hpa);
        ulong time = (flags & PoisonList.FlagOverflow) != 0 ? overflowTime : 0;
        string names = string.Join('|', FlagNames.Where((_, bit) => (flags & (1 << bit)) != 0));
        cxl.Tracing.Emit(
            cxl.TraceEvents.Poison,
            cxl.Tracing.Caller,
            $"memdev={memdev.Name} host={memdev.Host.Name} serial={memdev.Serial} trace_type={type} region={region?.Name} region_uuid={Guid.Empty} "
                + $"hpa=0x{hpa:x} {(tellsAlias ? $"{Alias}=0x{alias:x} " : string.Empty)}dpa=0x{dpa:x} dpa_length=0x{length:x} source={SourceName(source)} flags={names} overflow_time={time}",
            bytes =>
            {
                bytes
                    .Text("memdev", memdev.Name).Text("host", memdev.Host.Name).Number("serial", memdev.Serial).Number("trace_type", (ulong)type)
                    .Text("region", region?.Name ?? string.Empty).Number("overflow_ts", time).Number("hpa", hpa).Number("dpa", dpa)
                    .Number("dpa_length", length).Number("source", source).Number("flags", flags);
                if (tellsAlias)
                {
                    bytes.Number(Alias, alias);
                }
            });
    }

    /// <summary>The same byte of a cache that is DRAM; all ones where there is none.</summary>
    private static ulong AliasOf(CxlCore cxl, CxlRegion? region, ulong hpa)
    {
        ulong cache = region?.CacheSize.Bytes ?? 0;
        if (cache == 0 || hpa == ulong.MaxValue)
        {
            return ulong.MaxValue;
        }

        return unchecked(cxl.Core.Config.Has(KernelChange.PoisonAliasBelow) ? hpa - cache : hpa + cache);
    }

    private static string SourceName(byte source) => source switch
    {
        0 => "Unknown",
        1 => "External",
        PoisonList.SourceInternal => "Internal",
        PoisonList.SourceInjected => "Injected",
        7 => "Vendor",
        _ => "Reserved",
    };
}
