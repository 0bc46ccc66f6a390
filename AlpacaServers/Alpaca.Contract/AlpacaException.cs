using System.Runtime.CompilerServices;

namespace Alpaca.Contract;

/// <summary>
/// What a device answers when it cannot do as asked. The number goes over the wire as it is; the message speaks to the person at the telescope:
/// what happened, to which device, what to do.
/// </summary>
public sealed class AlpacaException(int number, string message, Exception? cause = null) : Exception(message, cause)
{
    public AlpacaException(AlpacaError error, string message, Exception? cause = null)
        : this((int)error, message, cause)
    {
    }

    /// <summary>The error number on the wire: 0x400 to 0xFFF.</summary>
    public int Number { get; } = number;

    /// <summary>The error's kind: every driver-specific number is <see cref="AlpacaError.Driver"/>.</summary>
    public AlpacaError Error => Number >= (int)AlpacaError.Driver ? AlpacaError.Driver : (AlpacaError)Number;

    public static AlpacaException NotImplemented([CallerMemberName] string member = "") =>
        new(AlpacaError.NotImplemented, $"{Ascom(member)} is not implemented by this device.");

    public static AlpacaException InvalidValue(string message) => new(AlpacaError.InvalidValue, message);

    public static AlpacaException ValueNotSet(string message) => new(AlpacaError.ValueNotSet, message);

    public static AlpacaException NotConnected(string device) =>
        new(AlpacaError.NotConnected, $"{device} is not connected. Connect it first.");

    public static AlpacaException Parked(string message) => new(AlpacaError.InvalidWhileParked, message);

    public static AlpacaException Slaved(string message) => new(AlpacaError.InvalidWhileSlaved, message);

    public static AlpacaException InvalidOperation(string message) => new(AlpacaError.InvalidOperation, message);

    public static AlpacaException UnknownAction(string action) =>
        new(AlpacaError.ActionNotImplemented, $"This device has no action \"{action}\". SupportedActions lists those it has.");

    /// <summary>Throws InvalidValue unless <paramref name="minimum"/> &lt;= <paramref name="value"/> &lt;= <paramref name="maximum"/>; NaN is out of every range.</summary>
    public static void ThrowIfOutOfRange(double value, double minimum, double maximum, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (!(value >= minimum && value <= maximum))
            throw InvalidValue(FormattableString.Invariant($"{name} = {value} is out of range; it must be {minimum} to {maximum}."));
    }

    private static string Ascom(string member) => member.EndsWith("Async", StringComparison.Ordinal) ? member[..^5] : member;
}
