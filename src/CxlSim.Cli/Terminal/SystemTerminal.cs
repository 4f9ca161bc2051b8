namespace CxlSim.Cli;

/// <summary>The terminal that the program was started at.</summary>
internal sealed class SystemTerminal : ITerminal
{
    private const int UsualWidth = 80;

    /// <summary>A terminal on both sides that knows escape sequences; an editor's shell window or a pipe is none.</summary>
    public static bool IsThere => !Console.IsInputRedirected && !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");

    /// <summary>A terminal that was never told its size says 0.</summary>
    public int Width => Console.WindowWidth is > 0 and var width ? width : UsualWidth;

    public bool HasInterruptKey
    {
        set => Console.TreatControlCAsInput = value;
    }

    public ConsoleKeyInfo? ReadKey()
    {
        try
        {
            ConsoleKeyInfo key = Console.ReadKey(intercept: true);
            return key == default ? null : key;
        }
        catch (InvalidOperationException)
        {
            return null; // the input was taken away
        }
    }

    public void Write(string text) => Console.Out.Write(text);
}
