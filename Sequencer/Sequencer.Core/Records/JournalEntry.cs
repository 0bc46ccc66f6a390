using System.Globalization;
using System.Text.Json;

namespace Sequencer.Core.Records;

/// <summary>One line of the journal.</summary>
public sealed class JournalEntry
{
    private readonly JsonElement _json;

    private JournalEntry(JsonElement json, DateTimeOffset time, string name) => (_json, Time, Event) = (json, time, name);

    /// <summary>When it happened, UTC, to the millisecond.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>What happened: <c>exposure.end</c>, <c>dome</c>, ...</summary>
    public string Event { get; }

    /// <summary>The whole line as JSON, with <c>t</c> and <c>event</c>.</summary>
    public JsonElement Json => _json;

    /// <summary>The line as it stands in the file, without the line end.</summary>
    public override string ToString() => _json.GetRawText();

    /// <summary>A field's text, or null if it is missing or not text.</summary>
    public string? Text(string field) => _json.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>A field's number, or null if it is missing or not a number.</summary>
    public double? Number(string field) => _json.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    /// <summary>A field's truth, or null if it is missing or neither true nor false.</summary>
    public bool? Flag(string field) =>
        _json.TryGetProperty(field, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : null;

    /// <summary>A field's time, or null if it is missing or no ISO 8601 time.</summary>
    public DateTimeOffset? When(string field) => Text(field) is { } text && TryTime(text, out var time) ? time : null;

    /// <summary>A field's list of texts; empty if it is missing.</summary>
    public IReadOnlyList<string> Texts(string field) =>
        _json.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)]
            : [];

    /// <summary>Reads a line; false if it is no whole journal line.</summary>
    public static bool TryParse(string line, out JournalEntry? entry)
    {
        entry = null;
        try
        {
            using var document = JsonDocument.Parse(line);
            var json = document.RootElement;
            if (json.ValueKind != JsonValueKind.Object
                || !json.TryGetProperty("t", out var t) || t.ValueKind != JsonValueKind.String || !TryTime(t.GetString()!, out var time)
                || !json.TryGetProperty("event", out var name) || name.ValueKind != JsonValueKind.String)
            {
                return false;
            }

            entry = new JournalEntry(json.Clone(), time, name.GetString()!);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool TryTime(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);
}
