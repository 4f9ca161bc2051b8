using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using CxlSim.Core;
using CxlSim.Session;

namespace CxlSim.Cli;

/// <summary><c>cxlsim debug FILE</c>: goes through a boot and the steps of a platform file, or through a recording, forward and back.</summary>
internal static class DebugCommand
{
    public static Command Create()
    {
        Argument<string> file = FileArgument.One("file", "The platform file (YAML), or a recording.");
        Option<string[]> set = SetOption.Create();
        Option<string?> append = BootArguments.CreateAppend();
        Option<ulong> seed = SeedOption.Create();
        Command debug = new("debug", "Go through a boot event by event, forward and back, with breakpoints. The steps of the file follow the boot; a recording may stand for the file. Commands come from the terminal or, one to a line, from standard input; 'help' lists them.")
        {
            file, set, append, seed,
        };
        debug.Validators.Add(result =>
        {
            if (result.GetResult(file)?.Tokens is [{ Value: WholeFile.Dash }, ..])
            {
                result.AddError($"found - for {file.Name}; expected a file: standard input has the debugger's commands");
            }
        });
        debug.Validators.Add(result => RefuseWithRecording(result, file, set, append, seed));
        debug.SetAction(parsed => RecordingReader.IsRecording(parsed.GetValue(file)!)
            ? OfRecording(parsed.GetValue(file)!)
            : OfPlatform(new PlatformInput(parsed.GetValue(file)!) { Settings = parsed.GetValue(set)!, Append = parsed.GetValue(append) }, parsed.GetValue(seed)));
        return debug;
    }

    /// <summary>A recording says all that itself.</summary>
    private static void RefuseWithRecording(CommandResult result, Argument<string> file, params Option[] options)
    {
        if (result.GetResult(file) is { Tokens: [{ Value: var path }, ..] } && RecordingReader.IsRecording(path) && Array.Find(options, option => result.GetResult(option) is { Implicit: false }) is { } said)
        {
            result.AddError($"found {said.Name} with a recording; expected none, since '{path}' says which machine that is");
        }
    }

    private static int OfPlatform(PlatformInput input, ulong seed)
    {
        string settings = string.Concat(input.Settings.Select(setting => $" --set '{setting}'")) + (input.Append is null ? "" : $" --append '{input.Append}'");
        string again = string.Create(CultureInfo.InvariantCulture, $"debug '{input.Path}'{settings} --seed {seed}");
        return PlatformFile.Read(input, out _) is { } platform ? Execute(() => new DebugSession(platform, seed), again) : ExitCode.BadInput;
    }

    private static int OfRecording(string path)
    {
        RecordingReadResult read = RecordingReader.ReadFile(path);
        foreach (Diagnostic diagnostic in read.Diagnostics)
        {
            Console.Error.WriteLine(diagnostic);
        }

        return read.Recording is { } recording ? Execute(() => new DebugSession(recording), $"debug '{path}'") : ExitCode.BadInput;
    }

    private static int Execute(Func<DebugSession> begin, string again)
    {
        try
        {
            using DebugSession session = begin();
            return DebugTerminal.Run(session, bug => BugReport.Print(bug, session.Machine, again));
        }
        catch (IOException)
        {
            return ExitCode.BadInput; // nobody reads the output any more
        }
        catch (Exception bug)
        {
            return BugReport.Print(bug, null, again); // everything a user or a modelled machine can do wrong is a value: this is ours
        }
    }
}
