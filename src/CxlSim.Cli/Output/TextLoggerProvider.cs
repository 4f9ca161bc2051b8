using Microsoft.Extensions.Logging;

namespace CxlSim.Cli;

/// <summary>Loggers that write plain lines, at once.</summary>
internal sealed class TextLoggerProvider(TextWriter writer, LogLevel lowest) : ILoggerProvider
{
    /// <summary>The category that is written; null for all.</summary>
    public string? OnlyCategory { get; init; }

    public ILogger CreateLogger(string categoryName) =>
        new TextLogger(writer, OnlyCategory is null || OnlyCategory == categoryName ? lowest : LogLevel.None);

    /// <summary>The writer is left to whoever gave it.</summary>
    public void Dispose() => writer.Flush();

    private sealed class TextLogger(TextWriter writer, LogLevel lowest) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= lowest;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                writer.WriteLine(formatter(state, exception));
            }
        }
    }
}
