using System.CommandLine;
using System.CommandLine.Completions;
using CxlSim.Platform;

namespace CxlSim.Cli;

/// <summary>Files that an argument may mean, as a shell asks for them. Folders end with a slash: there is more to come.</summary>
internal static class PathCompletions
{
    private static readonly string[] Yaml = [".yaml", ".yml"];

    /// <summary>By the name of the argument, what files of its kind end with; a folder's content is for the user to know.</summary>
    private static readonly Dictionary<string, string[]> Endings = new(StringComparer.Ordinal)
    {
        ["platform"] = Yaml,
        ["paths"] = Yaml,
        ["file"] = [.. Yaml, ".jsonl"],
        ["recording"] = [".jsonl"],
        ["files"] = [".json"],
        ["source"] = [.. Yaml, ".dat", ".bin", ".txt"],
        ["capture"] = [],
        ["directory"] = [],
    };

    /// <summary>Has all arguments below a command that mean files complete them.</summary>
    public static void AddTo(Command command)
    {
        foreach (Argument argument in command.Arguments.Where(MeansFiles))
        {
            string[] endings = Endings[argument.Name];
            argument.HelpName ??= argument.Name; // help would list the files in its place
            argument.CompletionSources.Add(context => Find(context.WordToComplete, endings).Select(path => new CompletionItem(path)));
        }

        foreach (Command sub in command.Subcommands)
        {
            AddTo(sub);
        }
    }

    /// <summary>Whether an argument is the name of a file or of a directory.</summary>
    public static bool MeansFiles(Argument argument) => Endings.ContainsKey(argument.Name);

    /// <summary>Below the folder that the word names so far; nothing where it cannot be read.</summary>
    private static string[] Find(string word, string[] endings)
    {
        string typed = word[..(word.LastIndexOf('/') + 1)];
        try
        {
            DirectoryInfo folder = new(typed.Length == 0 ? "." : typed);
            return
            [
                .. folder.EnumerateDirectories().Where(sub => sub.Name[0] != '.').Select(sub => $"{typed}{sub.Name}/"),
                .. folder.EnumerateFiles().Where(file => endings.Contains(file.Extension)).Select(file => typed + file.Name),
            ];
        }
        catch (Exception error) when (FileFault.Is(error))
        {
            return [];
        }
    }
}
