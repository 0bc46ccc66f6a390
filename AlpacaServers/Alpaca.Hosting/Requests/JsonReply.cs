using System.Buffers;
using System.Text.Json;
using Alpaca.Contract.Description;
using Microsoft.AspNetCore.Http;

namespace Alpaca.Hosting;

/// <summary>
/// A JSON reply in the making. It is built in memory first: its length goes into the header, and a value that turns out not to be writable
/// leaves the response untouched for the error. One per thread, since nothing awaits between the first byte and the last.
/// </summary>
internal sealed class JsonReply
{
    public const string ContentType = "application/json; charset=utf-8";

    /// <summary>Capacity kept from one reply to the next, bytes.</summary>
    private const int Kept = 64 * 1024;

    [ThreadStatic]
    private static JsonReply? t_reply;

    private readonly ArrayBufferWriter<byte> _buffer = new(1024);

    private JsonReply() => Json = new Utf8JsonWriter(_buffer, new JsonWriterOptions { SkipValidation = true });

    public static JsonEncodedText Value { get; } = JsonEncodedText.Encode("Value");

    public static JsonEncodedText ClientTransactionID { get; } = JsonEncodedText.Encode("ClientTransactionID");

    public static JsonEncodedText ServerTransactionID { get; } = JsonEncodedText.Encode("ServerTransactionID");

    public static JsonEncodedText ErrorNumber { get; } = JsonEncodedText.Encode("ErrorNumber");

    public static JsonEncodedText ErrorMessage { get; } = JsonEncodedText.Encode("ErrorMessage");

    public Utf8JsonWriter Json { get; }

    /// <summary>This thread's reply, emptied and opened.</summary>
    public static JsonReply Begin()
    {
        var reply = t_reply ??= new JsonReply();
        reply._buffer.ResetWrittenCount();
        reply.Json.Reset();
        reply.Json.WriteStartObject();
        return reply;
    }

    /// <summary>The Value of a GET that failed: clients in strict mode want one all the same.</summary>
    public void WriteEmptyValue(WireType type)
    {
        if (type is WireType.ImageArray)
        {
            Json.WriteNumber("Type"u8, JsonImageReply.Int32Type);
            Json.WriteNumber("Rank"u8, 2);
        }

        Json.WritePropertyName(Value);
        switch (type)
        {
            case WireType.Boolean:
                Json.WriteBooleanValue(false);
                break;
            case WireType.Integer or WireType.Number or WireType.Enumeration:
                Json.WriteNumberValue(0);
                break;
            case WireType.String or WireType.DateTime:
                Json.WriteStringValue(string.Empty);
                break;
            default:
                Json.WriteStartArray();
                Json.WriteEndArray();
                break;
        }
    }

    /// <summary>Closes the reply and sends it.</summary>
    public void Send(AlpacaExchange exchange, int errorNumber, string errorMessage)
    {
        Json.WriteNumber(ClientTransactionID, exchange.ClientTransactionID);
        Json.WriteNumber(ServerTransactionID, exchange.ServerTransactionID);
        Json.WriteNumber(ErrorNumber, errorNumber);
        Json.WriteString(ErrorMessage, errorMessage);
        Json.WriteEndObject();
        Json.Flush();
        exchange.SendText(StatusCodes.Status200OK, ContentType, _buffer.WrittenSpan);
        if (_buffer.Capacity > Kept)
            t_reply = null;
    }
}
