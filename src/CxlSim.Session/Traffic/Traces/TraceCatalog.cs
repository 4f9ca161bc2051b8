using CxlSim.Core;
using CxlSim.Platform;

namespace CxlSim.Session;

/// <summary>Every diagnostic that a trace of accesses can give. docs/DIAGNOSTICS.md is held against it.</summary>
public static class TraceCatalog
{
    public static IReadOnlyList<DiagnosticTitle> All { get; } =
    [
        new(Cxt.UnreadableFile, DiagnosticSeverity.Error, "the trace cannot be read"),
        new(Cxt.LineForm, DiagnosticSeverity.Error, "an access is none: its time, kind, address or size"),
        new(Cxt.TimeOrder, DiagnosticSeverity.Error, "an access is earlier than the one before"),
        new(Cxt.TooMany, DiagnosticSeverity.Error, "more accesses than memory is kept for"),
        new(Cxt.CutOff, DiagnosticSeverity.Error, "a binary trace ends within a record"),
        new(Cxt.Nothing, DiagnosticSeverity.Error, "the trace has no access"),
    ];
}
