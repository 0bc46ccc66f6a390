using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Alpaca.Contract;

namespace Alpaca.Client;

/// <summary>Reads a value at which the reader stands, and leaves the reader on the value's last token.</summary>
/// <exception cref="InvalidDataException">The value has the wrong type.</exception>
public delegate T JsonValueReader<out T>(ref Utf8JsonReader json);

/// <summary>
/// The types of the standard as JSON has them: one reader per WireType, by the same name. Strict in types, so that a server's mistake cannot become
/// a wrong number; lenient where nothing is at stake: the case of keys, null for an empty string or list.
/// </summary>
public static class AlpacaJson
{
    public static bool Boolean(ref Utf8JsonReader json) => json.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => throw Wrong(json, "true or false"),
    };

    public static int Integer(ref Utf8JsonReader json) =>
        json.TokenType == JsonTokenType.Number && json.TryGetInt32(out var value) ? value : throw Wrong(json, "an integer");

    public static double Number(ref Utf8JsonReader json) =>
        json.TokenType == JsonTokenType.Number && json.TryGetDouble(out var value) && double.IsFinite(value) ? value : throw Wrong(json, "a number");

    public static string String(ref Utf8JsonReader json) => json.TokenType switch
    {
        JsonTokenType.String => json.GetString()!,
        JsonTokenType.Null => string.Empty,
        _ => throw Wrong(json, "a string"),
    };

    /// <summary>ISO 8601; UTC if it does not say, as the standard wants.</summary>
    public static DateTimeOffset DateTime(ref Utf8JsonReader json) =>
        json.TokenType == JsonTokenType.String
        && DateTimeOffset.TryParse(
            json.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var value)
            ? value
            : throw Wrong(json, "a time in ISO 8601");

    /// <summary>A number. One that the enumeration does not know stays as it is.</summary>
    public static T Enumeration<T>(ref Utf8JsonReader json)
        where T : struct, Enum
    {
        var value = Integer(ref json);
        return Unsafe.SizeOf<T>() == sizeof(int) ? Unsafe.As<int, T>(ref value) : throw new NotSupportedException($"{typeof(T).Name} is not 32 bits wide.");
    }

    public static IReadOnlyList<string> StringList(ref Utf8JsonReader json) => List(ref json, String);

    public static IReadOnlyList<int> IntegerList(ref Utf8JsonReader json) => List(ref json, Integer);

    public static IReadOnlyList<T> EnumerationList<T>(ref Utf8JsonReader json)
        where T : struct, Enum => List(ref json, Enumeration<T>);

    public static IReadOnlyList<AxisRate> AxisRateList(ref Utf8JsonReader json) => List(ref json, AxisRate);

    public static IReadOnlyList<StateValue> StateList(ref Utf8JsonReader json) => List(ref json, State);

    /// <summary>If the reader stands on a key of this name, in whatever case, moves it on to the value.</summary>
    internal static bool Advance(ref Utf8JsonReader json, string key) =>
        (json.ValueTextEquals(key) || string.Equals(json.GetString(), key, StringComparison.OrdinalIgnoreCase)) && json.Read();

    internal static InvalidDataException Wrong(in Utf8JsonReader json, string wanted) =>
        new($"where {wanted} belongs, the reply has {Describe(json)}.");

    internal static List<T> List<T>(ref Utf8JsonReader json, JsonValueReader<T> item)
    {
        var list = new List<T>();
        if (json.TokenType == JsonTokenType.Null)
            return list;
        if (json.TokenType != JsonTokenType.StartArray)
            throw Wrong(json, "a list");
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            list.Add(item(ref json));
        return list;
    }

    private static AxisRate AxisRate(ref Utf8JsonReader json)
    {
        double? minimum = null;
        double? maximum = null;
        Begin(json);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (Advance(ref json, "Minimum"))
                minimum = Number(ref json);
            else if (Advance(ref json, "Maximum"))
                maximum = Number(ref json);
            else
                json.Skip();
        }

        return minimum is { } least && maximum is { } most ? new AxisRate(least, most) : throw new InvalidDataException("an axis rate lacks Minimum or Maximum.");
    }

    private static StateValue State(ref Utf8JsonReader json)
    {
        string? name = null;
        object? value = null;
        Begin(json);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (Advance(ref json, "Name"))
                name = String(ref json);
            else if (Advance(ref json, "Value"))
                value = Plain(ref json);
            else
                json.Skip();
        }

        return name is not null && value is not null ? new StateValue(name, value) : throw new InvalidDataException("an item of the state lacks Name or Value.");
    }

    private static object Plain(ref Utf8JsonReader json) => json.TokenType switch
    {
        JsonTokenType.True or JsonTokenType.False => json.GetBoolean(),
        JsonTokenType.Number => json.TryGetInt32(out var integer) ? (object)integer : Number(ref json),
        JsonTokenType.String or JsonTokenType.Null => String(ref json),
        _ => throw Wrong(json, "a plain value"),
    };

    private static void Begin(in Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartObject)
            throw Wrong(json, "an object");
    }

    private static string Describe(in Utf8JsonReader json) => json.TokenType switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.String => "a string",
        JsonTokenType.Null => "null",
        JsonTokenType.True or JsonTokenType.False => "a boolean",
        _ => "the number " + System.Text.Encoding.ASCII.GetString(json.HasValueSequence ? [] : json.ValueSpan),
    };
}
