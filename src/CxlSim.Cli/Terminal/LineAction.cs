namespace CxlSim.Cli;

/// <summary>What a key does to the line.</summary>
internal enum LineAction
{
    None,
    Insert,
    Left,
    Right,
    WordLeft,
    WordRight,
    Start,
    End,
    DeleteBefore,
    DeleteAt,
    DeleteWordBefore,
    DeleteWordAfter,
    DeleteToStart,
    DeleteToEnd,
    Older,
    Newer,
    Search,
    Complete,
    ClearScreen,
    Accept,

    /// <summary>The line is forgotten.</summary>
    Drop,

    /// <summary>The end of the input on an empty line, else as <see cref="DeleteAt"/>.</summary>
    EndOfInput,

    /// <summary>The next key counts as typed with Alt.</summary>
    Meta,
}
