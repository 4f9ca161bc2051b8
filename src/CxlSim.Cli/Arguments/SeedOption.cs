using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace CxlSim.Cli;

/// <summary>The <c>--seed</c> of every command that boots a machine.</summary>
internal static class SeedOption
{
    public static Option<ulong> Create() => new("--seed")
    {
        HelpName = "number",
        Description = "0 probes devices in the order of the bus, any other number in one of the orders that Linux could take.",
        CustomParser = Parse,
    };

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
