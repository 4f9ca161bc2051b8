using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>The kernel log. Lines that a recording shows are given as recorded; others are in our own words.</summary>
public sealed class KernelLog(Simulation simulation)
{
    /// <summary>As many lines as a large log buffer holds; older ones are lost.</summary>
    private const int Capacity = 1 << 16;

    /// <summary>Lines are let go in blocks, so that each is moved once at most.</summary>
    private const int Block = Capacity / 16;

    private readonly List<KernelLogLine> _lines = [];
    private readonly SimTime _start = simulation.Now;
    private readonly SimSignal _printed = new(simulation);

    public IReadOnlyCollection<KernelLogLine> Lines => _lines;

    /// <summary>Number of the oldest line that is still there.</summary>
    public long FirstSequence { get; private set; }

    /// <summary>Number that the next line will have.</summary>
    public long NextSequence => FirstSequence + _lines.Count;

    /// <summary>Time since the kernel's start.</summary>
    public SimDuration Clock => simulation.Now - _start;

    /// <summary>A line that is still there, by its number.</summary>
    public KernelLogLine this[long sequence] => _lines[(int)(sequence - FirstSequence)];

    /// <summary>Waits until there is a line of that number.</summary>
    public async SimTask WaitAsync(long sequence)
    {
        while (sequence >= NextSequence)
        {
            _printed.Reset();
            await _printed.WaitAsync();
        }
    }

    /// <summary>A line from user space, with the facility that it came with.</summary>
    public void Write(LogLevel level, int facility, string text) => Print(level, text, facility);

    public void Emergency(string text) => Print(LogLevel.Emergency, text);

    public void Error(string text) => Print(LogLevel.Error, text);

    public void Warning(string text) => Print(LogLevel.Warning, text);

    public void Notice(string text) => Print(LogLevel.Notice, text);

    public void Info(string text) => Print(LogLevel.Info, text);

    public void Debug(string text) => Print(LogLevel.Debug, text);

    internal void Print(LogLevel level, string text, int facility = 0)
    {
        if (_lines.Count == Capacity)
        {
            _lines.RemoveRange(0, Block);
            FirstSequence += Block;
        }

        _lines.Add(new KernelLogLine(Clock, level, facility, text));
        _printed.Set();
        simulation.Trace(new LogLine((int)level, text));
    }
}
