using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace CxlSim.Cli;

/// <summary>An option that takes a whole number between two bounds.</summary>
internal static class NumberOption
{
    /// <summary>Null where it is left out.</summary>
    public static Option<int?> Create(string name, string helpName, int least, int most, string description) =>
        new(name) { HelpName = helpName, Description = description, CustomParser = result => Parse(result, least, most) };

    /// <summary>The same with a number for where it is left out.</summary>
    public static Option<int> Create(string name, string helpName, int least, int most, int usual, string description) =>
        new(name) { HelpName = helpName, Description = description, DefaultValueFactory = _ => usual, CustomParser = result => Parse(result, least, most) };

    /// <summary>Several; none where it is left out.</summary>
    public static Option<int[]> Several(string name, string helpName, int least, int most, string description) => new(name)
    {
        HelpName = helpName,
        Description = description,
        DefaultValueFactory = _ => [],
        CustomParser = result => [.. result.Tokens.Select(token => Parse(result, token.Value, least, most))],
    };

    private static int Parse(ArgumentResult result, int least, int most) => Parse(result, result.Tokens[0].Value, least, most);

    private static int Parse(ArgumentResult result, string word, int least, int most)
    {
        if (int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most)
        {
            return number;
        }

        string name = (result.Parent as OptionResult)?.Option.Name ?? "a number";
        result.AddError($"found '{word}' for {name}; expected a number from {least} to {most}");
        return least;
    }
}
