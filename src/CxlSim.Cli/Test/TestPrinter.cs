using CxlSim.Session;
using Spectre.Console;

namespace CxlSim.Cli;

/// <summary>A line per case in the order of the files, whatever ends first; on a terminal with a bar below them.</summary>
internal sealed class TestPrinter(ProgressTask? bar)
{
    private readonly SortedDictionary<int, (ReportedCase Case, string? Recording)> _waiting = [];
    private int _next;

    /// <summary>A case has ended.</summary>
    /// <param name="number">Its place among those that run.</param>
    /// <param name="known">What became of it.</param>
    /// <param name="recording">Where its recording is; null for none.</param>
    public void Add(int number, ReportedCase known, string? recording)
    {
        _waiting.Add(number, (known, recording));
        while (_waiting.Remove(_next, out (ReportedCase Case, string? Recording) next))
        {
            Print(next.Case, next.Recording);
            _next++;
        }

        bar?.Increment(1);
    }

    /// <summary>What had to wait for cases that never ran.</summary>
    public void Flush()
    {
        foreach ((ReportedCase known, string? recording) in _waiting.Values)
        {
            Print(known, recording);
        }

        _waiting.Clear();
    }

    private void Print(ReportedCase known, string? recording)
    {
        string text = $"{(known.IsPassed ? "ok  " : "FAIL")} {known.File}: {known.Name}\n";
        if (!known.IsPassed)
        {
            text += string.Concat(known.Failures.Select(failure => Indented(failure.ToString())));
            text += known.Explanation.Length > 0 ? Indented(known.Explanation) : string.Empty;
            text += recording is null ? string.Empty : $"    step through it: cxlsim debug '{recording}'\n";
        }

        if (bar is null)
        {
            Console.Out.Write(text);
        }
        else
        {
            AnsiConsole.Write(new Text(text));
        }
    }

    private static string Indented(string text) => string.Concat(text.TrimEnd('\n').Split('\n').Select(line => line.Length > 0 ? $"    {line}\n" : "\n"));
}
