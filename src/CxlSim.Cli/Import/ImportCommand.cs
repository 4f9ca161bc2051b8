using System.CommandLine;
using CxlSim.Core;
using CxlSim.Platform;
using CxlSim.Session;

namespace CxlSim.Cli;

/// <summary><c>cxlsim import CAPTURE -o platform.yaml</c>: a platform file of what was captured of a real machine.</summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        Argument<string[]> captures = new("capture")
        {
            Description = "A directory with ACPI tables, lspci -vvv, cxl list, dmesg, /proc/iomem, or a copy of /sys and /proc; what it lacks is looked for in further ones.",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<string> output = new("--output", "-o") { HelpName = "file", Description = "The platform file to write.", Required = true };
        Command import = new("import", "Write a platform file that boots to what was captured of a real machine.") { captures, output };
        import.SetAction(parsed => Execute(parsed.GetValue(captures)!, parsed.GetValue(output)!));
        return import;
    }

    private static int Execute(string[] captures, string output)
    {
        ImportResult result = CaptureImporter.Import(CapturedMachine.Read(captures), NameOf(captures, output));
        foreach (Diagnostic finding in result.Findings)
        {
            Console.Error.WriteLine(finding);
        }

        if (result.Platform is null)
        {
            return ExitCode.BadInput;
        }

        try
        {
            WholeFile.Write(output, result.Text);
            return ExitCode.Success;
        }
        catch (Exception error) when (FileFault.Is(error))
        {
            Console.Error.WriteLine($"cxlsim: the platform file cannot be written: {error.Message}");
            return ExitCode.BadInput;
        }
    }

    /// <summary>What the machine is called: like its file, or like what it was captured into where it is only printed.</summary>
    private static string NameOf(string[] captures, string output) => Path.GetFileNameWithoutExtension(WholeFile.IsStandardOutput(output) ? Path.GetFullPath(captures[0]) : output);
}
