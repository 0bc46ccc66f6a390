using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Alpaca.Hosting.Tests;

/// <summary>Keeps what the server logs.</summary>
/// <param name="level">The least serious that is kept.</param>
internal sealed class LogRecorder(LogLevel level = LogLevel.Warning) : ILoggerFactory, ILogger
{
    public ConcurrentQueue<(string Message, Exception? Cause)> Entries { get; } = [];

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= level;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
            Entries.Enqueue((formatter(state, exception), exception));
    }

    public void Dispose() => Entries.Clear();
}
