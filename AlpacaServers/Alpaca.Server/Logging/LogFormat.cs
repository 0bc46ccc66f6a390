namespace Alpaca.Server.Logging;

/// <summary>How a line of the log looks.</summary>
internal enum LogFormat
{
    /// <summary>For people: time, level, sentence.</summary>
    Text,

    /// <summary>For machines: one JSON object per line.</summary>
    Json,
}
