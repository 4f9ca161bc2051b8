using System.Diagnostics;
using System.Text;

namespace CxlSim.Cli.Tests;

/// <summary>Types the commands of a page into one shell, in a scratch folder from which the repository's folders are seen as from its root.</summary>
internal static class PageShell
{
    private const char Mark = '\x1e';

    /// <summary>What each command printed to both its outputs, with its exit code.</summary>
    public static IReadOnlyList<(string[] Lines, int Code)> Run(IReadOnlyList<PageCommand> commands)
    {
        using ScratchFolder folder = new();
        foreach (string name in new[] { "platforms", "tests", "docs" })
        {
            Directory.CreateSymbolicLink(folder[name], Path.Combine(RepositoryRoot.Find(), name));
        }

        ProcessStartInfo start = new("bash") { RedirectStandardInput = true, RedirectStandardOutput = true, WorkingDirectory = folder["."] };
        start.Environment["PATH"] = $"{Path.GetDirectoryName(RealProgram.Executable)}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["HOME"] = folder["."];
        start.Environment["LC_ALL"] = "C.UTF-8";
        using Process shell = Process.Start(start)!;
        Task<string> output = shell.StandardOutput.ReadToEndAsync();
        shell.StandardInput.Write(Script(commands));
        shell.StandardInput.Close();
        string[] answers = output.Result.Split(Mark);
        shell.WaitForExit();
        answers.Should().HaveCount(commands.Count + 1, "each command comes back to the shell");
        return [.. answers.SkipLast(1).Select(Answer)];
    }

    /// <summary>Behind each command its exit code and a mark; the next command finds the code in <c>$?</c> as at a prompt.</summary>
    private static string Script(IReadOnlyList<PageCommand> commands)
    {
        StringBuilder script = new("exec 2>&1\n");
        foreach (PageCommand command in commands)
        {
            string input = command.Typed.Count > 0 ? $"<<'TYPED'\n{string.Join('\n', command.Typed)}\nTYPED" : "</dev/null";
            script.Append("{ ").Append(command.Text).Append("\n} ").Append(input).Append("\nstatus=$?; printf '\\n%d\\036' $status; (exit $status)\n");
        }

        return script.ToString();
    }

    private static (string[] Lines, int Code) Answer(string answer)
    {
        int code = answer.LastIndexOf('\n') + 1;
        return ([.. answer[..code].TrimEnd().Split('\n', StringSplitOptions.None).Select(line => line.TrimEnd())], int.Parse(answer[code..], System.Globalization.CultureInfo.InvariantCulture));
    }
}
