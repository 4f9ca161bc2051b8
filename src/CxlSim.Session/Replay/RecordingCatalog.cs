using CxlSim.Core;
using CxlSim.Platform;

namespace CxlSim.Session;

/// <summary>Every diagnostic that a recording can give. docs/DIAGNOSTICS.md is held against it.</summary>
public static class RecordingCatalog
{
    public static IReadOnlyList<DiagnosticTitle> All { get; } =
    [
        new(Cxr.UnreadableFile, DiagnosticSeverity.Error, "the recording cannot be read"),
        new(Cxr.NoRecording, DiagnosticSeverity.Error, "the file is no recording, one of another version, or ends before the platform does"),
        new(Cxr.LineForm, DiagnosticSeverity.Error, "a line is no line of a recording"),
        new(Cxr.CutOff, DiagnosticSeverity.Warning, "the recording is cut off, and replays up to there"),
        new(Cxr.Order, DiagnosticSeverity.Error, "a line stands where it cannot"),
        new(Cxr.Value, DiagnosticSeverity.Error, "a request names a file or step that there is not, or a number out of range"),
    ];
}
