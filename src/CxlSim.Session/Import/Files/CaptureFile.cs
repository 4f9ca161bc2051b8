using System.Text;
using CxlSim.Core;

namespace CxlSim.Session;

/// <summary>A file of a capture.</summary>
/// <param name="path">What messages call it.</param>
/// <param name="bytes">What it holds.</param>
public sealed class CaptureFile(string path, byte[] bytes)
{
    private string? _text;

    public string Path => path;

    public byte[] Bytes => bytes;

    /// <summary>The bytes as text; what is not UTF-8 becomes U+FFFD.</summary>
    public string Text => _text ??= Encoding.UTF8.GetString(Bytes);

    public string Name => System.IO.Path.GetFileName(Path);

    public SourceLocation Line(int number) => new(Path, number, 1);

    /// <summary>Lines with their numbers, from 1.</summary>
    public IEnumerable<(int Number, string Text)> Lines() => Text.Split('\n').Select((line, index) => (index + 1, line.TrimEnd('\r')));
}
