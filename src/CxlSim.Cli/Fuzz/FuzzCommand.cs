using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace CxlSim.Cli;

/// <summary><c>cxlsim fuzz</c>: random machines and random things done to them, held against what must always hold.</summary>
internal static class FuzzCommand
{
    public static Command Create()
    {
        Argument<string[]> files = FileArgument.Several("file", "Scenario files to hold against the invariants, in place of random cases.", ArgumentArity.ZeroOrMore);
        Option<ulong> seed = SeedOption.Create("The first case; those after it have the numbers that follow. Left out: 1.", 1);
        Option<int?> cases = NumberOption.Create("--cases", "number", 1, int.MaxValue, "How many cases. Left out: 1000.");
        Option<TimeSpan?> time = new("--time") { HelpName = "time", Description = "Run as many cases as fit: 90s, 10m, 2h.", CustomParser = ParseTime };
        Option<string> output = new("--out") { HelpName = "directory", Description = "Where the file of a failing case goes.", DefaultValueFactory = _ => "." };
        Option<bool> list = new("--list") { Description = "Say what is held, and end." };
        Command command = new("fuzz", "Run random machines and steps, and hold invariants against them. Or scenario files. Exit code 0: nothing found; 1: something was, its file is written; 2: bad usage.")
        {
            files, seed, cases, time, output, list,
        };
        command.Validators.Add(result => RefuseBoth(result, cases, time));
        command.SetAction(parsed =>
        {
            string[] named = parsed.GetValue(files) ?? [];
            return parsed.GetValue(list) ? FuzzText.List() : named.Length > 0 ? FuzzFiles.Run(named)
                : new FuzzSearch(parsed.GetValue(seed), parsed.GetValue(cases), parsed.GetValue(time), parsed.GetValue(output)!).Run();
        });
        return command;
    }

    private static TimeSpan? ParseTime(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        int unit = text.Length < 2 ? 0 : text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, _ => 0 };
        if (unit == 0 || !uint.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out uint count) || count is 0 or > 1_000_000)
        {
            result.AddError($"found the time '{text}'; expected a number with s, m or h: 10m");
            return null;
        }

        return TimeSpan.FromSeconds((double)count * unit);
    }

    private static void RefuseBoth(CommandResult result, Option<int?> cases, Option<TimeSpan?> time)
    {
        if (result.GetResult(cases) is not null && result.GetResult(time) is not null)
        {
            result.AddError("found --cases and --time; expected one of them");
        }
    }
}
