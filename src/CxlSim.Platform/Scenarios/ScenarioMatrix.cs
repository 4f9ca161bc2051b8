using CxlSim.Platform.Reading;
using CxlSim.Platform.Yaml;

namespace CxlSim.Platform.Scenarios;

/// <summary>The parameters of a scenario with their values: every combination is a case.</summary>
internal sealed class ScenarioMatrix
{
    private const int Most = 10_000;

    private readonly List<(string Name, IReadOnlyList<YamlScalar> Values)> _parameters = [];

    /// <summary>What is no list of scalars is reported and left out.</summary>
    public static ScenarioMatrix Read(ReadContext context, YamlNode? node)
    {
        ScenarioMatrix matrix = new();
        if (node is not (null or YamlMapping))
        {
            context.Error(Cxp.WrongKind, node.Location, $"found {node.Kind}; expected a mapping from parameters to lists for 'matrix'");
        }

        foreach (YamlEntry entry in (node as YamlMapping)?.Entries ?? [])
        {
            if (entry.Value is YamlSequence { Items.Count: > 0 } list && list.Items.All(item => item is YamlScalar))
            {
                YamlScalar[] values = [.. list.Items.Cast<YamlScalar>()];
                matrix._parameters.Add((entry.Key.Text, values));
                foreach (YamlScalar again in values.GroupBy(value => value.Text).SelectMany(same => same.Skip(1)))
                {
                    context.Error(Cxp.KeyTwice, again.Location, $"the value '{Quote.Of(again.Text)}' is there twice; expected each once, since cases have their names of them");
                }
            }
            else
            {
                context.Error(Cxp.WrongKind, entry.Value.Location, $"found {(entry.Value is YamlSequence { Items.Count: 0 } ? "an empty list" : entry.Value.Kind)}; expected a list of scalars for '{Quote.Of(entry.Key.Text)}'");
            }
        }

        Int128 count = matrix._parameters.Aggregate((Int128)1, (product, parameter) => Int128.Min(Most + 1, product * parameter.Values.Count));
        if (count > Most)
        {
            context.Error(Cxs.TooManyCases, node!.Location, $"found more than {Most} combinations; expected no more");
            matrix._parameters.Clear();
        }

        return matrix;
    }

    /// <summary>The combinations: the last parameter changes first. One without anything where there are no parameters.</summary>
    public IEnumerable<IReadOnlyDictionary<string, string>> Combinations()
    {
        IEnumerable<IReadOnlyDictionary<string, string>> all = [new Dictionary<string, string>()];
        foreach ((string name, IReadOnlyList<YamlScalar> values) in _parameters)
        {
            all = all.SelectMany(before => values.Select(value => new Dictionary<string, string>(before) { [name] = value.Text }));
        }

        return all;
    }

    /// <summary>The values in brackets; empty where there are none.</summary>
    public static string Suffix(IReadOnlyDictionary<string, string> combination) =>
        combination.Count == 0 ? string.Empty : $"[{string.Join(',', combination.Select(pair => $"{pair.Key}={pair.Value}"))}]";
}
