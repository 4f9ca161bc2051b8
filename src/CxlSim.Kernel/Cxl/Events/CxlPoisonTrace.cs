using CxlSim.Core;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>The trace event <c>cxl_poison</c> (<c>drivers/cxl/core/trace.h</c>).</summary>
internal static class CxlPoisonTrace
{
    public static readonly TraceEvent Event = new("cxl", "cxl_poison", 1294,
    [
        new(TraceField.Text, "memdev", 8, 4),
        new(TraceField.Text, "host", 12, 4),
        new("u64", "serial", 16, 8),
        new("u8", "trace_type", 24, 1),
        new(TraceField.Text, "region", 28, 4),
        new("u64", "overflow_ts", 32, 8),
        new("u64", "hpa", 40, 8),
        new("u64", "dpa", 48, 8),
        new("u32", "dpa_length", 56, 4),
        new("char[16]", "uuid", 60, 16),
        new("u8", "source", 76, 1),
        new("u8", "flags", 77, 1),
    ]);

    private static readonly string[] FlagNames = ["More", "Overflow", "Scanning"];

    /// <summary>One record of a list, or one line that was injected or cleared.</summary>
    public static void Emit(
        Tracing tracing, CxlMemdev memdev, PoisonTraceType type, CxlRegion? region, (ulong Address, uint Lines) record, byte flags = 0, ulong overflowTime = 0)
    {
        ulong dpa = record.Address & PoisonList.AddressMask;
        byte source = (byte)(record.Address & PoisonList.SourceMask);
        uint length = unchecked(record.Lines * PoisonList.Line); // a device may say what it likes
        ulong hpa = region?.ToHpa(memdev, new Dpa(dpa))?.Value ?? ulong.MaxValue;
        ulong time = (flags & PoisonList.FlagOverflow) != 0 ? overflowTime : 0;
        string names = string.Join('|', FlagNames.Where((_, bit) => (flags & (1 << bit)) != 0));
        tracing.Emit(
            Event,
            tracing.Caller,
            $"memdev={memdev.Name} host={memdev.Host.Name} serial={memdev.Serial} trace_type={type} region={region?.Name} region_uuid={Guid.Empty} "
                + $"hpa=0x{hpa:x} dpa=0x{dpa:x} dpa_length=0x{length:x} source={SourceName(source)} flags={names} overflow_time={time}",
            bytes => bytes
                .Text("memdev", memdev.Name).Text("host", memdev.Host.Name).Number("serial", memdev.Serial).Number("trace_type", (ulong)type)
                .Text("region", region?.Name ?? string.Empty).Number("overflow_ts", time).Number("hpa", hpa).Number("dpa", dpa)
                .Number("dpa_length", length).Number("source", source).Number("flags", flags));
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
