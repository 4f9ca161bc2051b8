using System.CommandLine;
using System.CommandLine.Parsing;
using CxlSim.Core;
using CxlSim.Platform;
using CxlSim.Session;
using CxlSim.Views;

namespace CxlSim.Cli;

/// <summary><c>cxlsim check PLATFORM...</c> and <c>cxlsim check --tables DIR</c>: what can be known before a boot.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        Argument<string[]> platforms = FileArgument.Several("platform", "Platform files (YAML).", ArgumentArity.ZeroOrMore);
        Option<string[]> tables = new("--tables")
        {
            HelpName = "path",
            Description = "Dumped ACPI tables: a directory, a binary table, or a text of acpidump. They are put before the kernel as they are.",
        };
        Option<string[]> set = SetOption.Create();
        Option<string> format = new("--format") { HelpName = "format", Description = "text, json or sarif (SARIF 2.1.0).", DefaultValueFactory = _ => "text" };
        Option<bool> strict = new("--strict") { Description = "Warnings make the exit code 1." };
        format.AcceptOnlyFromAmong("text", "json", "sarif");
        Command command = new("check", "Say what is wrong with a platform or tables, and what Linux would refuse or waste. Exit code 0: no errors; 1: warnings and --strict; 2: errors.")
        {
            platforms, set, tables, format, strict,
        };
        command.Validators.Add(result => RefuseNothing(result, platforms, tables));
        command.SetAction(parsed => Run(parsed.GetValue(platforms) ?? [], parsed.GetValue(set)!, parsed.GetValue(tables) ?? [], parsed.GetValue(format)!, parsed.GetValue(strict)));
        return command;
    }

    private static int Run(string[] platforms, string[] settings, string[] dumps, string format, bool strict)
    {
        List<CheckFinding> findings = [.. platforms.SelectMany(path => PlatformCheck.Run(PlatformReader.ReadFile(path, settings)))];
        foreach (string dump in dumps)
        {
            if (TableFiles.Load(dump) is not { } tables)
            {
                return ExitCode.BadInput;
            }

            findings.AddRange(TableCheck.Run(dump, tables));
        }

        Console.Out.Write(format switch
        {
            "json" => CheckJson.Render(findings),
            "sarif" => CheckSarif.Render(findings),
            _ => string.Concat(findings.Select(finding => $"{finding}\n")),
        });
        bool hasErrors = findings.Exists(finding => finding.Severity == DiagnosticSeverity.Error);
        return hasErrors ? ExitCode.BadInput : strict && findings.Count > 0 ? ExitCode.NotAsExpected : ExitCode.Success;
    }

    private static void RefuseNothing(CommandResult result, Argument<string[]> platforms, Option<string[]> tables)
    {
        if (result.GetResult(platforms) is not { Tokens.Count: > 0 } && result.GetResult(tables) is null)
        {
            result.AddError("found nothing to check; expected platform files, or --tables");
        }
    }
}
