using System.Globalization;
using System.Reflection;

namespace Alpaca.Devices.Options;

/// <summary>One option of a record: what it is called, what it may be, and how its value is read and written.</summary>
public sealed class OptionField
{
    /// <summary>The longest text, characters.</summary>
    public const int LongestText = 1000;

    private readonly PropertyInfo _property;
    private readonly OptionAttribute _attribute;
    private readonly Type _type;
    private readonly Dictionary<string, object> _choices = new(StringComparer.Ordinal);

    internal OptionField(PropertyInfo property, OptionAttribute attribute, object defaults)
    {
        (_property, _attribute) = (property, attribute);
        _type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        IsNullable = Nullable.GetUnderlyingType(property.PropertyType) is not null
            || (_type == typeof(string) && new NullabilityInfoContext().Create(property).ReadState == NullabilityState.Nullable);
        Key = attribute.Key ?? OptionWords.SnakeCase(property.Name);
        Kind = KindOf(_type, out var rows);
        if (Kind == OptionKind.Choice)
            FillChoices();
        if (rows is not null)
            Members = OptionModel.Of(rows);
        Unit = attribute.Unit ?? (Kind == OptionKind.Duration ? "s" : null);
        Default = property.GetValue(defaults);
    }

    /// <summary>The key in the file.</summary>
    public string Key { get; }

    /// <summary>The key as a label for people.</summary>
    public string Label => OptionWords.Label(Key);

    public OptionKind Kind { get; }

    /// <summary>The unit of a number or duration, or null.</summary>
    public string? Unit { get; }

    /// <summary>Lowest value, in the unit; negative infinity if there is no limit.</summary>
    public double Minimum => _attribute.Minimum;

    /// <summary>Highest value, in the unit; infinity if there is no limit.</summary>
    public double Maximum => _attribute.Maximum;

    public string Help => _attribute.Help;

    public string? Example => _attribute.Example;

    public bool IsRequired => _attribute.Required;

    public bool IsSecret => _attribute.Secret;

    public bool IsAdvanced => _attribute.Advanced;

    /// <summary>True if "not set" is itself a value.</summary>
    public bool IsNullable { get; }

    /// <summary>The words of a choice.</summary>
    public IReadOnlyCollection<string> Choices => _choices.Keys;

    /// <summary>The options of a group, or of a table's rows; null for the other kinds.</summary>
    public OptionModel? Members { get; }

    /// <summary>The value of a record nobody configured.</summary>
    public object? Default { get; }

    /// <summary>A number as people write it: without an exponent.</summary>
    public static string Plain(double number) => number.ToString("0.##########", CultureInfo.InvariantCulture);

    /// <summary>The value in a record.</summary>
    public object? Read(object record) => _property.GetValue(record);

    /// <summary>A single value as text, without its unit: what a form shows and <see cref="TryParse"/> reads. Empty for one that is not set, and for a group, list or table.</summary>
    public string Format(object? value) => value switch
    {
        null => "",
        bool flag => flag ? "true" : "false",
        TimeSpan span => FromSeconds(span.TotalSeconds).ToString(CultureInfo.InvariantCulture),
        Enum word => _choices.FirstOrDefault(c => c.Value.Equals(word)).Key ?? word.ToString(),
        string text => text,
        int or double => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        _ => "",
    };

    /// <summary>Reads a single value.</summary>
    /// <param name="text">As written in a file or a form.</param>
    /// <param name="value">The value.</param>
    /// <returns>Null if it is fine, else what is wrong and what would be right.</returns>
    public string? TryParse(string text, out object? value)
    {
        ArgumentNullException.ThrowIfNull(text);
        value = null;
        var trimmed = text.Trim();
        switch (Kind)
        {
            case OptionKind.Flag:
                value = trimmed switch { "true" or "yes" or "on" => true, "false" or "no" or "off" => false, _ => null };
                return value is null ? $"\"{text}\" is neither true nor false. Give one of the two." : null;
            case OptionKind.Choice:
                if (_choices.TryGetValue(trimmed, out value))
                    return null;
                var nearest = OptionWords.Nearest(trimmed, _choices.Keys);
                return $"\"{text}\" is not one of its words. Did you mean {nearest}? It must be one of {string.Join(", ", _choices.Keys)}.";
            case OptionKind.Integer or OptionKind.Number or OptionKind.Duration:
                return TryParseNumber(trimmed, out value);
            case OptionKind.Text:
                if (text.Length > LongestText)
                    return $"it is longer than {LongestText} characters. Give a shorter text.";
                if (text.Any(char.IsControl))
                    return "it has a line break or another control character in it. Give a text of one line.";
                return TryResolve(text, out value);
            default:
                return $"\"{text}\" is a single value. It must be {Shape}.";
        }
    }

    internal string Shape => Kind switch
    {
        OptionKind.Group => "a group of keys",
        OptionKind.Table => "a list of groups of keys",
        OptionKind.TextList => "a list of texts",
        _ => "a single value",
    };

    internal Type RowType => Members!.Type;

    internal void Write(object record, object? value) => _property.SetValue(record, value);

    private static OptionKind KindOf(Type type, out Type? rows)
    {
        rows = null;
        if (type == typeof(bool))
            return OptionKind.Flag;
        if (type == typeof(int))
            return OptionKind.Integer;
        if (type == typeof(double))
            return OptionKind.Number;
        if (type == typeof(string))
            return OptionKind.Text;
        if (type == typeof(TimeSpan))
            return OptionKind.Duration;
        if (type.IsEnum)
            return OptionKind.Choice;
        if (type == typeof(IReadOnlyList<string>))
            return OptionKind.TextList;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
        {
            rows = type.GetGenericArguments()[0];
            return OptionKind.Table;
        }

        if (type.IsClass && type.GetProperties().Any(p => p.IsDefined(typeof(OptionAttribute))))
        {
            rows = type;
            return OptionKind.Group;
        }

        throw new NotSupportedException(
            $"An option cannot be a {type.Name}. It can be bool, int, double, string, an enumeration, TimeSpan, a record with options, or an IReadOnlyList of string or of such records.");
    }

    private double FromSeconds(double seconds) => OptionUnit.TryRead(seconds.ToString("R", CultureInfo.InvariantCulture) + "s", Unit, out var value) ? value : seconds;

    private void FillChoices()
    {
        foreach (var choice in _attribute.Choices ?? Enum.GetNames(_type))
        {
            var (word, name) = choice.Split('=') is [var left, var right] ? (left, right) : (OptionWords.SnakeCase(choice), choice);
            _choices[word] = Enum.Parse(_type, name.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);
        }
    }

    private string? TryParseNumber(string text, out object? value)
    {
        value = null;
        if (!OptionUnit.TryRead(text, Unit, out var number))
            return $"\"{text}\" is not {Quantity}. Give {Range}{Instead}.";
        if (number < Minimum || number > Maximum)
            return $"\"{text}\" is out of range. Give {Range}.";
        switch (Kind)
        {
            case OptionKind.Integer when number != Math.Floor(number) || Math.Abs(number) > int.MaxValue:
                return $"\"{text}\" is not {Quantity}. Give {Range}.";
            case OptionKind.Integer:
                value = (int)number;
                return null;
            case OptionKind.Duration:
                OptionUnit.TryRead(number.ToString("R", CultureInfo.InvariantCulture) + Unit, "s", out var seconds);
                if (Math.Abs(seconds) > TimeSpan.MaxValue.TotalSeconds / 2)
                    return $"\"{text}\" is out of range. Give {Range}.";
                value = TimeSpan.FromSeconds(seconds);
                return null;
            default:
                value = number;
                return null;
        }
    }

    private string Quantity => Kind switch { OptionKind.Integer => "a whole number", OptionKind.Duration => "a length of time", _ => "a number" } + (Unit is null ? "" : $" in {Unit}");

    private string Range
    {
        get
        {
            var what = Kind switch { OptionKind.Integer => "a whole number", OptionKind.Duration => "a time", _ => "a number" };
            var unit = Unit is null ? "" : " " + Unit;
            return (double.IsFinite(Minimum), double.IsFinite(Maximum)) switch
            {
                (true, true) => FormattableString.Invariant($"{what} from {Plain(Minimum)} to {Plain(Maximum)}{unit}"),
                (true, false) => FormattableString.Invariant($"{what} of {Plain(Minimum)}{unit} or more"),
                (false, true) => FormattableString.Invariant($"{what} of {Plain(Maximum)}{unit} or less"),
                _ => Unit is null ? what : $"{what} in {Unit}",
            } + (Example is null ? "" : $", for example {Example}");
        }
    }

    /// <summary>Says which other units would do, when a unit was part of the trouble.</summary>
    private string Instead => OptionUnit.Convertible(Unit) is { Count: > 1 } units ? $"; the units {string.Join(", ", units)} are understood" : "";

    private string? TryResolve(string text, out object? value)
    {
        value = text;
        if (!IsSecret)
            return null;
        if (text.StartsWith("env:", StringComparison.Ordinal))
        {
            value = Environment.GetEnvironmentVariable(text[4..]);
            return value is null ? $"the environment has no variable {text[4..]}. Set it for the server, for example in its systemd unit." : null;
        }

        if (!text.StartsWith("file:", StringComparison.Ordinal))
            return null;
        try
        {
            value = File.ReadAllText(text[5..]).Trim();
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return $"the secret's file cannot be read: {e.Message}";
        }
    }
}
