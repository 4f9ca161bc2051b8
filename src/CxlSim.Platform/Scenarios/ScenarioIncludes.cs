using CxlSim.Platform.Reading;
using CxlSim.Platform.Yaml;

namespace CxlSim.Platform.Scenarios;

/// <summary>Puts the steps of other files where a scenario includes them: <c>- include: common.yaml</c>, a file that is a list of steps.</summary>
internal sealed class ScenarioIncludes(ReadContext context)
{
    public const string Key = "include";

    /// <summary>Files within files; a cycle is found before.</summary>
    private const int Deepest = 16;

    private readonly List<string> _open = [Path.GetFullPath(context.File)];

    /// <summary>The steps with those of included files in their place.</summary>
    public YamlSequence Resolve(YamlSequence steps, string file) => new(steps.Location, [.. steps.Items.SelectMany(step => Steps(step, file))]);

    private IReadOnlyList<YamlNode> Steps(YamlNode step, string file)
    {
        if (step is not YamlMapping mapping || mapping.Find(Key) is not { } include)
        {
            return [step];
        }

        if (mapping.Entries.Count > 1 || include.Value is not YamlScalar { IsNull: false } name)
        {
            context.Error(Cxs.Include, mapping.Location, $"found '{Key}' with something besides it, or without a file; expected '{Key}: FILE'");
            return [];
        }

        string path = Path.GetFullPath(Path.Combine(UserFile.FolderOf(file), name.Text));
        if (_open.Contains(path) || _open.Count == Deepest)
        {
            string way = string.Join(" > ", _open.Append(path).Select(Path.GetFileName));
            context.Error(Cxs.Include, name.Location, _open.Contains(path) ? $"the files include each other: {way}" : $"found files included {Deepest} deep; expected fewer");
            return [];
        }

        _open.Add(path);
        IReadOnlyList<YamlNode> found = Load(path, name) is YamlSequence list ? Resolve(list, path).Items : [];
        _open.RemoveAt(_open.Count - 1);
        return found;
    }

    private YamlNode? Load(string path, YamlScalar name)
    {
        try
        {
            ReadContext included = new(Path.GetRelativePath(Environment.CurrentDirectory, path));
            YamlNode? node = YamlLoader.Load(included, UserFile.Load(path));
            context.Take(included);
            if (node is not (null or YamlSequence))
            {
                context.Error(Cxs.Include, node.Location, $"found {node.Kind}; expected a list of steps in a file that is included");
            }

            return node;
        }
        catch (Exception e) when (FileFault.Is(e))
        {
            context.Error(Cxs.Include, name.Location, $"the file '{Quote.Of(name.Text)}' cannot be read: {e.Message}");
            return null;
        }
    }
}
