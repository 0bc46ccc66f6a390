using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace DataServices.App.Hisparc;

/// <summary>Where messages for the operator go: standard error, one line each, and a file where the configuration names one.</summary>
internal static class Messages
{
    /// <param name="file">A file to write them to as well.</param>
    public static ILoggerFactory Create(LogLevel level, string? file = null) => LoggerFactory.Create(builder =>
    {
        Configure(builder, level);
        if (file is not null)
            builder.AddProvider(new LogFile(file, TimeProvider.System));
    });

    /// <summary>The web server speaks only when something is wrong.</summary>
    public static void WebOnly(ILoggingBuilder builder) => Configure(builder, LogLevel.Warning);

    private static void Configure(ILoggingBuilder builder, LogLevel level) => builder
        .SetMinimumLevel(level)
        .AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.ColorBehavior = Console.IsErrorRedirected ? LoggerColorBehavior.Disabled : LoggerColorBehavior.Default;
            console.TimestampFormat = "yyyy-MM-dd HH:mm:ss ";
            console.UseUtcTimestamp = true;
        })
        .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
}
