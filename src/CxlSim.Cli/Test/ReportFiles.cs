using System.CommandLine;
using CxlSim.Platform;
using CxlSim.Session;

namespace CxlSim.Cli;

/// <summary>The files that results are written to.</summary>
/// <param name="Files">Each with the form that it takes.</param>
internal sealed record ReportFiles(IReadOnlyList<(string Path, Func<ScenarioReport, string> Render)> Files)
{
    private static readonly (string Name, string Form, Func<ScenarioReport, string> Render)[] Forms =
    [
        ("--junit", "JUnit XML", JUnitReport.Render), ("--trx", "TRX, for the tools of .NET", TrxReport.Render),
        ("--sarif", "SARIF 2.1.0", ScenarioSarif.Render), ("--json", "JSON, which 'cxlsim merge-results' joins", report => report.ToJson()),
    ];

    /// <summary>The options that name them.</summary>
    public static IReadOnlyList<Option<string?>> CreateOptions() => [.. Forms.Select(form => new Option<string?>(form.Name) { HelpName = "file", Description = $"Write the results to this file as {form.Form}." })];

    /// <param name="parsed">The command line.</param>
    /// <param name="options">Those that <see cref="CreateOptions"/> made for it.</param>
    public static ReportFiles Of(ParseResult parsed, IReadOnlyList<Option<string?>> options) =>
        new([.. options.Select((option, index) => (Path: parsed.GetValue(option), Forms[index].Render)).Where(file => file.Path is not null).Select(file => (file.Path!, file.Render))]);

    /// <summary>False where one cannot be written, which is said. A file is whole or not there.</summary>
    public bool TryWrite(ScenarioReport report)
    {
        bool areGood = true;
        foreach ((string path, Func<ScenarioReport, string> render) in Files)
        {
            try
            {
                WholeFile.Write(path, render(report));
            }
            catch (Exception error) when (FileFault.Is(error))
            {
                Console.Error.WriteLine($"cxlsim: the report cannot be written: {error.Message}");
                areGood = false;
            }
        }

        return areGood;
    }
}
