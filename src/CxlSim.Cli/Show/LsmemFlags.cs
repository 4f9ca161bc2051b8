using System.CommandLine;
using System.CommandLine.Parsing;
using CxlSim.Views;

namespace CxlSim.Cli;

/// <summary>The flags of <c>lsmem</c>, under its own names.</summary>
internal sealed class LsmemFlags
{
    private const string Never = "never";
    private const string Always = "always";
    private const string Only = "only";

    private readonly Option<bool> _all = Flag("--all", "-a", "Each memory block in a line of its own.");
    private readonly Option<bool> _bytes = Flag("--bytes", "-b", "Sizes in bytes.");
    private readonly Option<bool> _noHeadings = Flag("--noheadings", "-n", "No headings.");
    private readonly Option<string?> _output = new("--output", "-o") { HelpName = "columns", Description = "Columns: RANGE, SIZE, STATE, REMOVABLE, BLOCK, NODE, ZONES; +NODE adds to the usual ones." };
    private readonly Option<bool> _outputAll = new("--output-all") { Description = "All columns.", Arity = ArgumentArity.Zero };
    private readonly Option<string?> _split = new("--split", "-S") { HelpName = "columns", Description = "What keeps blocks apart; none joins all that lie together. Left out: the columns." };
    private readonly Option<bool> _json = Flag("--json", "-J", "As JSON.");
    private readonly Option<bool> _pairs = Flag("--pairs", "-P", "As KEY=\"value\".");
    private readonly Option<bool> _raw = Flag("--raw", "-r", "Cells with a space between them.");
    private readonly Option<string?> _summary = new("--summary") { HelpName = "when", Description = "The sums below: never, always, or only, which is meant without a word.", Arity = ArgumentArity.ZeroOrOne };

    public IReadOnlyList<Option> All => [_all, _bytes, _noHeadings, _output, _outputAll, _split, _json, _pairs, _raw, _summary];

    private Option<bool>[] Formats => [_json, _pairs, _raw];

    /// <summary>What the tool refuses, in its words.</summary>
    public void Refuse(CommandResult result)
    {
        foreach (string? error in new[] { ExclusiveError(result), SummaryError(result), ColumnError(result) }.Where(error => error is not null).Take(1))
        {
            result.AddError($"lsmem: {error}");
        }
    }

    public LsmemOptions Read(ParseResult parsed)
    {
        IReadOnlyList<LsmemColumn> columns = Columns(parsed.CommandResult, out _);
        string? summary = parsed.GetValue(_summary);
        bool hasFormat = Formats.Any(parsed.GetValue);
        return new LsmemOptions
        {
            Columns = columns,
            Split = Split(parsed.CommandResult, out _),
            All = parsed.GetValue(_all),
            Bytes = parsed.GetValue(_bytes),
            NoHeadings = parsed.GetValue(_noHeadings),
            Format = parsed.GetValue(_json) ? LsmemFormat.Json : parsed.GetValue(_pairs) ? LsmemFormat.Pairs : parsed.GetValue(_raw) ? LsmemFormat.Raw : LsmemFormat.Table,
            HasTable = !IsSummaryOnly(parsed.CommandResult),
            HasSummary = summary != Never && (!hasFormat || (summary == Always && IsSummaryLast(parsed))),
        };
    }

    private static Option<bool> Flag(string name, string letter, string description) => new(name, letter) { Description = description, Arity = ArgumentArity.Zero };

    private static bool IsGiven(CommandResult result, Option option) => result.GetResult(option) is { Implicit: false };

    private bool IsSummaryOnly(CommandResult result) => IsGiven(result, _summary) && result.GetValue(_summary) is null or Only;

    /// <summary>A format that follows takes the sums away again.</summary>
    private bool IsSummaryLast(ParseResult parsed)
    {
        string[] words = [.. parsed.Tokens.Where(token => token.Type == TokenType.Option).Select(token => token.Value)];
        return Array.LastIndexOf(words, _summary.Name) > Array.FindLastIndex(words, word => Formats.Any(format => format.Name == word || format.Aliases.Contains(word)));
    }

    private string? ExclusiveError(CommandResult result) =>
        Formats.Count(format => IsGiven(result, format)) > 1 ? "mutually exclusive arguments: --json --pairs --raw"
        : IsGiven(result, _split) && IsGiven(result, _all) ? "mutually exclusive arguments: --split --all"
        : null;

    private string? SummaryError(CommandResult result) =>
        result.GetValue(_summary) is not (null or Never or Always or Only) ? "unsupported --summary argument"
        : IsSummaryOnly(result) && Formats.Any(format => IsGiven(result, format)) ? "options --{raw,json,pairs} and --summary=only are mutually exclusive"
        : null;

    private string? ColumnError(CommandResult result)
    {
        Columns(result, out string? error);
        if (error is null)
        {
            Split(result, out error);
        }

        return error;
    }

    private IReadOnlyList<LsmemColumn> Columns(CommandResult result, out string? error)
    {
        error = null;
        IReadOnlyList<LsmemColumn> usual = result.GetValue(_outputAll) ? LsmemColumns.All : LsmemOptions.DefaultColumns;
        return result.GetValue(_output) is { } text ? LsmemColumns.Parse(text, usual, out error) : usual;
    }

    private IReadOnlyList<LsmemColumn>? Split(CommandResult result, out string? error)
    {
        error = null;
        return result.GetValue(_split) is not { } text ? null
            : text.Equals("none", StringComparison.OrdinalIgnoreCase) ? []
            : LsmemColumns.Parse(text, [], out error);
    }
}
