using CxlSim.Core;
using CxlSim.Platform;

namespace CxlSim.Session;

/// <summary>Every diagnostic that an import can give. docs/DIAGNOSTICS.md is held against it.</summary>
public static class ImportCatalog
{
    public static IReadOnlyList<DiagnosticTitle> All { get; } =
    [
        new(Cxi.Nothing, DiagnosticSeverity.Error, "the capture has neither a CEDT nor a CXL memory device: there is nothing to make a platform of"),
        new(Cxi.UnreadableFile, DiagnosticSeverity.Warning, "a file or directory cannot be read"),
        new(Cxi.TableForm, DiagnosticSeverity.Warning, "an ACPI table is not whole: its length, its checksum or a record is wrong"),
        new(Cxi.TextForm, DiagnosticSeverity.Warning, "a line or value that makes no sense is passed over"),
        new(Cxi.JsonForm, DiagnosticSeverity.Warning, "a listing is no JSON"),
        new(Cxi.NotLearnt, DiagnosticSeverity.Warning, "something is not in the capture, and a default is written"),
        new(Cxi.NotExpressed, DiagnosticSeverity.Warning, "something of the capture cannot be said in a platform file, or is said otherwise"),
        new(Cxi.Contradiction, DiagnosticSeverity.Warning, "two files of the capture contradict each other"),
        new(Cxi.Refused, DiagnosticSeverity.Error, "what the capture describes is no legal platform"),
    ];
}
