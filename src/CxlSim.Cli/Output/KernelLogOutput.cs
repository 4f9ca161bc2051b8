using CxlSim.Engine;
using CxlSim.Machine;
using Microsoft.Extensions.Logging;
using KernelLevel = CxlSim.Kernel.LogLevel;

namespace CxlSim.Cli;

/// <summary>Passes the kernel log, and a line per phase, on to the loggers that the command line asks for.</summary>
internal sealed class KernelLogOutput : ITraceSink, IDisposable
{
    private readonly SimulatedMachine _machine;
    private readonly LoggerFactory _factory;
    private readonly ILogger _logger;

    /// <param name="machine">Its virtual time stamps the lines.</param>
    /// <param name="shown">Highest level that goes to the terminal; null for none.</param>
    /// <param name="file">File that takes every line; null for none.</param>
    public KernelLogOutput(SimulatedMachine machine, KernelLevel? shown, string? file)
    {
        _machine = machine;
        List<ILoggerProvider> providers = [];
        if (shown is { } level)
        {
            providers.Add(new TextLoggerProvider(Console.Error, ToLogLevel((int)level), ownsWriter: false));
        }

        if (file is not null)
        {
            providers.Add(new TextLoggerProvider(new StreamWriter(file), LogLevel.Trace, ownsWriter: true));
        }

        _factory = new LoggerFactory(providers, new LoggerFilterOptions { MinLevel = LogLevel.Trace });
        _logger = _factory.CreateLogger("kernel");
    }

    public void Record(SimTime time, long eventNumber, TraceRecord record)
    {
        switch (record)
        {
            case LogLine line:
                SimTime since = new(Math.Max(0, (time - _machine.KernelStart).Picoseconds));
                _logger.Log(ToLogLevel(line.Level), "[{Time}] {Text}", since, line.Text);
                break;
            case PhaseEntered phase:
                _logger.Log(LogLevel.Information, "--- {Phase} at {Time} s", phase.Phase, time.ToString().Trim());
                break;
        }
    }

    public void Dispose() => _factory.Dispose();

    private static LogLevel ToLogLevel(int kernelLevel) => kernelLevel switch
    {
        <= (int)KernelLevel.Error => LogLevel.Error,
        (int)KernelLevel.Warning => LogLevel.Warning,
        (int)KernelLevel.Notice or (int)KernelLevel.Info => LogLevel.Information,
        _ => LogLevel.Debug,
    };
}
