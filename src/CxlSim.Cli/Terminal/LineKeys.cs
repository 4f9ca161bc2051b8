namespace CxlSim.Cli;

/// <summary>Which key does what: the bindings that readline has out of the box.</summary>
internal static class LineKeys
{
    /// <param name="key">As the terminal gave it.</param>
    /// <param name="meta">Escape came before it.</param>
    public static LineAction ActionOf(ConsoleKeyInfo key, bool meta)
    {
        if (meta || key.Modifiers.HasFlag(ConsoleModifiers.Alt))
        {
            return WithAlt(key.Key);
        }

        bool control = key.Modifiers.HasFlag(ConsoleModifiers.Control);
        LineAction action = control ? WithControl(key.Key) : Plain(key.Key);
        return action == LineAction.None && !control && !char.IsControl(key.KeyChar) && !char.IsSurrogate(key.KeyChar) ? LineAction.Insert : action;
    }

    private static LineAction Plain(ConsoleKey key) => key switch
    {
        ConsoleKey.LeftArrow => LineAction.Left,
        ConsoleKey.RightArrow => LineAction.Right,
        ConsoleKey.UpArrow => LineAction.Older,
        ConsoleKey.DownArrow => LineAction.Newer,
        ConsoleKey.Home => LineAction.Start,
        ConsoleKey.End => LineAction.End,
        ConsoleKey.Backspace => LineAction.DeleteBefore,
        ConsoleKey.Delete => LineAction.DeleteAt,
        ConsoleKey.Tab => LineAction.Complete,
        ConsoleKey.Enter => LineAction.Accept,
        ConsoleKey.Escape => LineAction.Meta,
        _ => LineAction.None,
    };

    private static LineAction WithControl(ConsoleKey key) => key switch
    {
        ConsoleKey.A => LineAction.Start,
        ConsoleKey.B => LineAction.Left,
        ConsoleKey.C => LineAction.Drop,
        ConsoleKey.D => LineAction.EndOfInput,
        ConsoleKey.E => LineAction.End,
        ConsoleKey.F => LineAction.Right,
        ConsoleKey.K => LineAction.DeleteToEnd,
        ConsoleKey.L => LineAction.ClearScreen,
        ConsoleKey.N => LineAction.Newer,
        ConsoleKey.P => LineAction.Older,
        ConsoleKey.R => LineAction.Search,
        ConsoleKey.U => LineAction.DeleteToStart,
        ConsoleKey.W => LineAction.DeleteWordBefore,
        ConsoleKey.LeftArrow => LineAction.WordLeft,
        ConsoleKey.RightArrow => LineAction.WordRight,
        ConsoleKey.Backspace or ConsoleKey.H => LineAction.DeleteBefore, // what some terminals send for the plain key
        ConsoleKey.Enter or ConsoleKey.J or ConsoleKey.M => LineAction.Accept,
        _ => LineAction.None,
    };

    private static LineAction WithAlt(ConsoleKey key) => key switch
    {
        ConsoleKey.B or ConsoleKey.LeftArrow => LineAction.WordLeft,
        ConsoleKey.F or ConsoleKey.RightArrow => LineAction.WordRight,
        ConsoleKey.D => LineAction.DeleteWordAfter,
        ConsoleKey.Backspace => LineAction.DeleteWordBefore,
        _ => LineAction.None,
    };
}
