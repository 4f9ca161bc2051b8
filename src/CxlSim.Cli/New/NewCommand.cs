using System.CommandLine;
using CxlSim.Platform;

namespace CxlSim.Cli;

/// <summary><c>cxlsim new FILE</c>: a first platform of one's own, with comments, and the schema beside it.</summary>
internal static class NewCommand
{
    private const string SchemaName = "platform.schema.json";

    public static Command Create()
    {
        Argument<string> file = new("file") { Description = "The file to write: my-machine.yaml." };
        Command command = new("new", "Write a commented platform file to begin with. The schema stands beside it, for the editor.") { file };
        command.SetAction(parsed => Write(parsed.GetValue(file)!));
        return command;
    }

    private static int Write(string path)
    {
        try
        {
            Interrupt.Hold(() => WriteBoth(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            Console.Error.WriteLine($"cxlsim: {path} is not written: {error.Message}");
            return ExitCode.BadInput;
        }

        Console.Error.WriteLine($"{path} is written; boot it with: cxlsim run {path}");
        return ExitCode.Success;
    }

    private static void WriteBoth(string path)
    {
        string directory = Path.GetDirectoryName(Path.GetFullPath(path)) ?? ".";
        Directory.CreateDirectory(directory);

        // The platform is its owner's from the first line on: never written over. The schema is ours, and the newest is right.
        using (FileStream platform = new(path, FileMode.CreateNew))
        using (Stream starter = typeof(NewCommand).Assembly.GetManifestResourceStream("starter.yaml")!)
        {
            starter.CopyTo(platform);
        }

        File.WriteAllText(Path.Combine(directory, SchemaName), PlatformLanguage.Schema());
    }
}
