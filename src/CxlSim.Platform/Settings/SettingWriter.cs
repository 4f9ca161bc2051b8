using CxlSim.Platform.Reading;
using CxlSim.Platform.Yaml;

namespace CxlSim.Platform.Settings;

/// <summary>Puts settings into the tree of a platform file, as if the file said so.</summary>
internal sealed class SettingWriter(ReadContext context)
{
    /// <summary>What an item of a list may be named by.</summary>
    private static readonly string[] Names = ["id", "uid", "name"];

    /// <summary>The tree with all settings in it; what makes no sense is reported and left out.</summary>
    public static YamlNode Apply(ReadContext context, YamlNode root, IReadOnlyList<string> settings)
    {
        SettingWriter writer = new(context);
        for (int i = 0; i < settings.Count; i++)
        {
            if (SettingReader.Read(context, settings[i], i + 1) is { } setting && SettingShorthand.Resolve(context, root, setting) is { } resolved)
            {
                root = writer.Set(root, resolved.Path, 0, resolved.Value) ?? root;
            }
        }

        return root;
    }

    /// <summary>The node with the value below it; null where it cannot be put there.</summary>
    private YamlNode? Set(YamlNode? node, IReadOnlyList<SettingStep> path, int depth, YamlNode value)
    {
        if (depth == path.Count)
        {
            return value;
        }

        SettingStep step = path[depth];
        YamlNode? present = node is YamlScalar { IsNull: true } ? null : node;
        switch (present)
        {
            case null when step.Name is null:
                return SetItem(new YamlSequence(step.Location, []), path, depth, value);
            case null:
                return SetKey(new YamlMapping(step.Location), path, depth, value);
            case YamlMapping mapping when step.Name is not null:
                return SetKey(mapping, path, depth, value);
            case YamlSequence list:
                return SetItem(list, path, depth, value);
            default:
                string expected = step.Name is null ? "a list to take an item of" : $"a mapping to have '{Quote.Of(step.Name)}'";
                context.Error(Cxp.WrongKind, step.Location, $"found {present.Kind} at {present.Location}; expected {expected}");
                return null;
        }
    }

    private YamlMapping? SetKey(YamlMapping mapping, IReadOnlyList<SettingStep> path, int depth, YamlNode value)
    {
        SettingStep step = path[depth];
        if (Set(mapping.Find(step.Name!)?.Value, path, depth + 1, value) is not { } changed)
        {
            return null;
        }

        YamlMapping result = new(mapping.Location);
        foreach (YamlEntry entry in mapping.Entries)
        {
            result.TryAdd(entry.Key.Text == step.Name ? entry with { Value = changed } : entry);
        }

        result.TryAdd(new YamlEntry(new YamlScalar(step.Location, step.Name!, isPlain: true), changed));
        return result;
    }

    /// <summary>The index behind the last one adds an item.</summary>
    private YamlSequence? SetItem(YamlSequence list, IReadOnlyList<SettingStep> path, int depth, YamlNode value)
    {
        SettingStep step = path[depth];
        if ((step.Name is null ? step.Index : Find(list, step)) is not { } index)
        {
            return null;
        }

        if (index > list.Items.Count)
        {
            context.Error(Cxp.OutOfRange, step.Location, $"found the index {index}; expected 0 to {list.Items.Count}, the last of which adds an item");
            return null;
        }

        return Set(index < list.Items.Count ? list.Items[index] : null, path, depth + 1, value) is { } changed
            ? new YamlSequence(list.Location, [.. list.Items.Take(index), changed, .. list.Items.Skip(index + 1)])
            : null;
    }

    private int? Find(YamlSequence list, SettingStep step)
    {
        string[][] known = [.. list.Items.Select(item => Names.Select(name => (item as YamlMapping)?.Find(name)?.Value).OfType<YamlScalar>().Select(scalar => scalar.Text).ToArray())];
        int found = Array.FindIndex(known, names => names.Contains(step.Name));
        if (found < 0)
        {
            string hint = NearestKey.Hint(step.Name!, known.SelectMany(names => names));
            context.Error(Cxp.UnknownKey, step.Location, $"found '{Quote.Of(step.Name!)}' for an item of the list at {list.Location}; expected an index such as [0], or an item's id{hint}");
        }

        return found < 0 ? null : found;
    }
}
