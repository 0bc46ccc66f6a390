using Microsoft.Extensions.Logging;

namespace Alpaca.Server;

/// <summary>What is told of changes to the configuration.</summary>
internal static partial class SettingsLog
{
    [LoggerMessage(EventId = 400, Level = LogLevel.Information, Message = "{Device} is {What}.")]
    public static partial void TookEffect(ILogger log, string device, string what);

    [LoggerMessage(EventId = 401, Level = LogLevel.Warning, Message = "{Device} did not let go in time: {Reason}")]
    public static partial void NotReleased(ILogger log, string device, string reason);

    [LoggerMessage(EventId = 402, Level = LogLevel.Information, Message = "Settings saved to {File}.")]
    public static partial void Saved(ILogger log, string file);

    [LoggerMessage(EventId = 403, Level = LogLevel.Information, Message = "{File} was read again.")]
    public static partial void Reloaded(ILogger log, string file);

    [LoggerMessage(EventId = 404, Level = LogLevel.Error, Message = "The configuration stays as it was: {Reason}")]
    public static partial void NotReloaded(ILogger log, string reason);

    [LoggerMessage(EventId = 405, Level = LogLevel.Error, Message = "A change of the configuration could not take effect: {Reason}")]
    public static partial void NoEffect(ILogger log, string reason);
}
