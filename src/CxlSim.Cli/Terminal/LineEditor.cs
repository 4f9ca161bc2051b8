namespace CxlSim.Cli;

/// <summary>Reads lines at a terminal, with the keys of <see cref="LineKeys"/>, a history and completion.</summary>
/// <param name="terminal">Where a person types.</param>
/// <param name="history">Takes each line that is entered.</param>
/// <param name="complete">Says what the last word of the text before the cursor may become.</param>
internal sealed class LineEditor(ITerminal terminal, LineHistory history, Func<string, Completion> complete)
{
    private const string Bell = "\a";

    private readonly LineBuffer _line = new();
    private readonly LineScreen _screen = new(terminal);
    private string _prompt = string.Empty;
    private HistorySearch? _search;
    private bool _isMeta;

    /// <summary>Which line of the history is shown; their count for the one that is being written.</summary>
    private int _shown;

    /// <summary>What was being written before an older line was shown.</summary>
    private string _draft = string.Empty;

    /// <summary>One line, as it was entered; null where the input ended.</summary>
    public string? Read(string prompt)
    {
        _prompt = prompt;
        terminal.HasInterruptKey = true;
        bool isLine = Edit();
        terminal.HasInterruptKey = false; // before the line is seen to be entered: from there on Ctrl-C stops what it set off
        Leave();
        history.Add(isLine ? _line.Text.Trim() : string.Empty);
        return isLine ? _line.Text : null;
    }

    /// <summary>Until a line is entered; false where the input ended.</summary>
    private bool Edit()
    {
        Begin();
        while (true)
        {
            Draw();
            ConsoleKeyInfo? key = terminal.ReadKey();
            LineAction action = key is { } pressed ? LineKeys.ActionOf(pressed, _isMeta) : LineAction.EndOfInput;
            _isMeta = action == LineAction.Meta;
            if (_search is not null)
            {
                action = Search(action, key?.KeyChar ?? default);
            }

            switch (action)
            {
                case LineAction.Accept:
                    return true;
                case LineAction.EndOfInput when key is null || _line.Text.Length == 0:
                    return false;
                case LineAction.Drop:
                    _line.Set(_line.Text + "^C");
                    Leave();
                    Begin();
                    break;
                case LineAction.Insert:
                    _line.Insert(key!.Value.KeyChar.ToString());
                    break;
                default:
                    Do(action);
                    break;
            }
        }
    }

    private void Begin()
    {
        _line.Set(string.Empty);
        _shown = history.Count;
        _draft = string.Empty;
    }

    private void Do(LineAction action)
    {
        switch (action)
        {
            case LineAction.Left: _line.MoveTo(_line.Cursor - 1); break;
            case LineAction.Right: _line.MoveTo(_line.Cursor + 1); break;
            case LineAction.WordLeft: _line.MoveTo(_line.WordBefore); break;
            case LineAction.WordRight: _line.MoveTo(_line.WordAfter); break;
            case LineAction.Start: _line.MoveTo(0); break;
            case LineAction.End: _line.MoveTo(_line.Text.Length); break;
            case LineAction.DeleteBefore: _line.Delete(_line.Cursor - 1, _line.Cursor); break;
            case LineAction.DeleteAt or LineAction.EndOfInput: _line.Delete(_line.Cursor, _line.Cursor + 1); break;
            case LineAction.DeleteWordBefore: _line.Delete(_line.WordBefore, _line.Cursor); break;
            case LineAction.DeleteWordAfter: _line.Delete(_line.Cursor, _line.WordAfter); break;
            case LineAction.DeleteToStart: _line.Delete(0, _line.Cursor); break;
            case LineAction.DeleteToEnd: _line.Delete(_line.Cursor, _line.Text.Length); break;
            case LineAction.Older: Show(_shown - 1); break;
            case LineAction.Newer: Show(_shown + 1); break;
            case LineAction.Search: _search = new HistorySearch(history); break;
            case LineAction.Complete: Complete(); break;
            case LineAction.ClearScreen: _screen.Clear(); break;
        }
    }

    /// <summary>Another line of the history, or the draft behind them. What was changed of an older line is lost.</summary>
    private void Show(int index)
    {
        if (index < 0 || index > history.Count)
        {
            terminal.Write(Bell);
            return;
        }

        _draft = _shown == history.Count ? _line.Text : _draft;
        _shown = index;
        _line.Set(index == history.Count ? _draft : history[index]);
    }

    private void Complete()
    {
        Completion found = complete(_line.Text[.._line.Cursor]);
        if (found.Words.Count == 0)
        {
            terminal.Write(Bell);
            return;
        }

        string typed = _line.Text[found.Start.._line.Cursor];
        bool isWhole = found.Words.Count == 1 && !found.Common.EndsWith('/') && !found.Common.EndsWith(':');
        if (found.Words.Count == 1 || found.Common.Length > typed.Length)
        {
            _line.Delete(found.Start, _line.Cursor);
            _line.Insert(found.Common + (isWhole ? " " : ""));
            return;
        }

        Leave();
        terminal.Write(CompletionList.Render(found, terminal.Width));
    }

    /// <summary>A key while a search is under way. What is no part of it ends it, with the match as the line, and is done then.</summary>
    private LineAction Search(LineAction action, char letter)
    {
        switch (action)
        {
            case LineAction.Insert: _search!.Extend(letter); return LineAction.None;
            case LineAction.DeleteBefore: _search!.Shorten(); return LineAction.None;
            case LineAction.Search: _search!.Older(); return LineAction.None;
            case LineAction.Drop:
                _search = null;
                return LineAction.None;
            default:
                _line.Set(_search!.Match ?? _line.Text);
                _search = null;
                return action;
        }
    }

    private void Draw()
    {
        if (_search is { } search)
        {
            string match = search.Match ?? string.Empty;
            _screen.Draw(search.Prompt, match, match.Length);
        }
        else
        {
            _screen.Draw(_prompt, _line.Text, _line.Cursor);
        }
    }

    private void Leave() => _screen.Leave(_prompt, _line.Text);
}
