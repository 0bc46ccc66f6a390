using System.Globalization;
using System.Text.Json.Nodes;
using Sequencer.Core.Configuration.Schema;

namespace Sequencer.Core.Configuration.Sections;

/// <summary>An instant, written <c>2026-11-02 06:00</c> or in any form of ISO 8601; UTC unless it says otherwise.</summary>
internal sealed class TimeKind : ValueKind<DateTimeOffset>
{
    private static readonly string[] Forms =
    [
        "yyyy-MM-dd", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFFF", "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:ss.FFFFFFF",
        "yyyy-MM-dd HH:mmK", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK",
    ];

    public override string Label => "time";

    public override bool TryRead(ConfigurationNode node, string path, Problems problems, out DateTimeOffset value)
    {
        value = default;
        if (!TryText(node, path, problems, out var text))
            return false;
        if (DateTimeOffset.TryParseExact(text.Trim(), Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out value))
            return true;
        problems.Add(node, $"{path} must be a time such as 2026-11-02 06:00 (UTC), not '{text}'");
        return false;
    }

    public override JsonNode Write(DateTimeOffset value) => JsonValue.Create(value.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture));

    public override JsonObject Schema() => new() { ["type"] = "string" };
}
