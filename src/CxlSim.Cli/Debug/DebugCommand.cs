using System.CommandLine;
using System.Globalization;
using CxlSim.Platform;
using CxlSim.Session;

namespace CxlSim.Cli;

/// <summary><c>cxlsim debug PLATFORM</c>: goes through a boot and the steps of the file, forward and back.</summary>
internal static class DebugCommand
{
    public static Command Create()
    {
        Argument<string> platform = new("platform") { Description = "The platform file (YAML)." };
        Option<string[]> set = SetOption.Create();
        Option<string?> append = new("--append") { Description = "Words to add to the kernel's command line." };
        Option<ulong> seed = SeedOption.Create();
        Command debug = new("debug", "Go through a boot and the steps of the file event by event, forward and back, with breakpoints. Commands come from the terminal or, one to a line, from standard input; 'help' lists them.")
        {
            platform, set, append, seed,
        };
        debug.SetAction(parsed => PlatformFile.Read(new PlatformInput(parsed.GetValue(platform)!) { Settings = parsed.GetValue(set)!, Append = parsed.GetValue(append) }, out _) is { } description
            ? Execute(description, parsed.GetValue(seed), bug => BugReport.Print(bug, null, string.Create(CultureInfo.InvariantCulture, $"debug {parsed.GetValue(platform)}{string.Concat(parsed.GetValue(set)!.Select(setting => $" --set '{setting}'"))} --seed {parsed.GetValue(seed)}")))
            : ExitCode.BadInput);
        return debug;
    }

    private static int Execute(PlatformDescription platform, ulong seed, Func<Exception, int> report)
    {
        try
        {
            return DebugTerminal.Run(platform, seed);
        }
        catch (IOException)
        {
            return ExitCode.BadInput; // nobody reads the output any more
        }
        catch (Exception bug)
        {
            return report(bug); // everything a user or a modelled machine can do wrong is a value: this is ours
        }
    }
}
