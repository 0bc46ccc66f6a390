using System.Globalization;
using System.Text.Json.Nodes;
using Alpaca.Astronomy;
using Sequencer.Core.Configuration;
using Sequencer.Core.Configuration.Schema;

namespace Sequencer.Core.Scheduling;

/// <summary>A sky position.</summary>
internal sealed class PositionKind : ValueKind<SkyPosition>
{
    public override string Label => "sky position";

    public override bool TryRead(ConfigurationNode node, string path, Problems problems, out SkyPosition value)
    {
        value = default;
        if (!TryText(node, path, problems, out var text))
            return false;
        try
        {
            value = SkyPosition.Parse(text);
            return true;
        }
        catch (FormatException error)
        {
            problems.Add(node, $"{path}: {error.Message}");
            return false;
        }
    }

    public override JsonNode Write(SkyPosition value) =>
        JsonValue.Create(string.Create(CultureInfo.InvariantCulture, $"{value.RightAscension.Degrees:R}deg {value.Declination.Degrees:+0.###############;-0.###############}deg"));

    public override JsonObject Schema() => new() { ["type"] = "string" };
}

/// <summary>An exposure time: seconds, a quantity, or a fraction such as <c>1/4</c>.</summary>
internal sealed class ExposureTimeKind : ValueKind<TimeSpan>
{
    private static readonly QuantityKind Seconds = new(Unit.Second, 0, 86400);

    public override string Label => "exposure time";

    public override bool TryRead(ConfigurationNode node, string path, Problems problems, out TimeSpan value)
    {
        value = default;
        if (node is ScalarNode { Text: { } text } && text.Split('/') is [var above, var below]
            && double.TryParse(above, NumberStyles.Float, CultureInfo.InvariantCulture, out var numerator)
            && double.TryParse(below, NumberStyles.Float, CultureInfo.InvariantCulture, out var denominator)
            && denominator > 0 && numerator >= 0 && numerator / denominator <= 86400)
        {
            value = TimeSpan.FromSeconds(numerator / denominator);
            return true;
        }
        if (!Seconds.TryRead(node, path, problems, out var seconds))
            return false;
        value = TimeSpan.FromSeconds(seconds);
        return true;
    }

    public override JsonNode Write(TimeSpan value) => JsonValue.Create(value.TotalSeconds);

    public override JsonObject Schema() => new() { ["type"] = new JsonArray("number", "string") };
}

/// <summary>The class of a field or observation: a short name, or a dotted one that counts by its module and class.</summary>
/// <param name="plain">The word of the plain class.</param>
/// <param name="others">The words of the other classes.</param>
internal sealed class TypeKind(string plain, params string[] others) : ValueKind<string>
{
    public override string Label => "class";

    public override bool TryRead(ConfigurationNode node, string path, Problems problems, out string value)
    {
        value = plain;
        if (!TryText(node, path, problems, out var text))
            return false;
        // pocs.scheduler.observation.compound.Observation is the compound one: of the last two parts the first that names a kind.
        var parts = text.Split('.').TakeLast(2).Select(part => part.ToLowerInvariant()).ToList();
        if (parts.Find(part => others.Contains(part)) is { } other)
        {
            value = other;
            return true;
        }
        if (parts[^1] == plain)
            return true;
        problems.Add(node, $"{path} cannot be '{text}': {Nearest.Suggestion(text, [plain, .. others])}");
        return false;
    }

    public override JsonNode Write(string value) => JsonValue.Create(value);

    public override JsonObject Schema() => new() { ["type"] = "string" };
}
