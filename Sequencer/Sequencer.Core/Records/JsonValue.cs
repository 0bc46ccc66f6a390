using System.Collections;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sequencer.Core.Records;

/// <summary>Plain values as JSON, the same bytes for the same values: numbers rounded and invariant, times in UTC, no reflection over types.</summary>
internal static class JsonValue
{
    /// <summary>Six decimals: 0.1 s of arc in degrees of anything we journal, and no digits that differ between processors.</summary>
    private const int Decimals = 6;

    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>ISO 8601 with milliseconds and Z.</summary>
    public static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <exception cref="InvalidSerializationException">The value is of a type that has no plain form.</exception>
    public static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case string text: json.WriteStringValue(text); break;
            case bool flag: json.WriteBooleanValue(flag); break;
            case double number: WriteNumber(json, number); break;
            case float number: WriteNumber(json, number); break;
            case int or short or byte or long or ushort or uint: json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture)); break;
            case decimal number: json.WriteNumberValue(number); break;
            case DateTimeOffset time: json.WriteStringValue(Iso(time)); break;
            case TimeSpan span: WriteNumber(json, span.TotalSeconds); break;
            case Enum name: json.WriteStringValue(name.ToString()); break;
            case JsonElement element: element.WriteTo(json); break;
            case IEnumerable<KeyValuePair<string, object?>> map: WriteObject(json, map); break;
            case IEnumerable list: WriteArray(json, list); break;
            default:
                throw new InvalidSerializationException(
                    $"A value of type {value.GetType().Name} cannot be recorded. Pass numbers, text, times, lists or dictionaries of them.");
        }
    }

    private static void WriteNumber(Utf8JsonWriter json, double number)
    {
        // JSON has no NaN: a value that does not exist is null.
        if (!double.IsFinite(number))
        {
            json.WriteNullValue();
            return;
        }

        var rounded = Math.Round(number, Decimals);
        json.WriteNumberValue(rounded == 0 ? 0 : rounded);
    }

    private static void WriteObject(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, object?>> map)
    {
        json.WriteStartObject();
        foreach (var (key, value) in map)
        {
            json.WritePropertyName(key);
            Write(json, value);
        }

        json.WriteEndObject();
    }

    private static void WriteArray(Utf8JsonWriter json, IEnumerable list)
    {
        json.WriteStartArray();
        foreach (var value in list) Write(json, value);
        json.WriteEndArray();
    }
}
