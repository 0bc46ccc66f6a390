using Microsoft.Extensions.Logging;

namespace Alpaca.Hosting;

/// <summary>
/// Counts what Kestrel refuses before anything of ours is asked: bytes that are no HTTP, headers beyond the bounds, clients that do not take their reply.
/// Kestrel tells it nowhere but in its log, at a level that nobody writes down.
/// </summary>
internal sealed class KestrelTrouble(ILoggerFactory loggers, ServerMeter meter) : ILoggerFactory
{
    private const string BadRequests = "Microsoft.AspNetCore.Server.Kestrel.BadRequests";

    /// <summary>Kestrel's numbers of the two events.</summary>
    private const int BadRequest = 17;
    private const int SlowReader = 28;

    public ILogger CreateLogger(string categoryName) =>
        categoryName == BadRequests ? new Counter(loggers.CreateLogger(categoryName), meter) : loggers.CreateLogger(categoryName);

    public void AddProvider(ILoggerProvider provider) => loggers.AddProvider(provider);

    /// <summary>The log is not this one's to close.</summary>
    public void Dispose()
    {
    }

    private sealed class Counter(ILogger log, ServerMeter meter) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => log.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Debug;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (eventId.Id is BadRequest)
                meter.Refuse(Refusal.NotHttp);
            else if (eventId.Id is SlowReader)
                meter.Refuse(Refusal.SlowReader);
            if (log.IsEnabled(logLevel))
                log.Log(logLevel, eventId, state, exception, formatter);
        }
    }
}
