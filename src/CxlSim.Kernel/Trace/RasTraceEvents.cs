using System.Globalization;
using System.Runtime.InteropServices;

namespace CxlSim.Kernel;

/// <summary>The trace events of the system <c>ras</c> that something here sets off: <c>memory_failure_event</c> and <c>aer_event</c> (<c>include/ras/ras_event.h</c>).</summary>
internal sealed class RasTraceEvents
{
    /// <summary>Numbers that were recorded of 6.12 and 7.2; versions between count as the one that their events are like.</summary>
    private static readonly (int MemoryFailure, int Aer) Old = (1347, 1348);
    private static readonly (int MemoryFailure, int Aer) New = (733, 1440);

    /// <summary>What is broken, by number; what the log calls it stands before, where that differs.</summary>
    private static readonly Dictionary<string, (int Type, string Name)> Kinds = new()
    {
        ["huge page"] = (3, "huge page"),
        ["free huge page"] = (4, "free huge page"),
        ["get hwpoison page"] = (5, "get hwpoison page"),
        ["dirty LRU page"] = (13, "dirty LRU page"),
        ["free buddy page"] = (16, "free buddy page"),
        ["dax page"] = (17, "dax page"),
        ["already poisoned page"] = (19, "already poisoned"),
        ["non struct page pfn"] = (20, "non struct page pfn"),
    };

    private static readonly string[] Outcomes = ["Ignored", "Failed", "Delayed", "Recovered"];

    private static readonly (int Bit, string Word)[] Correctable =
    [
        (0, "Receiver Error"), (6, "Bad TLP"), (7, "Bad DLLP"), (8, "RELAY_NUM Rollover"), (12, "Replay Timer Timeout"), (13, "Advisory Non-Fatal Error"),
        (14, "Corrected Internal Error"), (15, "Header Log Overflow"),
    ];

    private static readonly (int Bit, string Word)[] Uncorrectable =
    [
        (0, "Undefined"), (4, "Data Link Protocol Error"), (5, "Surprise Down Error"), (12, "Poisoned TLP"), (13, "Flow Control Protocol Error"), (14, "Completion Timeout"),
        (15, "Completer Abort"), (16, "Unexpected Completion"), (17, "Receiver Overflow"), (18, "Malformed TLP"), (19, "ECRC Error"), (20, "Unsupported Request Error"),
        (21, "ACS Violation"), (22, "Uncorrectable Internal Error"), (23, "MC Blocked TLP"), (24, "AtomicOp Egress Blocked"), (25, "TLP Prefix Blocked Error"),
    ];

    private readonly bool _tellsBus;
    private readonly int _headerWords;
    private readonly TraceEvent _memoryFailure;
    private readonly TraceEvent _aer;

    public RasTraceEvents(KernelConfig config)
    {
        _tellsBus = config.Has(KernelChange.LinkErrorsOfCxl);
        _headerWords = _tellsBus ? 14 : 4;
        (int memoryFailure, int aer) = _tellsBus ? New : Old;
        (string, string)[] bus = _tellsBus ? [(TraceField.Text, "bus_type")] : [];
        _memoryFailure = TraceEvent.Of("ras", "memory_failure_event", memoryFailure, [("unsigned long", "pfn"), ("int", "type"), ("int", "result")]);
        _aer = TraceEvent.Of(
            "ras", "aer_event", aer, [(TraceField.Text, "dev_name"), ("u32", "status"), ("u8", "severity"), ("u8", "tlp_header_valid"), ($"u32[{_headerWords}]", "tlp_header"), .. bus]);
    }

    public IReadOnlyList<TraceEvent> All => [_memoryFailure, _aer];

    /// <param name="tracing">Takes it.</param>
    /// <param name="pfn">The page.</param>
    /// <param name="kind">What it is, as the log has it.</param>
    /// <param name="outcome">What became of it.</param>
    public void EmitMemoryFailure(Tracing tracing, ulong pfn, string kind, string outcome)
    {
        (int type, string name) = Kinds[kind];
        tracing.Emit(
            _memoryFailure,
            tracing.Caller,
            $"pfn 0x{pfn:x}: recovery action for {name}: {outcome}",
            bytes => bytes.Number("pfn", pfn).Number("type", (ulong)type).Number("result", (ulong)Array.IndexOf(Outcomes, outcome)));
    }

    /// <param name="tracing">Takes it.</param>
    /// <param name="thread">Who asked the function.</param>
    /// <param name="device">The function.</param>
    /// <param name="bus">CXL or PCIe.</param>
    /// <param name="severity">0 for an error that is not fatal, 1 for a fatal one, 2 for a corrected one.</param>
    /// <param name="status">Errors that are not masked.</param>
    /// <param name="header">The packet at fault; null for none.</param>
    public void EmitAer(Tracing tracing, TraceTask thread, string device, string bus, int severity, uint status, uint[]? header)
    {
        string word = severity switch { 2 => "Corrected", 1 => "Fatal", _ => "Uncorrected, non-fatal" };
        uint[] words = [.. (header ?? []).Concat(Enumerable.Repeat(0u, _headerWords)).Take(_headerWords)];
        string packet = header is null ? "Not available" : $"{{{string.Join(',', words.Select(value => $"0x{value:x}"))}}}";
        tracing.Emit(
            _aer,
            thread,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{device} {(_tellsBus ? bus : "PCIe")} Bus Error: severity={word}, {TraceFlags.Flags(status, "|", severity == 2 ? Correctable : Uncorrectable)}, TLP Header={packet}\n"),
            bytes => Fill(bytes, device, bus, severity, status, header is null ? null : words));
    }

    private void Fill(TraceRecordBytes bytes, string device, string bus, int severity, uint status, uint[]? header)
    {
        bytes.Text("dev_name", device).Number("status", status).Number("severity", (ulong)severity).Number("tlp_header_valid", header is null ? 0u : 1u);
        if (header is not null)
        {
            bytes.Bytes("tlp_header", MemoryMarshal.AsBytes(header.AsSpan()));
        }

        if (_tellsBus)
        {
            bytes.Text("bus_type", bus);
        }
    }
}
