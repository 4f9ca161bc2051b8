using System.CommandLine;
using CxlSim.Platform;
using CxlSim.Session;

namespace CxlSim.Cli;

/// <summary><c>cxlsim merge-results FILE...</c>: joins what shards wrote.</summary>
internal static class MergeResultsCommand
{
    /// <summary>Bytes; of some hundred thousand cases.</summary>
    private const long LargestFile = 256 << 20;

    public static Command Create()
    {
        Argument<string[]> files = FileArgument.Several("files", "What 'cxlsim test --json' wrote.", ArgumentArity.OneOrMore);
        IReadOnlyList<Option<string?>> reports = ReportFiles.CreateOptions();
        Command merge = new("merge-results", "Join the results of shards, and write them as reports.") { files };
        foreach (Option<string?> report in reports)
        {
            merge.Options.Add(report);
        }

        merge.Validators.Add(result => DifferentFiles.Demand(result, files, [.. reports]));
        merge.SetAction(parsed => Execute(parsed.GetValue(files)!, ReportFiles.Of(parsed, reports)));
        return merge;
    }

    private static int Execute(string[] files, ReportFiles reports)
    {
        List<ScenarioReport> read = [];
        bool areGood = true;
        foreach (string file in files)
        {
            string error;
            try
            {
                using FileStream stream = File.OpenRead(file);
                error = $"found more than {LargestFile >> 20} MiB; expected no more";
                if (stream.Length <= LargestFile && ScenarioReport.Read(stream, out error) is { } report)
                {
                    read.Add(report);
                    continue;
                }
            }
            catch (Exception wrong) when (FileFault.Is(wrong))
            {
                error = wrong.Message;
            }

            Console.Error.WriteLine($"cxlsim: {file} is no result of 'cxlsim test --json': {error}");
            areGood = false;
        }

        ScenarioReport merged = ScenarioReport.Merge(read);
        if (!reports.TryWrite(merged) || !areGood)
        {
            return ExitCode.BadInput;
        }

        Console.Out.Write(TestSummary.Of(merged));
        return TestSummary.ExitCodeOf(merged);
    }
}
