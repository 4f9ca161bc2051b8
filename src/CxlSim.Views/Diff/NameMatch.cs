using System.Text.RegularExpressions;

namespace CxlSim.Views;

/// <summary>Calls the second machine's objects as the first one calls what stands for the same.</summary>
internal static partial class NameMatch
{
    /// <summary>Which kind of number stands behind each word.</summary>
    private static readonly Dictionary<string, string> Kinds = new()
    {
        ["mem"] = NamedObject.Memdev,
        ["pmem"] = NamedObject.Memdev,
        ["nmem"] = NamedObject.Dimm,
        ["port"] = NamedObject.Port,
        ["endpoint"] = NamedObject.Port,
        ["decoder"] = NamedObject.Port,
        ["region"] = NamedObject.Region,
        ["dax_region"] = NamedObject.Region,
        ["pmem_region"] = NamedObject.Region,
        ["dax"] = NamedObject.Region,
    };

    /// <returns>What turns a text of the second machine into one that can be compared with the first one's.</returns>
    public static Func<string, string> Renaming(IReadOnlyList<NamedObject> first, IReadOnlyList<NamedObject> second)
    {
        Dictionary<(string Kind, string Meaning), string> known = first.DistinctBy(found => (found.Kind, found.Meaning)).ToDictionary(found => (found.Kind, found.Meaning), found => found.Number);
        HashSet<(string Kind, string Number)> taken = [.. first.Select(found => (found.Kind, found.Number))];
        Dictionary<(string Kind, string Number), string> numbers = [];
        foreach (NamedObject other in second)
        {
            string number = known.TryGetValue((other.Kind, other.Meaning), out string? same) ? same : taken.Contains((other.Kind, other.Number)) ? other.Number + "'" : other.Number;
            if (number != other.Number)
            {
                numbers[(other.Kind, other.Number)] = number;
            }
        }

        return numbers.Count == 0 ? text => text : text => Name().Replace(text, match => Rename(match, numbers));
    }

    private static string Rename(Match match, Dictionary<(string Kind, string Number), string> numbers)
    {
        string word = match.Groups["word"].Value;
        string kind = match.Groups["function"].Success ? NamedObject.Function : Kinds.GetValueOrDefault(word, NamedObject.Bus);
        return numbers.TryGetValue((kind, match.Value[word.Length..]), out string? renamed) ? word + renamed : match.Value;
    }

    [GeneratedRegex(@"(?<![A-Za-z0-9_:])(?:(?<word>mem|pmem|nmem|port|endpoint|decoder|region|dax_region|pmem_region|dax)\d+(?!\d)|(?<function>[0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7])|(?<word>PCI Bus )[0-9a-f]{4}:[0-9a-f]{2}(?!:))")]
    private static partial Regex Name();
}
