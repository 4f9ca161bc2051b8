using System.Runtime.InteropServices;

namespace CxlSim.Cli;

/// <summary>
/// What Ctrl-C, SIGTERM, the end of the terminal and a reader who has gone do to the program, whatever it is at: it ends at once, with the exit code that shells
/// give, and no file is half-written. A command that has more to put away, such as a mount, takes signals over for that long.
/// </summary>
internal static class Interrupt
{
    /// <summary>Of a program that writes where nobody reads any more (128 and SIGPIPE).</summary>
    public const int NobodyReads = 141;

    private static readonly Lock Files = new();
    private static readonly HashSet<string> Growing = [];
    private static readonly List<PosixSignalRegistration> Signals = [];

    /// <summary>Says of a signal whether the command does what is to be done; null where none wants to.</summary>
    private static volatile Func<PosixSignal, bool>? s_taker;

    /// <summary>Begins to listen; once, at the start of the program.</summary>
    public static void Listen()
    {
        foreach (PosixSignal signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP })
        {
            Signals.Add(PosixSignalRegistration.Create(signal, Handle));
        }
    }

    /// <summary>The exit code of a program that a signal ended.</summary>
    public static int ExitCodeOf(PosixSignal signal) => signal switch { PosixSignal.SIGTERM => ExitCode.Terminated, PosixSignal.SIGHUP => ExitCode.HungUp, _ => ExitCode.Interrupted };

    /// <summary>Signals go to a command first, until what it gets is disposed.</summary>
    /// <param name="taker">Says whether it does what is to be done; else the program ends. Runs on a thread of its own.</param>
    public static IDisposable TakeOver(Func<PosixSignal, bool> taker)
    {
        s_taker = taker;
        return new Scope(() => s_taker = null);
    }

    /// <summary>Writes something that must not be left half done: until it is, nothing ends the program.</summary>
    public static void Hold(Action write)
    {
        lock (Files)
        {
            write();
        }
    }

    /// <summary>A file that grows for a while: where the program ends before it is disposed of, the file is removed.</summary>
    public static IDisposable Grow(string path)
    {
        string full = Path.GetFullPath(path);
        lock (Files)
        {
            Growing.Add(full);
        }

        return new Scope(() => Hold(() => Growing.Remove(full)));
    }

    /// <summary>Ends the program; does not return.</summary>
    public static void End(int exitCode)
    {
        lock (Files)
        {
            foreach (string path in Growing)
            {
                File.Delete(path);
            }

            Environment.Exit(exitCode); // within the lock: no file is begun any more
        }
    }

    private static void Handle(PosixSignalContext context)
    {
        context.Cancel = true;
        if (s_taker?.Invoke(context.Signal) is true)
        {
            return;
        }

        new StepProgress().Clear();
        End(ExitCodeOf(context.Signal));
    }

    private sealed class Scope(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
