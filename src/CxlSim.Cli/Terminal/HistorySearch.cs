namespace CxlSim.Cli;

/// <summary>Looks backwards through the history for a line that holds what is typed.</summary>
internal sealed class HistorySearch(LineHistory history)
{
    private int _at = history.Count;

    public string Wanted { get; private set; } = string.Empty;

    /// <summary>Whether the last look found something; the match stays where it did not.</summary>
    public bool HasFound { get; private set; } = true;

    /// <summary>The line that was found last; null before one was.</summary>
    public string? Match => _at < history.Count ? history[_at] : null;

    public string Prompt => $"({(HasFound ? "" : "failed ")}reverse-i-search)'{Wanted}': ";

    /// <summary>A letter more: the line at hand may hold it too.</summary>
    public void Extend(char letter)
    {
        Wanted += letter;
        Look(Math.Min(_at, history.Count - 1));
    }

    /// <summary>A letter less, and from the newest line again.</summary>
    public void Shorten()
    {
        Wanted = Wanted.Length > 0 ? Wanted[..^1] : Wanted;
        Look(history.Count - 1);
    }

    /// <summary>To a line before the one at hand.</summary>
    public void Older() => Look(_at - 1);

    private void Look(int from)
    {
        int found = from;
        while (found >= 0 && !history[found].Contains(Wanted, StringComparison.Ordinal))
        {
            found--;
        }

        HasFound = Wanted.Length == 0 || found >= 0;
        _at = Wanted.Length > 0 && found >= 0 ? found : _at;
    }
}
