using CxlSim.Engine;
using CxlSim.Machine;
using Microsoft.Extensions.Logging;
using KernelLevel = CxlSim.Kernel.LogLevel;

namespace CxlSim.Cli;

/// <summary>Passes the kernel log, and a line per phase, on to the loggers that the command line asks for.</summary>
internal sealed class KernelLogOutput : ITraceSink, IDisposable
{
    private const string KernelCategory = "kernel";
    private readonly SimulatedMachine _machine;
    private readonly List<ILoggerProvider> _providers = [];
    private readonly GrowingFile? _file;
    private readonly LoggerFactory _factory;
    private readonly ILogger _kernel;
    private readonly ILogger _phases;

    /// <param name="machine">Its virtual time stamps the lines.</param>
    /// <param name="shown">Highest level that goes to the terminal; null for none.</param>
    /// <param name="file">File that takes every line; null for none.</param>
    public KernelLogOutput(SimulatedMachine machine, KernelLevel? shown, string? file)
    {
        _machine = machine;
        if (shown is { } level)
        {
            _providers.Add(new TextLoggerProvider(Console.Error, ToLogLevel((int)level)));
        }

        if (file is not null)
        {
            _file = new GrowingFile(file);
            _providers.Add(new TextLoggerProvider(_file.Writer, LogLevel.Trace) { OnlyCategory = KernelCategory });
        }

        _factory = new LoggerFactory(_providers, new LoggerFilterOptions { MinLevel = LogLevel.Trace });
        _kernel = _factory.CreateLogger(KernelCategory);
        _phases = _factory.CreateLogger("phases");
    }

    public void Record(SimTime time, long eventNumber, TraceRecord record)
    {
        switch (record)
        {
            case LogLine line:
                SimTime since = new(Math.Max(0, (time - _machine.KernelStart).Picoseconds));
                _kernel.Log(ToLogLevel(line.Level), "[{Time}] {Text}", since, line.Text);
                break;
            case PhaseEntered phase:
                _phases.Log(LogLevel.Information, "--- {Phase} at {Time} s", phase.Phase, time.ToString().Trim());
                break;
        }
    }

    public void Dispose()
    {
        _factory.Dispose();
        _providers.ForEach(provider => provider.Dispose()); // the factory leaves those to us that it was given
        _file?.Dispose();
    }

    private static LogLevel ToLogLevel(int kernelLevel) => kernelLevel switch
    {
        <= (int)KernelLevel.Error => LogLevel.Error,
        (int)KernelLevel.Warning => LogLevel.Warning,
        (int)KernelLevel.Notice or (int)KernelLevel.Info => LogLevel.Information,
        _ => LogLevel.Debug,
    };
}
