using System.Text;
using System.Text.Json;

namespace Conformance.Wire;

/// <summary>What came back.</summary>
/// <param name="Status">The HTTP status; 0 if there was no HTTP reply at all, and then the body says why.</param>
/// <param name="ContentType">The header as it is; null without one.</param>
/// <param name="Bytes">The body.</param>
/// <param name="Sent">What it answers.</param>
/// <param name="Took">From the first byte sent to the last one received.</param>
public sealed record Reply(int Status, string? ContentType, byte[] Bytes, Sent Sent, TimeSpan Took)
{
    private const int Shown = 300;
    private readonly Lazy<JsonElement?> _json = new(() => Parse(Bytes));

    /// <summary>The body as a JSON object; null if it is none.</summary>
    public JsonElement? Json => _json.Value;

    /// <summary>ErrorNumber, or null if there is none that can be read.</summary>
    public int? ErrorNumber => Json is { } json && json.TryGetProperty(nameof(ErrorNumber), out var number) && number.ValueKind == JsonValueKind.Number && number.TryGetInt32(out var value)
        ? value
        : null;

    /// <summary>True if the device did what was asked.</summary>
    public bool IsDone => Status == 200 && ErrorNumber == 0;

    /// <summary>Value, or null if there is none.</summary>
    public JsonElement? Value => Json is { } json && json.TryGetProperty(nameof(Value), out var value) ? value : null;

    public bool? Boolean => Value is { ValueKind: JsonValueKind.True or JsonValueKind.False } value ? value.GetBoolean() : null;

    public double? Number => Value is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : null;

    /// <summary>The reply in a line, for a report.</summary>
    public override string ToString()
    {
        if (Status == 0)
            return Encoding.UTF8.GetString(Bytes);
        var text = Encoding.UTF8.GetString(Bytes.AsSpan(0, Math.Min(Bytes.Length, Shown))).ReplaceLineEndings(" ");
        var body = ContentType?.StartsWith("application/imagebytes", StringComparison.OrdinalIgnoreCase) == true ? $"{Bytes.Length} bytes of image" : text;
        return $"HTTP {Status}, {ContentType ?? "no content type"}: {(body.Length == 0 ? "empty body" : body)}{(Bytes.Length > Shown ? "..." : "")}";
    }

    private static JsonElement? Parse(byte[] body)
    {
        try
        {
            var json = JsonDocument.Parse(body).RootElement;
            return json.ValueKind == JsonValueKind.Object ? json : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
