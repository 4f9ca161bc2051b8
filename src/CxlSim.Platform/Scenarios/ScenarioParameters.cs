using System.Text;
using CxlSim.Core;
using CxlSim.Platform.Reading;
using CxlSim.Platform.Yaml;

namespace CxlSim.Platform.Scenarios;

/// <summary>Puts the values of a combination where a scenario names its parameters: <c>$(ways)</c>, in keys and in values.</summary>
internal sealed class ScenarioParameters(ReadContext context, IReadOnlyDictionary<string, string> values)
{
    private const string Open = "$(";

    public YamlNode Fill(YamlNode node) => node switch
    {
        YamlScalar scalar => Fill(scalar),
        YamlSequence list => new YamlSequence(list.Location, [.. list.Items.Select(Fill)]),
        YamlMapping mapping => Fill(mapping),
        _ => throw new SimulatorBugException("a known kind of node"),
    };

    private YamlMapping Fill(YamlMapping mapping)
    {
        YamlMapping filled = new(mapping.Location);
        foreach (YamlEntry entry in mapping.Entries)
        {
            YamlScalar key = Fill(entry.Key);
            if (!filled.TryAdd(new YamlEntry(key, Fill(entry.Value))))
            {
                context.Error(Cxp.KeyTwice, entry.Key.Location, $"the key '{Quote.Of(key.Text)}' is there twice once '{Quote.Of(entry.Key.Text)}' has its value");
            }
        }

        return filled;
    }

    private YamlScalar Fill(YamlScalar scalar)
    {
        if (!scalar.Text.Contains(Open, StringComparison.Ordinal))
        {
            return scalar;
        }

        StringBuilder text = new();
        string rest = scalar.Text;
        for (int at = rest.IndexOf(Open, StringComparison.Ordinal); at >= 0; at = rest.IndexOf(Open, StringComparison.Ordinal))
        {
            int end = rest.IndexOf(')', at);
            string name = end < 0 ? rest[(at + Open.Length)..] : rest[(at + Open.Length)..end];
            if (end < 0 || !values.TryGetValue(name, out string? value))
            {
                string known = values.Count > 0 ? $"expected one of {string.Join(", ", values.Keys)}" : "expected none, since there is no matrix";
                context.Error(Cxs.UnknownParameter, scalar.Location, $"found the parameter '{Quote.Of(name)}'; {known}");
                return scalar;
            }

            text.Append(rest, 0, at).Append(value);
            rest = rest[(end + 1)..];
        }

        return new YamlScalar(scalar.Location, text.Append(rest).ToString(), isPlain: false);
    }
}
