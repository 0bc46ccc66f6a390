using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Alpaca.Server.Logging;

/// <summary>
/// Writes a line of the log. As text: UTC time, level, sentence, and after a failure its reasons, all on one line. As JSON: the same, with the event's number and name
/// and what the sentence was made from under keys of their own. Control characters, which a client may have sent, never reach the terminal.
/// </summary>
internal sealed class LineFormatter(LogFormat format, TimeProvider clock, bool isColoured) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "alpaca";

    public override void Write<TState>(in LogEntry<TState> entry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var message = entry.Formatter(entry.State, entry.Exception);
        if (format == LogFormat.Json)
            WriteJson(entry.LogLevel, entry.EventId, entry.Category, message, entry.State as IReadOnlyList<KeyValuePair<string, object?>>, entry.Exception, textWriter);
        else
            WriteText(entry.LogLevel, message, entry.Exception, textWriter);
    }

    private static string NameOf(LogLevel level) => level switch
    {
        LogLevel.Critical or LogLevel.Error => "error",
        LogLevel.Warning => "warning",
        LogLevel.Information => "info",
        _ => "debug",
    };

    private static string Key(string name)
    {
        var key = new StringBuilder(name.Length + 4);
        foreach (var c in name)
        {
            if (char.IsAsciiLetterUpper(c) && key.Length > 0)
                key.Append('_');
            key.Append(char.ToLowerInvariant(c));
        }

        return key.ToString();
    }

    private static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var c in text)
            line.Append(char.IsControl(c) ? ' ' : c);
        return line.ToString();
    }

    /// <summary>The chain of reasons, without the stack: that is for debugging, and --log-format json has it.</summary>
    private static string Reasons(Exception cause)
    {
        var reasons = new StringBuilder();
        for (var e = cause; e is not null; e = e.InnerException)
            reasons.Append(reasons.Length == 0 ? ": " : "; because: ").Append(e.GetType().Name).Append(": ").Append(e.Message);
        return reasons.ToString();
    }

    private void WriteText(LogLevel level, string message, Exception? cause, TextWriter writer)
    {
        var colour = !isColoured ? null : level switch
        {
            LogLevel.Critical or LogLevel.Error => "\e[31m",
            LogLevel.Warning => "\e[33m",
            LogLevel.Information => "\e[32m",
            _ => "\e[2m",
        };
        var time = clock.GetUtcNow().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var name = NameOf(level).PadRight(7);
        writer.WriteLine($"{time} {colour}{name}{(colour is null ? "" : "\e[0m")} {OneLine(message + (cause is null ? "" : Reasons(cause)))}");
    }

    private void WriteJson(
        LogLevel level, EventId id, string category, string message, IReadOnlyList<KeyValuePair<string, object?>>? values, Exception? cause, TextWriter writer)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("time"u8, clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            json.WriteString("level"u8, NameOf(level));
            json.WriteNumber("event_id"u8, id.Id);
            if (id.Name is { } name)
                json.WriteString("event"u8, Key(name));
            json.WriteString("category"u8, category);
            json.WriteString("message"u8, message);
            foreach (var (key, value) in values ?? [])
            {
                if (key != "{OriginalFormat}")
                    WriteValue(json, Key(key), value);
            }

            if (cause is not null)
                json.WriteString("exception"u8, cause.ToString());
            json.WriteEndObject();
        }

        writer.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    private static void WriteValue(Utf8JsonWriter json, string key, object? value)
    {
        switch (value)
        {
            case int number:
                json.WriteNumber(key, number);
                break;
            case uint number:
                json.WriteNumber(key, number);
                break;
            case long number:
                json.WriteNumber(key, number);
                break;
            case double number when double.IsFinite(number):
                json.WriteNumber(key, number);
                break;
            case bool flag:
                json.WriteBoolean(key, flag);
                break;
            default:
                json.WriteString(key, Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }
}
