using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Alpaca.Server.Logging;

/// <summary>The server's log: standard error, one line per event.</summary>
internal static class ServerLog
{
    /// <param name="format">How the lines look.</param>
    /// <param name="threshold">What is logged.</param>
    /// <param name="clock">Stamps the lines.</param>
    public static ILoggerFactory Create(LogFormat format, LogThreshold threshold, TimeProvider clock)
    {
        var level = LevelOf(threshold);
        var isColoured = !Console.IsErrorRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        return LoggerFactory.Create(logging =>
        {
            // The web server's own lines are about single connections: they are for its debugging.
            logging.SetMinimumLevel(level).AddFilter("Microsoft", level <= LogLevel.Debug ? level : (LogLevel)Math.Max((int)level, (int)LogLevel.Warning));
            logging.AddConsole(console =>
            {
                console.LogToStandardErrorThreshold = LogLevel.Trace;
                console.FormatterName = LineFormatter.FormatterName;
            });
            logging.Services.AddSingleton<ConsoleFormatter>(new LineFormatter(format, clock, isColoured));
        });
    }

    private static LogLevel LevelOf(LogThreshold threshold) => threshold switch
    {
        LogThreshold.Debug => LogLevel.Debug,
        LogThreshold.Info => LogLevel.Information,
        LogThreshold.Warning => LogLevel.Warning,
        LogThreshold.Error => LogLevel.Error,
        _ => LogLevel.None,
    };
}
