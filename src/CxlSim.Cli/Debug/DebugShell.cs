using CxlSim.Session;

namespace CxlSim.Cli;

/// <summary>The commands of the debugger, and which of them a line means.</summary>
internal sealed class DebugShell
{
    private readonly TextWriter _output;
    private readonly DebugStatus _status;
    private readonly DebugVerb[] _verbs;

    /// <summary>The last line that moved the machine; empty where none did.</summary>
    private string _lastMove = string.Empty;

    /// <param name="session">What is debugged.</param>
    /// <param name="output">Takes the answers.</param>
    /// <param name="report">Told of a bug of the simulator; null where nobody is.</param>
    public DebugShell(DebugSession session, TextWriter output, Action<Exception>? report = null)
    {
        _output = output;
        _status = new DebugStatus(session, output, report);
        DebugRegisters registers = new(session, _status, output);
        _verbs =
        [
            .. new DebugMotion(session, registers, _status).Verbs,
            .. new DebugBreaks(session, output).Verbs,
            .. new DebugLooks(session, registers, output).Verbs,
            .. new DebugMemory(session, output).Verbs,
            new("help", "h", "[COMMAND]", "This list, or one command.", Help) { Words = (before, _) => before.Length == 0 ? _verbs!.Select(verb => verb.Name) : [] },
            new("quit", "q", "", "Leave.", Quit),
        ];
    }

    public bool HasQuit { get; private set; }

    public bool HasMetBug => _status.HasMetBug;

    public void PrintStatus() => _status.Print();

    /// <summary>False where the line made no sense; a message says so.</summary>
    public bool Execute(string line)
    {
        (string word, string rest) = Split(line);
        DebugVerb[] found = Find(word);
        if (found.Length == 1)
        {
            _lastMove = found[0].IsMove ? line : _lastMove;
            return found[0].Do(rest);
        }

        return Refuse(found.Length > 1
            ? $"'{word}' may be {string.Join(" or ", found.Select(verb => verb.Name))}"
            : $"there is no command '{word}'; the nearest is '{Nearest(word)}', and 'help' lists all");
    }

    /// <summary>Whether the line begins with a command.</summary>
    public bool Knows(string line) => Find(Split(line).Word).Length > 0;

    /// <summary>Does the last command once more that moved the machine; nothing where none did.</summary>
    public void Repeat()
    {
        if (_lastMove.Length > 0)
        {
            Execute(_lastMove);
        }
    }

    /// <summary>What the last word of an unfinished line may become.</summary>
    public Completion Complete(string line)
    {
        int start = line.LastIndexOf(' ') + 1;
        (string word, string rest) = Split(line[..start].Trim());
        string typed = line[start..];
        IEnumerable<string> words = word.Length == 0
            ? _verbs.Select(verb => verb.Name)
            : Find(word) is [var verb] ? verb.Words(rest.Split(' ', StringSplitOptions.RemoveEmptyEntries), typed) : [];
        return Completion.Of(start, typed, words);
    }

    /// <summary>The command, and what stands behind it: after a blank, or <c>x/4</c>.</summary>
    private static (string Word, string Arguments) Split(string line)
    {
        int end = line.IndexOfAny([' ', '/']);
        return end < 0 ? (line, string.Empty) : (line[..end], line[end..].Trim());
    }

    private DebugVerb[] Find(string word) =>
        Array.Find(_verbs, verb => word.Length > 0 && (verb.Name == word || verb.Short == word)) is { } verb ? [verb] : [.. _verbs.Where(verb => word.Length > 0 && verb.Name.StartsWith(word, StringComparison.Ordinal))];

    private bool Help(string word)
    {
        if (word.Length == 0)
        {
            foreach (DebugVerb verb in _verbs)
            {
                _output.Write($"{verb.Short,-4} {verb.Usage,-34} {verb.Help.Split('\n')[0]}\n");
            }

            return true;
        }

        DebugVerb[] found = Find(word);
        foreach (DebugVerb verb in found)
        {
            _output.Write($"{verb.Usage}{(verb.Short.Length > 0 ? $" (short: {verb.Short})" : "")}\n  {verb.Help.Replace("\n", "\n  ", StringComparison.Ordinal)}\n");
        }

        return found.Length > 0 || Refuse($"there is no command '{word}'; the nearest is '{Nearest(word)}'");
    }

    private bool Quit(string rest)
    {
        HasQuit = true;
        return true;
    }

    private bool Refuse(string message)
    {
        _output.Write(message + "\n");
        return false;
    }

    private string Nearest(string word) => _verbs.MinBy(verb => Distance(word, verb.Name))!.Name;

    /// <summary>How many letters must be put in, left out or changed.</summary>
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int cost = a[i - 1] == b[j - 1] ? diagonal : 1 + Math.Min(diagonal, Math.Min(row[j], row[j - 1]));
                (diagonal, row[j]) = (row[j], cost);
            }
        }

        return row[^1];
    }
}
