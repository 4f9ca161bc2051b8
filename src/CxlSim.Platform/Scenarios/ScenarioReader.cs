using CxlSim.Core;
using CxlSim.Platform.Language;
using CxlSim.Platform.Reading;
using CxlSim.Platform.Scenarios;
using CxlSim.Platform.Settings;
using CxlSim.Platform.Yaml;

namespace CxlSim.Platform;

/// <summary>Reads a scenario file. Whatever the file holds, the answer is cases or diagnostics, never an exception.</summary>
public static class ScenarioReader
{
    private static readonly Shape Include = Shapes.Mapping(() => new KeySet("an included file", [Key.Required(ScenarioIncludes.Key, Shapes.Text, "A file beside this one that is a list of steps.")]));

    internal static readonly KeySet Keys = new("the scenario",
    [
        new("name", Shapes.Name, "Left out: the file's name."),
        new("why", Shapes.Text, "What it is for, in a sentence."),
        Key.Required("platform", Shapes.Either([Shapes.Text, Shapes.Mapping(() => MachineReader.Keys)]), "The machine: a platform file, by its path from this file, or what would stand in one. Its own steps are not done."),
        new("set", Shapes.List(Shapes.Text), "What is to be said in place of the platform, KEY.PATH=VALUE each: kernel.version=7.2."),
        new("append", Shapes.Text, "Words behind the kernel's command line."),
        new("seed", Shapes.Number(), "The order in which devices are probed: 0 is the order of the bus, any other number one of the orders that Linux could take. Left out: 0."),
        new("matrix", Shapes.Map("parameter", Shapes.List(Shapes.Text)), "Parameters and their values: each combination is a case. $(parameter) stands for the value, anywhere in this file."),
        new("steps", Shapes.List(Shapes.Either([StepReader.Shape, Include])), "What is done once the machine runs, one step after the other."),
        new("expect", Shapes.Mapping(() => ExpectationReader.EndKeys), "What must hold at the end. That no step ends otherwise than expected is always asked."),
    ]);

    /// <summary>Whether a file looks like a scenario, and not like a platform or a list of steps: a line of it begins with the key <c>platform</c>, even where the rest makes no sense.</summary>
    public static bool IsScenarioFile(string path) => UserFile.Load(path).Split('\n').Any(line => line.StartsWith("platform:", StringComparison.Ordinal));

    public static ScenarioReadResult ReadFile(string path)
    {
        ReadContext context = new(path);
        try
        {
            return Read(context, UserFile.Load(path));
        }
        catch (Exception e) when (FileFault.Is(e))
        {
            context.Error(Cxp.UnreadableFile, context.Start, $"the file cannot be read: {e.Message}");
            return new ScenarioReadResult([], context.Sorted());
        }
    }

    /// <param name="text">The text of a scenario file.</param>
    /// <param name="fileName">What diagnostics call it; other files are looked for beside it.</param>
    public static ScenarioReadResult ReadText(string text, string fileName) => Read(new ReadContext(fileName), text);

    private static ScenarioReadResult Read(ReadContext context, string text)
    {
        YamlNode? root = YamlLoader.Load(context, text);
        if (root is YamlMapping mapping && mapping.Has("host_bridges") && !mapping.Has("platform"))
        {
            context.Error(Cxp.MissingKey, root.Location, "found a platform; expected a scenario, which names it or has it below 'platform': 'cxlsim run' boots platforms");
            return new ScenarioReadResult([], context.Sorted());
        }

        if (root is null || MappingReader.Open(context, root, Keys) is not { } reader)
        {
            return new ScenarioReadResult([], context.Sorted());
        }

        ScenarioMatrix matrix = ScenarioMatrix.Read(context, reader.Node("matrix"));
        YamlMapping whole = new(root.Location);
        foreach (YamlEntry entry in reader.Mapping.Entries.Where(entry => entry.Key.Text != "matrix" && Keys.Knows(entry.Key.Text)))
        {
            YamlNode value = entry.Key.Text == "steps" && entry.Value is YamlSequence steps ? new ScenarioIncludes(context).Resolve(steps, context.File) : entry.Value;
            whole.TryAdd(entry with { Value = value });
        }

        List<Diagnostic> diagnostics = [.. context.Sorted()];
        List<ScenarioCase> cases = [];
        if (!context.HasErrors)
        {
            foreach (IReadOnlyDictionary<string, string> combination in matrix.Combinations())
            {
                ReadContext own = new(context.File);
                IReadOnlyList<Diagnostic> ofPlatform = [];
                YamlNode filled = new ScenarioParameters(own, combination).Fill(whole);
                if (!own.HasErrors && MappingReader.Open(own, filled, Keys) is { } filledReader)
                {
                    cases.AddRange(Case(own, filledReader, ScenarioMatrix.Suffix(combination), out ofPlatform) is { } found ? [found] : []);
                }

                diagnostics.AddRange(own.Sorted().Concat(ofPlatform));
            }
        }

        diagnostics = [.. diagnostics.Distinct()];
        return new ScenarioReadResult(diagnostics.Exists(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error) ? [] : cases, diagnostics);
    }

    private static ScenarioCase? Case(ReadContext context, MappingReader reader, string suffix, out IReadOnlyList<Diagnostic> ofPlatform)
    {
        string name = (reader.Name("name") ?? Path.GetFileNameWithoutExtension(context.File)) + suffix;
        IReadOnlyList<string> settings = reader.Values("set", Parsed<string> (text) => text) ?? [];
        PlatformDescription? platform = Platform(context, reader, settings, out ofPlatform);
        ExpectationDescription? expectation = reader.Node("expect") is { } expected ? ExpectationReader.OfEnd(context, expected) : null;
        IReadOnlyList<StepDescription> steps = reader.List("steps", (item, _) => StepReader.Read(context, item));
        ulong seed = reader.Number<ulong>("seed") ?? 0;
        if (platform is null)
        {
            return null;
        }

        platform = platform with { Steps = steps, Kernel = platform.Kernel with { CommandLine = $"{platform.Kernel.CommandLine} {reader.Text("append")}".Trim() } };
        ScenarioDevices.Check(context, platform, expectation);
        return new ScenarioCase(name, context.File, reader.Text("why") ?? string.Empty, platform, seed, expectation)
        {
            Warnings = [.. context.Sorted().Concat(ofPlatform).Select(diagnostic => diagnostic.Id).Distinct()],
        };
    }

    private static PlatformDescription? Platform(ReadContext context, MappingReader reader, IReadOnlyList<string> settings, out IReadOnlyList<Diagnostic> ofPlatform)
    {
        ofPlatform = [];
        switch (reader.Node("platform"))
        {
            case YamlMapping machine:
                return MachineReader.Read(context, SettingWriter.Apply(context, machine, settings));
            case YamlScalar { IsNull: false } path:
                string full = Path.GetFullPath(Path.Combine(UserFile.FolderOf(context.File), path.Text));
                if (!File.Exists(full))
                {
                    context.Error(Cxp.UnreadableFile, path.Location, $"found the platform '{Quote.Of(path.Text)}'; expected a file beside this one");
                    return null;
                }

                PlatformReadResult read = PlatformReader.ReadFile(Path.GetRelativePath(Environment.CurrentDirectory, full), settings);
                ofPlatform = read.Diagnostics;
                return read.Platform;
            case { } other:
                context.Error(Cxp.WrongKind, other.Location, $"found {other.Kind}; expected a platform file or a mapping for 'platform'");
                return null;
            default:
                return null;
        }
    }
}
