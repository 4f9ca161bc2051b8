namespace CxlSim.Architecture.Tests;

/// <summary>A file of the checkout.</summary>
/// <param name="Path">From the root.</param>
/// <param name="FullPath">On this machine.</param>
internal sealed record SourceFile(string Path, string FullPath)
{
    private readonly Lazy<string[]> _lines = new(() => File.ReadAllLines(FullPath));

    public IReadOnlyList<string> Lines => _lines.Value;

    public string Name => System.IO.Path.GetFileName(Path);

    public string Text => string.Join('\n', Lines);

    public override string ToString() => Path;
}
