namespace Alpaca.Devices.Options;

/// <summary>
/// Makes a property of an options record something people may set: in the configuration file under its name in snake case, and in the device's setup form.
/// The property's initial value is the default.
/// </summary>
/// <remarks>
/// Types: bool, int, double, string, enumerations, <see cref="TimeSpan"/>, the nullable ones of these, lists of string, another options record (a group of keys),
/// and lists of another options record (a table).
/// </remarks>
/// <param name="help">What it is and what a good value is, in a sentence or two for the person at the telescope.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OptionAttribute(string help) : Attribute
{
    /// <summary>What it is and what a good value is.</summary>
    public string Help { get; } = help;

    /// <summary>The key in the file where it is not the property's name in snake case.</summary>
    public string? Key { get; init; }

    /// <summary>Unit of a number, for example <c>deg</c>, <c>s</c>, <c>steps</c>; s for a duration unless said otherwise. See <see cref="OptionUnit"/> for those that are converted.</summary>
    public string? Unit { get; init; }

    /// <summary>Lowest value, in the unit.</summary>
    public double Minimum { get; init; } = double.NegativeInfinity;

    /// <summary>Highest value, in the unit.</summary>
    public double Maximum { get; init; } = double.PositiveInfinity;

    /// <summary>True if there is no sensible default: the device cannot be made without it.</summary>
    public bool Required { get; init; }

    /// <summary>True for a password or token: never shown or logged. Its value may be <c>env:NAME</c> or <c>file:/path</c>, where it is then taken from.</summary>
    public bool Secret { get; init; }

    /// <summary>A value as people would write it, for messages and forms.</summary>
    public string? Example { get; init; }

    /// <summary>True for what few people need: forms fold it away.</summary>
    public bool Advanced { get; init; }

    /// <summary>The words of an enumeration, where they are not all its names in snake case: <c>"german=GermanPolar"</c>, or <c>"slit"</c> alone for <c>Slit</c>.</summary>
    public string[]? Choices { get; init; }
}
