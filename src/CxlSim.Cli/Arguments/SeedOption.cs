using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace CxlSim.Cli;

/// <summary>The <c>--seed</c> of every command that boots a machine.</summary>
internal static class SeedOption
{
    private const string Name = "--seed";

    public static Option<ulong> Create() => Create("0 probes devices in the order of the bus, any other number in one of the orders that Linux could take.", 0);

    /// <summary>One that means something else to the command.</summary>
    public static Option<ulong> Create(string description, ulong usual) => new(Name) { HelpName = "number", Description = description, DefaultValueFactory = _ => usual, CustomParser = Parse };

    /// <summary>Null where it is left out.</summary>
    public static Option<ulong?> CreateOptional(string description) => new(Name) { HelpName = "number", Description = description, CustomParser = result => Parse(result) };

    private static ulong Parse(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (!ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed))
        {
            result.AddError($"found the seed '{text}'; expected a whole number from 0 to {ulong.MaxValue}");
        }

        return seed;
    }
}
