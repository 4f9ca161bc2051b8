using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>The kernel log. Lines that a recording shows are given as recorded; others are in our own words.</summary>
public sealed class KernelLog(Simulation simulation)
{
    /// <summary>As many lines as a large log buffer holds; older ones are lost, as in a ring buffer.</summary>
    private const int Capacity = 1 << 16;

    private readonly Queue<KernelLogLine> _lines = new();
    private readonly SimTime _start = simulation.Now;

    public IReadOnlyCollection<KernelLogLine> Lines => _lines;

    public void Error(string text) => Print(LogLevel.Error, text);

    public void Warning(string text) => Print(LogLevel.Warning, text);

    public void Notice(string text) => Print(LogLevel.Notice, text);

    public void Info(string text) => Print(LogLevel.Info, text);

    public void Debug(string text) => Print(LogLevel.Debug, text);

    public void Error(Device device, string text) => Print(LogLevel.Error, Prefix(device) + text);

    public void Warning(Device device, string text) => Print(LogLevel.Warning, Prefix(device) + text);

    public void Info(Device device, string text) => Print(LogLevel.Info, Prefix(device) + text);

    public void Debug(Device device, string text) => Print(LogLevel.Debug, Prefix(device) + text);

    /// <summary>Driver where bound, else bus, else nothing; then the name (<c>dev_printk</c> in <c>drivers/base/core.c</c>).</summary>
    private static string Prefix(Device device) => $"{device.Driver?.Name ?? device.Bus?.Name} {device.Name}: ";

    private void Print(LogLevel level, string text)
    {
        if (_lines.Count == Capacity)
        {
            _lines.Dequeue();
        }

        _lines.Enqueue(new KernelLogLine(simulation.Now - _start, level, text));
        simulation.Trace(new LogLine((int)level, text));
    }
}
