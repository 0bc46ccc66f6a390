using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Sequencer.Core.Configuration.Schema;

/// <summary>A number with a unit: <c>30 deg</c>, <c>-10 C</c>, <c>{value: 15, unit: min}</c>; a bare number is in the key's own unit.</summary>
/// <param name="unit">The unit of the value in code.</param>
/// <param name="min">Smallest allowed, in that unit.</param>
/// <param name="max">Largest allowed, in that unit.</param>
public sealed partial class QuantityKind(Unit unit, double? min = null, double? max = null) : ValueKind<double>
{
    /// <inheritdoc/>
    public override string Label => unit.Name.Length == 0 ? "number" : unit.Name;

    /// <inheritdoc/>
    public override bool TryRead(ConfigurationNode node, string path, Problems problems, out double value)
    {
        value = 0;
        if (Written(node) is not { } text)
        {
            if (!TryText(node, path, problems, out text))
                return false;
        }
        var match = Number().Match(text.Trim());
        if (!match.Success || !double.TryParse(match.Groups["number"].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out value) || !double.IsFinite(value))
        {
            problems.Add(node, $"{path} must be a number{(unit.Name.Length > 0 ? $" with or without the unit {unit.Name}" : "")}, not '{text}'");
            return false;
        }
        var spelling = match.Groups["unit"].Value;
        var factor = 1.0;
        if (spelling.Length > 0 && !unit.Relatives.TryGetValue(spelling, out factor))
        {
            problems.Add(node, unit.Relatives.Count == 0
                ? $"{path} takes no unit, but says '{text}'"
                : $"{path} cannot be in '{spelling}': units are {string.Join(", ", unit.Relatives.Keys)}");
            return false;
        }
        value *= factor;
        if (!(value < min) && !(value > max))
            return true;
        problems.Add(node, Limits.Outside(path, text.Trim(), min, max, unit.Name));
        return false;
    }

    /// <inheritdoc/>
    public override JsonNode Write(double value) =>
        unit.Name.Length == 0 ? JsonValue.Create(value) : JsonValue.Create(string.Create(CultureInfo.InvariantCulture, $"{value} {unit.Name}"));

    /// <inheritdoc/>
    public override JsonObject Schema()
    {
        var number = new JsonObject { ["type"] = "number" };
        if (min is { } low)
            number["minimum"] = low;
        if (max is { } high)
            number["maximum"] = high;
        if (unit.Relatives.Count == 0)
            return number;
        var text = new JsonObject { ["type"] = "string", ["pattern"] = $"^[-+]?[0-9.]+([eE][-+]?[0-9]+)? *({string.Join("|", unit.Relatives.Keys)})?$" };
        return new() { ["anyOf"] = new JsonArray(number, text) };
    }

    /// <summary>The mapping form of a quantity, as text.</summary>
    private static string? Written(ConfigurationNode node) =>
        node is MapNode { Entries.Count: 2 } map && map.Find("value") is ScalarNode { Text: { } number } && map.Find("unit") is ScalarNode { Text: { } name } ? $"{number} {name}" : null;

    [GeneratedRegex("""^(?<number>[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?)\s*(?<unit>\D.*)?$""", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
