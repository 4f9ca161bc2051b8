using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using CxlSim.Core;
using CxlSim.Platform;
using CxlSim.Session;
using Spectre.Console;

namespace CxlSim.Cli;

/// <summary>Runs what was asked for on all cores. Each machine is its own; results stand in the order of the files whatever ends first.</summary>
internal sealed class TestRun(TestOptions options)
{
    private readonly List<ReportedCase> _unread = [];

    public int Execute()
    {
        long started = Stopwatch.GetTimestamp();
        IReadOnlyList<string> files = ScenarioFiles.Find(options.Paths, out IReadOnlyList<string> faults);
        foreach (string fault in faults)
        {
            Console.Error.WriteLine($"cxlsim: {fault}");
        }

        TestJob[] jobs = [.. Jobs(files)];
        if (options.List)
        {
            Console.Out.Write(string.Concat(jobs.Select(job => $"{ReportedFailure.PathOf(job.Case.File)}: {job.Name}\n")));
            return faults.Count + _unread.Count > 0 ? ExitCode.BadInput : ExitCode.Success;
        }

        using TestInterrupt interrupt = new();
        ReportedCase[] results = Console.IsOutputRedirected ? Run(jobs, new TestPrinter(null), interrupt) : WithBar(jobs, interrupt);
        if (interrupt.IsAsked)
        {
            Console.Error.WriteLine($"cxlsim: interrupted after {results.Length} of {jobs.Length} cases; no report is written");
            return Interrupt.ExitCodeOf(interrupt.Signal);
        }

        ScenarioReport report = ScenarioReport.Of(results.Concat(_unread));
        bool areWritten = options.Reports.TryWrite(report);
        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Console.Out.Write(TestSummary.Of(report).TrimEnd('\n') + string.Create(CultureInfo.InvariantCulture, $", {seconds:0.00} s wall\n"));
        if (results.Length + _unread.Count == 0)
        {
            Console.Error.WriteLine("cxlsim: there is no case to run");
        }

        bool isBad = faults.Count > 0 || !areWritten || (results.Length + _unread.Count == 0 && options.Shard == Shard.All);
        return isBad ? ExitCode.BadInput : TestSummary.ExitCodeOf(report);
    }

    private ReportedCase[] WithBar(TestJob[] jobs, TestInterrupt interrupt)
    {
        ReportedCase[] results = [];
        AnsiConsole.Progress().Columns(new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn()).AutoClear(true).Start(context =>
        {
            ProgressTask bar = context.AddTask("cases", maxValue: Math.Max(1, jobs.Length));
            results = Run(jobs, new TestPrinter(bar), interrupt);
        });
        return results;
    }

    private ReportedCase[] Run(TestJob[] jobs, TestPrinter printer, TestInterrupt interrupt)
    {
        ReportedCase?[] results = new ReportedCase?[jobs.Length];
        bool hasFailed = false;
        Partitioner<int> inOrder = Partitioner.Create(Enumerable.Range(0, jobs.Length), EnumerablePartitionerOptions.NoBuffering);
        Parallel.ForEach(inOrder, new ParallelOptions { MaxDegreeOfParallelism = options.Jobs }, (number, state) =>
        {
            if (interrupt.IsAsked || (options.FailFast && Volatile.Read(ref hasFailed)))
            {
                state.Stop();
                return;
            }

            ReportedCase known = jobs[number].Run(options.Update, options.Records, out string? recording);
            results[number] = known;
            hasFailed |= !known.IsPassed;
            lock (printer)
            {
                printer.Add(number, known, recording);
            }
        });
        printer.Flush();
        return [.. results.OfType<ReportedCase>()];
    }

    private IEnumerable<TestJob> Jobs(IReadOnlyList<string> files)
    {
        ExpectedText? filter = options.Filter is null ? null : new ExpectedText(default, options.Filter);
        int number = 0;
        foreach (string file in files)
        {
            ScenarioReadResult read = ScenarioReader.ReadFile(file);
            foreach (Diagnostic diagnostic in read.Diagnostics.Where(diagnostic => read.Cases.Count == 0 || diagnostic.Severity == DiagnosticSeverity.Error))
            {
                Console.Error.WriteLine(diagnostic);
            }

            if (read.Cases.Count == 0 && options.Shard.Index == 1)
            {
                Diagnostic[] errors = [.. read.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];
                _unread.Add(new ReportedCase(ReportedFailure.PathOf(file), Path.GetFileNameWithoutExtension(file), ReportedCase.Unread, 0, 0, [.. errors.Select(FailureOf)], string.Empty));
            }

            foreach (ScenarioCase found in read.Cases.Where(found => filter is null || filter.IsIn($"{ReportedFailure.PathOf(file)}: {found.Name}")))
            {
                for (int time = 0; time < options.Repeat; time++)
                {
                    if (options.Shard.Has(number++))
                    {
                        string name = options.Repeat == 1 ? found.Name : string.Create(CultureInfo.InvariantCulture, $"{found.Name}#{time + 1}");
                        yield return new TestJob(found with { Seed = unchecked((options.Seed ?? found.Seed) + (ulong)time) }, name);
                    }
                }
            }
        }
    }

    private static ReportedFailure FailureOf(Diagnostic diagnostic) =>
        new(ReportedFailure.PathOf(diagnostic.Location.File), diagnostic.Location.Line, diagnostic.Location.Column, $"{diagnostic.Id}: {diagnostic.Message}", string.Empty);
}
