using System.CommandLine;
using System.CommandLine.Parsing;
using CxlSim.Platform;

namespace CxlSim.Cli;

/// <summary><c>cxlsim test PATH...</c>: runs scenarios and says which hold.</summary>
internal static class TestCommand
{
    private const int MostTimes = 100_000;
    private const int MostJobs = 1024;

    public static Command Create()
    {
        Argument<string[]> paths = FileArgument.Several("paths", "Scenario files, and folders of such.", ArgumentArity.OneOrMore);
        Option<string?> filter = new("--filter") { Description = "Run only cases with this in their file's path or their name; between slashes, a regular expression." };
        Option<string?> shard = new("--shard") { Description = "Run the I-th of N parts, as I/N. Left out: what an array job of Slurm or an indexed Job of Kubernetes says in the environment, else all." };
        Option<int> repeat = NumberOption.Create("--repeat", "times", 1, MostTimes, 1, "Run each case that often, each time with a seed one higher.");
        Option<ulong?> seed = SeedOption.CreateOptional("The seed of the first time, in place of the scenario's.");
        Option<int?> jobs = NumberOption.Create("--jobs", "count", 1, MostJobs, "Cases at once. Left out: one for each core.");
        Option<bool> failFast = new("--fail-fast") { Description = "Begin no further case after one that fails." };
        Option<bool> list = new("--list") { Description = "Only list the cases." };
        Option<bool> update = new("--update") { Description = "Write the snapshots anew." };
        Option<string> records = new("--records") { HelpName = "directory", Description = "Where failed cases leave the recordings that 'cxlsim debug' opens.", DefaultValueFactory = _ => "cxlsim-failures" };
        IReadOnlyList<Option<string?>> reports = ReportFiles.CreateOptions();
        Command test = new("test", "Run scenarios: a platform, what is done to it, and what must hold. Files, and the scenario files of folders; a line per case.")
        {
            paths, filter, shard, repeat, seed, jobs, failFast, list, update, records,
        };
        foreach (Option<string?> report in reports)
        {
            test.Options.Add(report);
        }

        filter.Validators.Add(result => Refuse(result, result.GetValueOrDefault<string?>() is { } text ? ExpectedText.Fault(text) : null));
        shard.Validators.Add(result => Refuse(result, result.GetValueOrDefault<string?>() is { } text && Shard.Parse(text) is null ? $"found '{text}' for --shard; expected I/N, such as 1/4" : null));
        test.Validators.Add(result => DifferentFiles.Demand(result, paths, [.. reports]));
        test.SetAction(parsed =>
        {
            string error = string.Empty;
            Shard part = parsed.GetValue(shard) is { } said ? Shard.Parse(said)! : Shard.OfEnvironment(Environment.GetEnvironmentVariable, out error);
            if (error.Length > 0)
            {
                Console.Error.WriteLine($"cxlsim: {error}");
                return ExitCode.BadInput;
            }

            return new TestRun(new TestOptions(parsed.GetValue(paths)!)
            {
                Filter = parsed.GetValue(filter), Shard = part, Repeat = parsed.GetValue(repeat), Seed = parsed.GetValue(seed), Jobs = parsed.GetValue(jobs) ?? Environment.ProcessorCount, FailFast = parsed.GetValue(failFast),
                List = parsed.GetValue(list), Update = parsed.GetValue(update), Records = parsed.GetValue(records)!, Reports = ReportFiles.Of(parsed, reports),
            }).Execute();
        });
        return test;
    }

    private static void Refuse(OptionResult result, string? error)
    {
        if (error is not null)
        {
            result.AddError(error);
        }
    }
}
