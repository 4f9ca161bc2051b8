using CxlSim.Core;
using CxlSim.Platform.Reading;
using CxlSim.Platform.Settings;

namespace CxlSim.Platform;

/// <summary>Reads a platform file. Whatever the file holds, the answer is a description or diagnostics, never an exception.</summary>
public static class PlatformReader
{
    /// <param name="path">The file.</param>
    /// <param name="settings">What takes the place of what it says, <c>KEY.PATH=VALUE</c> each, the first one first.</param>
    public static PlatformReadResult ReadFile(string path, params IReadOnlyList<string> settings)
    {
        string text;
        try
        {
            text = UserFile.Load(path);
        }
        catch (Exception e) when (FileFault.Is(e))
        {
            ReadContext context = new(path);
            context.Error(Cxp.UnreadableFile, context.Start, $"the file cannot be read: {e.Message}");
            return new PlatformReadResult(null, context.Sorted());
        }

        return ReadText(text, path, settings);
    }

    /// <param name="text">The text of a platform file.</param>
    /// <param name="fileName">What diagnostics call it; also the default for the platform's name.</param>
    /// <param name="settings">As of <see cref="ReadFile"/>.</param>
    public static PlatformReadResult ReadText(string text, string fileName, params IReadOnlyList<string> settings) =>
        ReadText(text, fileName, new Dictionary<string, ReadOnlyMemory<byte>>(), settings);

    /// <param name="text">The text of a platform file.</param>
    /// <param name="fileName">As above.</param>
    /// <param name="files">What files that it names held, by their names; others are looked for beside it.</param>
    /// <param name="settings">As of <see cref="ReadFile"/>.</param>
    public static PlatformReadResult ReadText(string text, string fileName, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files, params IReadOnlyList<string> settings)
    {
        ReadContext context = new(fileName) { Given = files };
        PlatformDescription? platform = YamlLoader.Load(context, text) is { } root ? MachineReader.Read(context, SettingWriter.Apply(context, root, settings)) : null;
        IReadOnlyList<Diagnostic> diagnostics = context.Sorted();
        return new PlatformReadResult(diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error) ? null : platform, diagnostics) { Text = text, Files = context.Files };
    }

    /// <param name="text">One entry of <c>steps:</c>, with or without braces.</param>
    /// <param name="name">What diagnostics call the place that it came from.</param>
    public static StepReadResult ReadStep(string text, string name)
    {
        ReadContext context = new(name);
        if (string.IsNullOrWhiteSpace(text))
        {
            context.Error(Cxp.MissingKey, context.Start, "found no step; expected one such as 'online: memory34'");
            return new StepReadResult(null, context.Sorted());
        }

        StepDescription? step = YamlLoader.Load(context, text) is { } root ? StepReader.Read(context, root) : null;
        IReadOnlyList<Diagnostic> diagnostics = context.Sorted();
        return new StepReadResult(diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error) ? null : step, diagnostics);
    }
}
