using System.CommandLine;
using System.Reflection;
using CxlSim.Platform;

namespace CxlSim.Cli;

/// <summary><c>cxlsim new FILE</c>: a first platform of one's own, with comments, and the schema beside it.</summary>
internal static class NewCommand
{
    private const string SchemaName = "platform.schema.json";
    private const string SchemaLine = $"# yaml-language-server: $schema={SchemaName}\n";
    private const string Platforms = "platforms/";

    private static Assembly Program => typeof(NewCommand).Assembly;

    public static Command Create()
    {
        Argument<string> file = new("file") { Description = "The file to write: my-machine.yaml." };
        Option<string?> like = new("--like") { HelpName = "name", Description = $"Begin with one of the platforms of the repository: {string.Join(", ", Names())}." };
        like.AcceptOnlyFromAmong(Names());
        Command command = new("new", "Write a commented platform file to begin with. The schema stands beside it, for the editor.") { file, like };
        command.SetAction(parsed => Write(parsed.GetValue(file)!, parsed.GetValue(like)));
        return command;
    }

    private static string[] Names() => [.. Program.GetManifestResourceNames().Where(name => name.StartsWith(Platforms, StringComparison.Ordinal)).Select(name => name[Platforms.Length..]).Order(StringComparer.Ordinal)];

    /// <summary>The text; its first line tells an editor of the schema, which will stand beside it.</summary>
    private static string Text(string? like)
    {
        using StreamReader reader = new(Program.GetManifestResourceStream(like is null ? "starter.yaml" : Platforms + like)!);
        string text = reader.ReadToEnd().Replace($"$schema=../docs/{SchemaName}", $"$schema={SchemaName}", StringComparison.Ordinal);
        return text.StartsWith(SchemaLine, StringComparison.Ordinal) ? text : SchemaLine + text;
    }

    private static int Write(string path, string? like)
    {
        if (path.EndsWith('/') || Path.Exists(path))
        {
            Console.Error.WriteLine(path.EndsWith('/') || Directory.Exists(path)
                ? $"cxlsim: {path} is a folder; expected the file to write, such as {Path.Combine(path, "my-machine.yaml")}"
                : $"cxlsim: {path} is there and is kept; expected the name of a new file");
            return ExitCode.BadInput;
        }

        try
        {
            Interrupt.Hold(() => WriteBoth(path, like));
        }
        catch (Exception error) when (FileFault.Is(error))
        {
            Console.Error.WriteLine($"cxlsim: {path} is not written: {error.Message}");
            return ExitCode.BadInput;
        }

        Console.Error.WriteLine($"{path} is written; boot it with: cxlsim run {path}");
        return ExitCode.Success;
    }

    private static void WriteBoth(string path, string? like)
    {
        string directory = Path.GetDirectoryName(Path.GetFullPath(path)) ?? ".";
        Directory.CreateDirectory(directory);

        // The platform is its owner's from the first line on: never written over. The schema is ours, and the newest is right.
        using (StreamWriter platform = new(new FileStream(path, FileMode.CreateNew)))
        {
            platform.Write(Text(like));
        }

        File.WriteAllText(Path.Combine(directory, SchemaName), PlatformLanguage.Schema());
    }
}
