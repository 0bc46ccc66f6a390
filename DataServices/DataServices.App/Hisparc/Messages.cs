using Microsoft.Extensions.Logging;

namespace DataServices.App.Hisparc;

/// <summary>Where messages for the operator go: standard error, one line each.</summary>
internal static class Messages
{
    public static ILoggerFactory Create(LogLevel level) => LoggerFactory.Create(builder => Configure(builder, level));

    /// <summary>The web server speaks only when something is wrong.</summary>
    public static void WebOnly(ILoggingBuilder builder) => Configure(builder, LogLevel.Warning);

    private static void Configure(ILoggingBuilder builder, LogLevel level) => builder
        .SetMinimumLevel(level)
        .AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "yyyy-MM-dd HH:mm:ss ";
            console.UseUtcTimestamp = true;
        })
        .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
}
