using System.CommandLine;
using System.Globalization;
using CxlSim.Machine;
using CxlSim.Platform;
using CxlSim.Session;

namespace CxlSim.Cli;

/// <summary><c>cxlsim mlc PLATFORM</c>: latencies and bandwidths as Intel MLC measures them, of the simulated machine.</summary>
internal static class MlcCommand
{
    private const int MostThreads = 1024;
    private const int MostDelay = 1_000_000;

    private static readonly Option<bool> Idle = new("--idle-latency") { Description = "The matrix of idle latencies." };
    private static readonly Option<bool> Bandwidths = new("--bandwidth-matrix") { Description = "The matrix of bandwidths, and what the kernel says of nodes beside it." };
    private static readonly Option<bool> Peaks = new("--peak") { Description = "Bandwidths of all mixes." };
    private static readonly Option<bool> Loaded = new("--loaded-latency") { Description = "Latency under load, for each --mix." };
    private static readonly Option<string?> From = new("--from") { HelpName = "node", Description = "Whose cores. Left out: the first node with cores." };
    private static readonly Option<string?> To = new("--to") { HelpName = "memory", Description = "A node, a region or a range of addresses. Left out: the first memory without cores, else the first node." };
    private static readonly Option<int?> Threads = NumberOption.Create("--threads", "count", 1, MostThreads, "Traffic threads, beside the one that measures latency. Left out: a thread for each core but one.");
    private static readonly Option<string[]> Mixes = new("--mix") { HelpName = "code", Description = "W0 (all reads), W2 (2:1), W3 (3:1), W4 (3:2), W5 (1:1), W6 (non-temporal writes), W7, W8, W9 (2:1, 1:1, 3:1 with them), W12 (4:1); may be given again. Left out: W0 and W5.", DefaultValueFactory = _ => ["W0", "W5"] };
    private static readonly Option<int[]> Delays = NumberOption.Several("--delay", "cycles", 0, MostDelay, "Injected delays. Left out: the nineteen of MLC.");
    private static readonly Option<bool> IsRandom = new("--random") { Description = "Any line after any other, in place of streams." };
    private static readonly Option<string> Format = new("--format") { HelpName = "format", Description = "text, csv or json.", DefaultValueFactory = _ => "text" };
    private static readonly Option<string?> Plot = new("--plot") { HelpName = "file", Description = "Draw the loaded latencies as SVG." };

    public static Command Create()
    {
        BootArguments boot = new(runsSteps: true);
        Format.AcceptOnlyFromAmong("text", "csv", "json");
        Mixes.AcceptOnlyFromAmong([.. TrafficMix.All.Select(mix => mix.Code)]);
        Delays.AllowMultipleArgumentsPerToken = true;
        Command mlc = new("mlc", "Measure a machine's memory as Intel MLC does. Idle latencies, bandwidths, mixes, latency under load. Without an option that says which, all of them.");
        mlc.Validators.Add(result =>
        {
            if (result.GetValue(Plot) is not null && !result.GetValue(Loaded) && (result.GetValue(Idle) || result.GetValue(Bandwidths) || result.GetValue(Peaks)))
            {
                result.AddError("found --plot without --loaded-latency; expected both");
            }
        });
        mlc.Validators.Add(result => DifferentFiles.Demand(result, boot.Platform, Plot));
        mlc.Validators.Add(result => OutputFolder.Demand(result, Plot));
        boot.AddTo(mlc);
        foreach (Option option in new Option[] { Idle, Bandwidths, Peaks, Loaded, From, To, Threads, Mixes, Delays, IsRandom, Format, Plot })
        {
            mlc.Add(option);
        }

        mlc.SetAction(parsed => boot.Boot(parsed) is { } session ? Execute(session.Machine, parsed) : boot.WithoutMachine);
        return mlc;
    }

    private static int Execute(SimulatedMachine machine, ParseResult parsed)
    {
        if (TrafficPlaces.From(machine, parsed.GetValue(From)) is not { } socket || TrafficPlaces.To(machine, socket, parsed.GetValue(To)) is not { } target)
        {
            return ExitCode.BadInput;
        }

        MlcRun run = new(machine, machine.Simulation.Seed);
        using StepProgress progress = new();
        MlcReport report = Plan(parsed, socket, target).Carry(run, machine.Kernel!, machine.Platform.Name, progress.Step);
        progress.Clear();
        Console.Out.Write(parsed.GetValue(Format) switch { "csv" => MlcCsv.Render(report), "json" => MlcJson.Render(report), _ => MlcText.Render(report) });
        int written = parsed.GetValue(Plot) is { } file ? WriteFile(file, MlcPlot.Render(report)) : ExitCode.Success;
        if (written != ExitCode.Success || !report.Unanswered.Any())
        {
            return written;
        }

        Console.Error.WriteLine($"cxlsim: not all of {string.Join(", ", report.Unanswered.Select(to => to.Name))} answers; there are no figures of it");
        return ExitCode.NotAsExpected;
    }

    private static MlcPlan Plan(ParseResult parsed, Socket from, TrafficTarget to)
    {
        bool all = !parsed.GetValue(Idle) && !parsed.GetValue(Bandwidths) && !parsed.GetValue(Peaks) && !parsed.GetValue(Loaded);
        int[] delays = parsed.GetValue(Delays) ?? [];
        return new MlcPlan
        {
            From = from,
            To = to,
            Threads = parsed.GetValue(Threads) ?? Math.Max(from.Cpus - 1, 1),
            IsRandom = parsed.GetValue(IsRandom),
            Idle = all || parsed.GetValue(Idle),
            Bandwidths = all || parsed.GetValue(Bandwidths),
            Mixes = all || parsed.GetValue(Peaks),
            Curves = all || parsed.GetValue(Loaded) ? [.. parsed.GetValue(Mixes)!.Select(code => TrafficMix.Find(code)!)] : [],
            Delays = delays.Length > 0 ? delays : MlcRun.Delays,
        };
    }

    private static int WriteFile(string path, string text)
    {
        try
        {
            WholeFile.Write(path, text);
            return ExitCode.Success;
        }
        catch (Exception error) when (FileFault.Is(error))
        {
            return Refuse($"the drawing cannot be written: {error.Message}");
        }
    }

    private static int Refuse(string message)
    {
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"cxlsim: {message}"));
        return ExitCode.BadInput;
    }
}
