using CxlSim.Core;
using CxlSim.Platform.Language;
using CxlSim.Platform.Yaml;

namespace CxlSim.Platform.Reading;

/// <summary>Reads one entry of <c>steps:</c>: one verb, and how it must end.</summary>
internal static class StepReader
{
    private const string ExpectKey = "expect";

    private static readonly Key Expect = new(
        ExpectKey, Shapes.Either([Shapes.Words(ExpectationReader.Errors.Select(error => error.Word)), ExpectationReader.StepShape]), "How the step must end, and what else must hold then. Left out: ok.");

    public static readonly Shape Shape = Shapes.Either(StepVerbs.All.Select(verb => Shapes.Mapping(() => KeysOf(verb))));

    public static StepDescription? Read(ReadContext context, YamlNode node)
    {
        if (node is not YamlMapping mapping)
        {
            context.Error(Cxp.WrongKind, node.Location, $"found {node.Kind}; expected a step as a mapping");
            return null;
        }

        IReadOnlyList<YamlEntry> verbs = [.. mapping.Entries.Where(e => e.Key.Text != ExpectKey)];
        if (verbs.Count != 1)
        {
            SourceLocation at = verbs.Count == 0 ? mapping.Location : verbs[1].Key.Location;
            string found = verbs.Count == 0 ? "a step without a verb" : $"a second verb '{Quote.Of(verbs[1].Key.Text)}' in a step";
            context.Error(Cxp.StepVerb, at, $"{found}; expected one of {string.Join(", ", StepVerbs.Names)}");
            return null;
        }

        string verb = verbs[0].Key.Text;
        if (!StepVerbs.Names.Contains(verb))
        {
            string message = $"unknown verb '{Quote.Of(verb)}'; expected one of {string.Join(", ", StepVerbs.Names)}{NearestKey.Hint(verb, StepVerbs.Names)}";
            context.Error(Cxp.StepVerb, verbs[0].Key.Location, message);
            return null;
        }

        MappingReader reader = MappingReader.Open(context, mapping, KeysOf(StepVerbs.Find(verb)))!;
        (Errno error, ExpectationDescription? more) = reader.Node(ExpectKey) is YamlMapping expected
            ? ExpectationReader.OfStep(context, expected)
            : (reader.Choice(ExpectKey, ExpectationReader.Errors) ?? Errno.Ok, null);
        StepDescription? step = StepVerbs.Read(context, reader, verb);
        return step is null ? null : step with { Expect = error, Expectation = more };
    }

    private static KeySet KeysOf(Key verb) => new($"a step '{verb.Name}'", [verb, Expect]);
}
