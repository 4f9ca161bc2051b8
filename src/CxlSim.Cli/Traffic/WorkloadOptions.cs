using System.CommandLine;
using System.CommandLine.Parsing;
using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Platform.Reading;
using CxlSim.Session;

namespace CxlSim.Cli;

/// <summary>The words of the command line that describe traffic.</summary>
internal sealed class WorkloadOptions
{
    private const int MostThreads = 1024;
    private const int MostLines = 65536;
    private const int MostDelay = 1_000_000;
    private const double LongestNs = 1e9;
    private const ulong Line = 64;
    private const int UsualClosed = 16;
    private const int UsualOpen = 4096;

    /// <summary>The kind of a workload that says none.</summary>
    private const string Usual = "closed";

    private const string UsualPattern = "random";

    private static readonly ByteSize LongestStride = ByteSize.GiB(1024);

    private readonly Option<string?> _from = new("--from") { HelpName = "node", Description = "Whose cores. Left out: the first node with cores." };
    private readonly Option<string[]> _to = new("--to") { HelpName = "memory", Description = "A node, a region or a range of addresses; given again, pages are spread over all of them. Left out: the first memory without cores, else the first node.", DefaultValueFactory = _ => [] };
    private readonly Option<int[]> _weights = NumberOption.Several("--weight", "pages", 1, byte.MaxValue, "Pages of each --to in a round. Left out: one each.");
    private readonly Option<string> _kind = new("--kind") { HelpName = "kind", Description = "closed: so many lines outstanding; open: arrivals at a --rate; mix: what cores do with streams (--mix, --delay).", DefaultValueFactory = _ => Usual };
    private readonly Option<int> _threads = NumberOption.Create("--threads", "count", 1, MostThreads, usual: 1, "How many threads.");
    private readonly Option<int?> _outstanding = NumberOption.Create("--outstanding", "count", 1, MostLines, $"Lines of each thread under way; of an open workload the most, past which arrivals are turned away. Left out: {UsualClosed}, of an open workload {UsualOpen}.");
    private readonly Option<double> _reads = Decimal("--reads", "percent", 100, percent => percent <= 100, "a number from 0 to 100", "Share of reads; the others are writes.");
    private readonly Option<string> _pattern = new("--pattern") { HelpName = "pattern", Description = "random, sequential, chase (one line at a time, by chance), or a stride such as 4KiB.", DefaultValueFactory = _ => UsualPattern };
    private readonly Option<string> _pause = Duration("--pause", "0ns", "Between the end of a line and the next, on average.");
    private readonly Option<double> _rate = Decimal("--rate", "GB/s", 1, rate => rate is > 0.0001 and < 100_000, "GB/s above 0.0001 and below 100000", "Arrivals of an open workload, all threads together.");
    private readonly Option<string> _mix = new("--mix") { HelpName = "code", Description = "W0 to W12 of Intel MLC.", DefaultValueFactory = _ => "W0" };
    private readonly Option<int> _delay = NumberOption.Create("--delay", "cycles", 0, MostDelay, usual: 0, "MLC's injected delay of a mix.");
    private readonly Option<string?> _trace = new("--trace") { HelpName = "file", Description = "Do what a trace tells, text or binary (docs/TIMING.md); - is standard input." };
    private readonly Option<string> _time = Duration("--time", "200us", "How long to measure.", isSome: true);
    private readonly Option<string> _before = Duration("--warm-up", "20us", "How long to run before measuring.");

    public WorkloadOptions()
    {
        _kind.AcceptOnlyFromAmong("closed", "open", "mix");
        _mix.AcceptOnlyFromAmong([.. TrafficMix.All.Select(mix => mix.Code)]);
        _pattern.Validators.Add(result => Demand(result, TryStride(Word(result), out _), "random, sequential, chase, or a stride such as 4KiB, a multiple of 64 bytes"));
    }

    /// <summary>The file that is read; no output may be that.</summary>
    public Option<string?> TraceFile => _trace;

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _from, _to, _weights, _kind, _threads, _outstanding, _reads, _pattern, _pause, _rate, _mix, _delay, _trace, _time, _before })
        {
            command.Add(option);
        }

        command.Validators.Add(DemandUse);
        command.Validators.Add(DemandPattern);
    }

    public string? From(ParseResult parsed) => parsed.GetValue(_from);

    public IReadOnlyList<string> To(ParseResult parsed) => parsed.GetValue(_to)!;

    public IReadOnlyList<int> Weights(ParseResult parsed) => parsed.GetValue(_weights)!;

    public string? Trace(ParseResult parsed) => parsed.GetValue(_trace) is WholeFile.Dash ? FileArgument.StandardInput : parsed.GetValue(_trace);

    /// <summary>All but where it goes.</summary>
    public WorkloadPlan Plan(ParseResult parsed, Machine.Socket from, IReadOnlyList<TrafficTarget> to)
    {
        TryStride(parsed.GetValue(_pattern)!, out ulong stride);
        bool isChase = parsed.GetValue(_pattern) == "chase";
        return new WorkloadPlan
        {
            From = from,
            To = to,
            Kind = parsed.GetValue(_trace) is not null ? WorkloadKind.Trace : parsed.GetValue(_kind) switch { "open" => WorkloadKind.Open, "mix" => WorkloadKind.Mix, _ => WorkloadKind.Closed },
            Threads = parsed.GetValue(_threads),
            Outstanding = isChase ? 1 : parsed.GetValue(_outstanding) ?? (parsed.GetValue(_kind) == "open" ? UsualOpen : UsualClosed),
            Reads = parsed.GetValue(_reads) / 100,
            Pattern = new AccessPattern(stride),
            Pause = Time(parsed.GetValue(_pause)!),
            Rate = parsed.GetValue(_rate) * 1e9,
            Mix = TrafficMix.Find(parsed.GetValue(_mix)!)!,
            Delay = parsed.GetValue(_delay),
            Before = Time(parsed.GetValue(_before)!),
            Span = Time(parsed.GetValue(_time)!),
        };
    }

    /// <summary>An option that the kind of workload does not look at is a mistake: what comes out would be taken for something else.</summary>
    private void DemandUse(CommandResult result)
    {
        string kind = result.GetValue(_kind) ?? Usual;
        bool isTrace = result.GetValue(_trace) is not null;
        foreach ((Option option, string[] kinds) in new (Option, string[])[]
        {
            (_kind, ["closed", "open", "mix"]), (_threads, ["closed", "open", "mix"]), (_pattern, ["closed", "open", "mix"]), (_outstanding, ["closed", "open"]), (_reads, ["closed", "open"]),
            (_time, ["closed", "open", "mix"]), (_before, ["closed", "open", "mix"]), (_pause, ["closed"]), (_rate, ["open"]), (_mix, ["mix"]), (_delay, ["mix"]),
        })
        {
            if (result.GetResult(option) is { Implicit: false } && (isTrace || !kinds.Contains(kind)))
            {
                result.AddError(isTrace
                    ? $"found {option.Name} and --trace; expected one of them"
                    : $"found {option.Name} of a workload of kind {kind}; expected --kind {string.Join(" or ", kinds)} with it");
            }
        }
    }

    /// <summary>Of patterns a mix knows two, and a chase is one line at a time.</summary>
    private void DemandPattern(CommandResult result)
    {
        string pattern = result.GetValue(_pattern) ?? UsualPattern;
        if (result.GetValue(_kind) == "mix" && pattern is not ("random" or "sequential"))
        {
            result.AddError($"found --pattern {pattern} of a workload of kind mix; expected random or sequential");
        }
        else if (pattern == "chase" && result.GetValue(_outstanding) > 1)
        {
            result.AddError($"found --outstanding {result.GetValue(_outstanding)} and --pattern chase; expected one of them");
        }
    }

    private static Option<double> Decimal(string name, string unit, double usual, Func<double, bool> isGood, string expected, string description)
    {
        Option<double> option = new(name) { HelpName = unit, Description = description, DefaultValueFactory = _ => usual };
        option.CustomParser = result =>
        {
            string word = result.Tokens[0].Value;
            if (!ScalarParser.TryDecimal(word, out double number) || !isGood(number))
            {
                result.AddError($"found '{word}' for {name}; expected {expected}");
            }

            return number;
        };
        return option;
    }

    // Nothing can be measured in no time, but a pause may be none.
    private static Option<string> Duration(string name, string usual, string description, bool isSome = false)
    {
        Option<string> option = new(name) { HelpName = "duration", Description = description, DefaultValueFactory = _ => usual };
        option.Validators.Add(result => Demand(result, TryTime(Word(result), out double ns) && (ns > 0 || !isSome), $"a duration such as 12.5ns, 20us or 1ms, {(isSome ? "more than 0ns and " : "")}at most 1s"));
        return option;
    }

    private static string Word(OptionResult result) => result.Tokens is [{ Value: var word }, ..] ? word : string.Empty;

    private static void Demand(OptionResult result, bool isGood, string expected)
    {
        if (result.Tokens.Count > 0 && !isGood)
        {
            result.AddError($"found '{Word(result)}' for {result.Option.Name}; expected {expected}");
        }
    }

    private static SimDuration Time(string text) => TryTime(text, out double ns) ? SimDuration.Nanoseconds(ns) : SimDuration.Zero;

    private static bool TryTime(string text, out double ns)
    {
        Parsed<double> parsed = ScalarParser.Duration(text, LongestNs, "1s");
        ns = parsed.Value;
        return parsed.Fault is null;
    }

    /// <summary>In lines; 0 for chance.</summary>
    private static bool TryStride(string text, out ulong lines)
    {
        lines = text == "sequential" ? 1u : 0u;
        if (text is "random" or "chase" or "sequential")
        {
            return true;
        }

        Parsed<ByteSize> parsed = ScalarParser.Size(text, new ByteSize(Line), LongestStride);
        lines = parsed.Value.Bytes / Line;
        return parsed.Fault is null && parsed.Value.Bytes % Line == 0;
    }
}
