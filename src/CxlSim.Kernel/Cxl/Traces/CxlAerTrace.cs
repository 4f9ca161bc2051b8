using System.Globalization;
using System.Runtime.InteropServices;

namespace CxlSim.Kernel;

/// <summary>The trace events of errors of links: <c>cxl_aer_correctable_error</c>, <c>cxl_aer_uncorrectable_error</c> (<c>drivers/cxl/core/trace.h</c>).</summary>
internal sealed class CxlAerTrace
{
    /// <summary>The record has room for so many words of the header; the registers have sixteen.</summary>
    internal const int HeaderWords = 128;

    private static readonly (int Bit, string Word)[] CorrectableWords =
    [
        (0, "Cache Data ECC Error"), (1, "Memory Data ECC Error"), (2, "CRC Threshold Hit"), (3, "Retry Threshold"),
        (4, "Received Cache Poison From Peer"), (5, "Received Memory Poison From Peer"), (6, "Received Error From Physical Layer"),
    ];

    private static readonly (int Bit, string Word)[] UncorrectableWords =
    [
        (0, "Cache Data Parity Error"), (1, "Cache Address Parity Error"), (2, "Cache Byte Enable Parity Error"), (3, "Cache Data ECC Error"), (4, "Memory Data Parity Error"),
        (5, "Memory Address Parity Error"), (6, "Memory Byte Enable Parity Error"), (7, "Memory Data ECC Error"), (8, "REINIT Threshold Hit"), (9, "Received Unrecognized Encoding"),
        (10, "Received Poison From Peer"), (11, "Receiver Overflow"), (14, "Component Specific Error"), (15, "IDE Tx Error"), (16, "IDE Rx Error"),
    ];

    private static readonly (string Type, string Name)[] OfMemdev = [(TraceField.Text, "memdev"), (TraceField.Text, "host"), ("u64", "serial")];
    private static readonly (string Type, string Name)[] OfPort = [(TraceField.Text, "device"), (TraceField.Text, "host")];
    private static readonly (string Type, string Name)[] Correctable = [("u32", "status")];
    private static readonly (string Type, string Name)[] Uncorrectable = [("u32", "status"), ("u32", "first_error"), ($"u32[{HeaderWords}]", "header_log")];

    private readonly TraceEvent _correctable;
    private readonly TraceEvent _uncorrectable;

    /// <param name="config">Of which version: later ones have events of ports among them, which only firmware's reports make.</param>
    /// <param name="id">Number of the first.</param>
    public CxlAerTrace(KernelConfig config, int id)
    {
        bool hasPorts = config.Has(KernelChange.PortErrorsTraced);
        _correctable = TraceEvent.Of("cxl", "cxl_aer_correctable_error", id++, [.. OfMemdev, .. Correctable]);
        TraceEvent[] port = hasPorts ? [TraceEvent.Of("cxl", "cxl_port_aer_correctable_error", id++, [.. OfPort, .. Correctable])] : [];
        _uncorrectable = TraceEvent.Of("cxl", "cxl_aer_uncorrectable_error", id++, [.. OfMemdev, .. Uncorrectable]);
        TraceEvent[] last = hasPorts ? [TraceEvent.Of("cxl", "cxl_port_aer_uncorrectable_error", id, [.. OfPort, .. Uncorrectable])] : [];
        All = [_correctable, .. port, _uncorrectable, .. last];
    }

    public IReadOnlyList<TraceEvent> All { get; }

    /// <param name="tracing">Takes it.</param>
    /// <param name="memdev">Whose error it is.</param>
    /// <param name="status">Of its RAS registers.</param>
    /// <param name="thread">Who read it.</param>
    public void EmitCorrectable(Tracing tracing, TracedMemdev memdev, uint status, TraceTask thread) => tracing.Emit(
        _correctable, thread, $"{Start(memdev)}: status: '{TraceFlags.Flags(status, " | ", CorrectableWords)}'", bytes => Fill(bytes, memdev, status));

    /// <param name="tracing">Takes it.</param>
    /// <param name="memdev">Whose error it is.</param>
    /// <param name="status">Of its RAS registers.</param>
    /// <param name="first">The bit of the error that the header is of.</param>
    /// <param name="header">The message at fault, and what stands behind it.</param>
    /// <param name="thread">Who read it.</param>
    public void EmitUncorrectable(Tracing tracing, TracedMemdev memdev, uint status, uint first, uint[] header, TraceTask thread) => tracing.Emit(
        _uncorrectable,
        thread,
        $"{Start(memdev)}: status: '{TraceFlags.Flags(status, " | ", UncorrectableWords)}' first_error: '{TraceFlags.Flags(first, " | ", UncorrectableWords)}'",
        bytes => Fill(bytes, memdev, status).Number("first_error", first).Bytes("header_log", MemoryMarshal.AsBytes(header.AsSpan())));

    private static string Start(TracedMemdev memdev) => string.Create(CultureInfo.InvariantCulture, $"memdev={memdev.Name} host={memdev.Host} serial={memdev.Serial}");

    private static TraceRecordBytes Fill(TraceRecordBytes bytes, TracedMemdev memdev, uint status) =>
        bytes.Text("memdev", memdev.Name).Text("host", memdev.Host).Number("serial", memdev.Serial).Number("status", status);
}
