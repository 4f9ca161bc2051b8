using CxlSim.Core;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>The trace event <c>cxl_poison</c> (<c>drivers/cxl/core/trace.h</c>).</summary>
internal sealed class CxlPoisonTrace(KernelConfig config, int id)
{
    private const string Alias = "hpa_alias0";

    private static readonly string[] FlagNames = ["More", "Overflow", "Scanning"];

    public TraceEvent Event { get; } = TraceEvent.Of("cxl", "cxl_poison", id,
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

    /// <summary>Which byte of the device a record is of.</summary>
    public static Dpa AddressOf(ulong record) => new(record & PoisonList.AddressMask);

    /// <summary>One record of a list, or one line that was injected or cleared.</summary>
    /// <param name="tracing">Takes it.</param>
    /// <param name="memdev">Whose list it is.</param>
    /// <param name="type">What was asked of the device.</param>
    /// <param name="place">Of the first poisoned byte; null for one in no region.</param>
    /// <param name="record">As the device has it: its address with the source in the low bits, and how many lines.</param>
    /// <param name="flags">Of the list.</param>
    /// <param name="overflowTime">When the list lost entries, where the flags say that it did.</param>
    public void Emit(
        Tracing tracing, TracedMemdev memdev, PoisonTraceType type, TracedPlace? place, (ulong Address, uint Lines) record, byte flags = 0, ulong overflowTime = 0)
    {
        ulong dpa = AddressOf(record.Address).Value;
        byte source = (byte)(record.Address & PoisonList.SourceMask);
        uint length = unchecked(record.Lines * PoisonList.Line); // a device may say what it likes
        ulong hpa = place?.Address?.Value ?? ulong.MaxValue;
        bool tellsAlias = config.Has(KernelChange.CacheAliasTraced);
        ulong alias = AliasOf(place, hpa);
        ulong time = (flags & PoisonList.FlagOverflow) != 0 ? overflowTime : 0;
        string names = string.Join('|', FlagNames.Where((_, bit) => (flags & (1 << bit)) != 0));
        tracing.Emit(
            Event,
            tracing.Caller,
            $"memdev={memdev.Name} host={memdev.Host} serial={memdev.Serial} trace_type={type} region={place?.Region} region_uuid={place?.Uuid ?? Guid.Empty} "
                + $"hpa=0x{hpa:x} {(tellsAlias ? $"{Alias}=0x{alias:x} " : string.Empty)}dpa=0x{dpa:x} dpa_length=0x{length:x} source={SourceName(source)} flags={names} overflow_time={time}",
            bytes =>
            {
                bytes
                    .Text("memdev", memdev.Name).Text("host", memdev.Host).Number("serial", memdev.Serial).Number("trace_type", (ulong)type)
                    .Text("region", place?.Region ?? string.Empty).Number("overflow_ts", time).Number("hpa", hpa).Number("dpa", dpa)
                    .Number("dpa_length", length).Bytes("uuid", (place?.Uuid ?? Guid.Empty).ToByteArray(bigEndian: true)).Number("source", source).Number("flags", flags);
                if (tellsAlias)
                {
                    bytes.Number(Alias, alias);
                }
            });
    }

    /// <summary>The same byte of a cache that is DRAM; all ones where there is none.</summary>
    private ulong AliasOf(TracedPlace? place, ulong hpa)
    {
        ulong cache = place?.Cache.Bytes ?? 0;
        if (cache == 0 || hpa == ulong.MaxValue)
        {
            return ulong.MaxValue;
        }

        return unchecked(config.Has(KernelChange.PoisonAliasBelow) ? hpa - cache : hpa + cache);
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
