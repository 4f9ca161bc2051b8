using CxlSim.Core;

namespace CxlSim.Session;

/// <summary>What an import has to say, gathered: of one kind in one file only so much, since a file may be garbage throughout.</summary>
internal sealed class ImportFindings(string capture)
{
    private const int MostPerFile = 10;
    private const int MostOfAll = 100;

    private readonly List<Diagnostic> _diagnostics = [];
    private readonly HashSet<(SourceLocation At, string Message)> _said = [];
    private readonly Dictionary<(string Id, string File), int> _counts = [];

    public IReadOnlyList<Diagnostic> Diagnostics => _diagnostics;

    /// <summary>The place of findings about the capture as a whole.</summary>
    public SourceLocation Capture { get; } = new(capture, 1, 1);

    public void Error(string id, string message) => _diagnostics.Add(new Diagnostic(id, DiagnosticSeverity.Error, message, Capture));

    /// <summary>The same is said once.</summary>
    public void Warn(string id, SourceLocation at, string message)
    {
        if (!_said.Add((at, message)))
        {
            return;
        }

        int count = _counts[(id, at.File)] = _counts.GetValueOrDefault((id, at.File)) + 1;
        int most = at == Capture ? MostOfAll : MostPerFile;
        if (count <= most)
        {
            _diagnostics.Add(new Diagnostic(id, DiagnosticSeverity.Warning, message, at));
        }
        else if (count == most + 1)
        {
            _diagnostics.Add(new Diagnostic(id, DiagnosticSeverity.Warning, "and more of this kind", at));
        }
    }

    /// <summary>Something is not in the capture: what, and what stands in its place.</summary>
    public void NotLearnt(string message) => Warn(Cxi.NotLearnt, Capture, message);

    public void NotExpressed(string message) => Warn(Cxi.NotExpressed, Capture, message);
}
