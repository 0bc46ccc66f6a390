using System.Text.Json;
using Alpaca.Contract;

namespace Alpaca.Client;

/// <summary>What every JSON reply carries around its value.</summary>
internal static class AlpacaReply
{
    /// <summary>COM's facility for ASCOM errors: older servers send 0x80040400 where the standard has 0x400.</summary>
    private const long ComErrors = 0x80040000;

    /// <summary>Reads a whole reply.</summary>
    /// <param name="body">The reply's bytes, UTF-8.</param>
    /// <param name="value">Reads the value, or null if none is wanted.</param>
    /// <param name="transaction">The client's transaction number as the server echoes it, or null.</param>
    /// <exception cref="AlpacaException">The device refused.</exception>
    /// <exception cref="InvalidDataException">The value is missing or of the wrong type.</exception>
    /// <exception cref="JsonException">Not JSON, or cut short.</exception>
    public static T? Read<T>(ReadOnlySpan<byte> body, JsonValueReader<T>? value, out long? transaction)
    {
        transaction = null;
        long error = 0;
        var message = string.Empty;
        Utf8JsonReader found = default;
        var hasValue = false;
        if (body.StartsWith("\uFEFF"u8))
            body = body[3..];
        var json = new Utf8JsonReader(body);
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
            throw AlpacaJson.Wrong(json, "an object");
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (AlpacaJson.Advance(ref json, "Value"))
            {
                found = json;
                hasValue = true;
                json.Skip();
            }
            else if (AlpacaJson.Advance(ref json, "ErrorNumber"))
            {
                error = json.TokenType == JsonTokenType.Number && json.TryGetInt64(out var number) ? number : throw AlpacaJson.Wrong(json, "the error number");
            }
            else if (AlpacaJson.Advance(ref json, "ErrorMessage"))
            {
                message = AlpacaJson.String(ref json);
            }
            else if (AlpacaJson.Advance(ref json, "ClientTransactionID"))
            {
                transaction = json.TokenType == JsonTokenType.Number && json.TryGetInt64(out var id) ? id : null;
            }
            else
            {
                json.Skip();
            }
        }

        // Whatever follows the object is not JSON any more; reading on finds that out.
        json.Read();
        ThrowIfError(error, message);
        if (value is null)
            return default;
        return hasValue ? value(ref found) : throw new InvalidDataException("the reply has no Value.");
    }

    /// <exception cref="AlpacaException">The number is one of an error.</exception>
    public static void ThrowIfError(long number, string message)
    {
        if (number == 0)
            return;
        var unsigned = number < 0 ? number + (1L << 32) : number;
        var code = (unsigned & ~0xFFFL) == ComErrors ? (int)(unsigned & 0xFFF) : (int)number;
        throw new AlpacaException(code, string.IsNullOrWhiteSpace(message)
            ? FormattableString.Invariant($"The device refused with error 0x{code:X} and gave no reason.")
            : message);
    }
}
