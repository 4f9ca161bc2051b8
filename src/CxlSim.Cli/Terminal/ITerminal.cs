namespace CxlSim.Cli;

/// <summary>What a line is edited on: keys come from it; text and escape sequences of ECMA-48 go to it.</summary>
internal interface ITerminal
{
    /// <summary>Columns, at least 1; asked anew for each drawing, as a window may change.</summary>
    int Width { get; }

    /// <summary>Whether Ctrl-C is a key like others, and no signal.</summary>
    bool HasInterruptKey { set; }

    /// <summary>Waits for a key; null at the end of the input.</summary>
    ConsoleKeyInfo? ReadKey();

    void Write(string text);
}
