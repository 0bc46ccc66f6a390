using System.Globalization;
using Alpaca.Contract;

namespace Alpaca.Client;

/// <summary>The parameters of a request, encoded as forms and query strings want them. Immutable: each With returns a longer list.</summary>
public readonly struct AlpacaArguments
{
    private readonly string? _encoded;

    private AlpacaArguments(string encoded) => _encoded = encoded;

    public AlpacaArguments With(string name, bool value) => Add(name, value ? "True" : "False");

    public AlpacaArguments With(string name, int value) => Add(name, value.ToString(CultureInfo.InvariantCulture));

    /// <exception cref="AlpacaException">InvalidValue: the wire has no infinities and no NaN.</exception>
    public AlpacaArguments With(string name, double value) => double.IsFinite(value)
        ? Add(name, value.ToString("R", CultureInfo.InvariantCulture))
        : throw AlpacaException.InvalidValue($"{name} must be a finite number.");

    public AlpacaArguments With(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Add(name, Uri.EscapeDataString(value));
    }

    /// <summary>Sends the instant in UTC with all its digits.</summary>
    public AlpacaArguments With(string name, DateTimeOffset value) =>
        Add(name, Uri.EscapeDataString(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture)));

    /// <summary>The list as it goes over the wire, without separators at its ends; empty if there is none.</summary>
    public override string ToString() => _encoded ?? string.Empty;

    private AlpacaArguments Add(string name, string value) => new(_encoded is null ? $"{name}={value}" : $"{_encoded}&{name}={value}");
}
