using System.Collections.Immutable;

namespace CxlSim.Conformance;

/// <summary>One captured state of a machine: file name ("iomem.txt", "cxl-attrs.txt", ...) to the text that the file held.</summary>
public sealed class Capture(IReadOnlyDictionary<string, string> files)
{
    public ImmutableSortedDictionary<string, string> Files { get; } = files.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>Reads the files of a state's folder; folders inside it are other states and are left alone.</summary>
    public static Capture FromDirectory(string path) =>
        new(Directory.EnumerateFiles(path).ToDictionary(file => Path.GetFileName(file), File.ReadAllText));

    /// <summary>The text of a file, empty when the capture lacks it.</summary>
    public string TextOf(string file) => Files.GetValueOrDefault(file, "");

    public Capture With(string file, string text) => new(Files.SetItem(file, text));

    public Capture Without(string file) => new(Files.Remove(file));
}
