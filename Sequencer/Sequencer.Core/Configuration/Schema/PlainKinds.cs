using System.Globalization;
using System.Text.Json.Nodes;

namespace Sequencer.Core.Configuration.Schema;

/// <summary>Text.</summary>
/// <param name="check">Returns what is wrong with a text, or null; null accepts all.</param>
public sealed class TextKind(Func<string, string?>? check = null) : ValueKind<string>
{
    /// <inheritdoc/>
    public override string Label => "text";

    /// <inheritdoc/>
    public override bool TryRead(ConfigurationNode node, string path, Problems problems, out string value)
    {
        if (!TryText(node, path, problems, out value))
            return false;
        if (check?.Invoke(value) is not { } wrong)
            return true;
        problems.Add(node, $"{path}: {wrong}");
        return false;
    }

    /// <inheritdoc/>
    public override JsonNode Write(string value) => JsonValue.Create(value);

    /// <inheritdoc/>
    // A name such as 007 is a number to YAML and text to us.
    public override JsonObject Schema() => new() { ["type"] = new JsonArray("string", "number", "boolean") };
}

/// <summary>True or false.</summary>
public sealed class FlagKind : ValueKind<bool>
{
    /// <inheritdoc/>
    public override string Label => "true or false";

    /// <inheritdoc/>
    public override bool TryRead(ConfigurationNode node, string path, Problems problems, out bool value)
    {
        value = false;
        if (!TryText(node, path, problems, out var text))
            return false;
        switch (text.ToLowerInvariant())
        {
            case "true" or "yes" or "on":
                value = true;
                return true;
            case "false" or "no" or "off":
                return true;
            default:
                problems.Add(node, $"{path} must be true or false, not '{text}'");
                return false;
        }
    }

    /// <inheritdoc/>
    public override JsonNode Write(bool value) => JsonValue.Create(value);

    /// <inheritdoc/>
    public override JsonObject Schema() => new() { ["type"] = "boolean" };
}

/// <summary>A whole number.</summary>
/// <param name="min">Smallest allowed.</param>
/// <param name="max">Largest allowed.</param>
public sealed class WholeKind(int min = int.MinValue, int max = int.MaxValue) : ValueKind<int>
{
    /// <inheritdoc/>
    public override string Label => "whole number";

    /// <inheritdoc/>
    public override bool TryRead(ConfigurationNode node, string path, Problems problems, out int value)
    {
        value = 0;
        if (!TryText(node, path, problems, out var text))
            return false;
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value))
        {
            problems.Add(node, $"{path} must be a whole number, not '{text}'");
            return false;
        }
        if (value >= min && value <= max)
            return true;
        problems.Add(node, Limits.Outside(path, text, min == int.MinValue ? null : min, max == int.MaxValue ? null : max, ""));
        return false;
    }

    /// <inheritdoc/>
    public override JsonNode Write(int value) => JsonValue.Create(value);

    /// <inheritdoc/>
    public override JsonObject Schema()
    {
        var json = new JsonObject { ["type"] = "integer" };
        if (min != int.MinValue)
            json["minimum"] = min;
        if (max != int.MaxValue)
            json["maximum"] = max;
        return json;
    }
}

/// <summary>One of a few words, each a member of an enumeration, written in lower case with underscores.</summary>
/// <typeparam name="T">The enumeration.</typeparam>
/// <param name="words">Words beside the members' own names, for example "1" for one.</param>
public sealed class ChoiceKind<T>(IReadOnlyDictionary<string, T>? words = null) : ValueKind<T>
    where T : struct, Enum
{
    private readonly Dictionary<string, T> _words = new((words ?? new Dictionary<string, T>()).Concat(
        Enum.GetValues<T>().Where(member => words?.Values.Contains(member) != true).Select(member => KeyValuePair.Create(Word(member), member))));

    /// <inheritdoc/>
    public override string Label => string.Join(" or ", _words.Keys);

    /// <inheritdoc/>
    public override bool TryRead(ConfigurationNode node, string path, Problems problems, out T value)
    {
        value = default;
        if (!TryText(node, path, problems, out var text))
            return false;
        if (_words.TryGetValue(text, out value))
            return true;
        problems.Add(node, $"{path} cannot be '{text}': {Nearest.Suggestion(text, _words.Keys)}");
        return false;
    }

    /// <inheritdoc/>
    public override JsonNode Write(T value) => JsonValue.Create(_words.First(pair => EqualityComparer<T>.Default.Equals(pair.Value, value)).Key);

    /// <inheritdoc/>
    public override JsonObject Schema() => new()
    {
        ["enum"] = new JsonArray([.. _words.Keys.Select(word => int.TryParse(word, CultureInfo.InvariantCulture, out var number) ? JsonValue.Create(number) : (JsonNode)JsonValue.Create(word))]),
    };

    private static string Word(T member) =>
        string.Concat(member.ToString().Select((letter, index) => char.IsUpper(letter) ? (index == 0 ? "" : "_") + char.ToLowerInvariant(letter) : letter.ToString()));
}

/// <summary>How limits are said.</summary>
internal static class Limits
{
    /// <summary>"x is 200 deg: allowed are -90 to 90 deg".</summary>
    public static string Outside(string path, string text, double? min, double? max, string unit)
    {
        var allowed = (min, max) switch
        {
            ({ } low, { } high) => string.Create(CultureInfo.InvariantCulture, $"{low} to {high}"),
            ({ } low, null) => string.Create(CultureInfo.InvariantCulture, $"{low} and above"),
            (null, { } high) => string.Create(CultureInfo.InvariantCulture, $"{high} and below"),
            _ => "finite numbers",
        };
        return $"{path} cannot be {text}: allowed are {allowed}{(unit.Length > 0 ? " " + unit : "")}";
    }
}
