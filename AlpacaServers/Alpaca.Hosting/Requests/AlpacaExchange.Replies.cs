using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Alpaca.Contract;
using Alpaca.Contract.Description;
using Microsoft.AspNetCore.Http;

namespace Alpaca.Hosting;

/// <content>Writes the replies, one method per type on the wire.</content>
internal sealed partial class AlpacaExchange
{
    private const string TimeStamp = "TimeStamp";

    public ValueTask ReplyAsync(ValueTask done)
    {
        if (!done.IsCompletedSuccessfully)
            return Awaited(done);
        SendDone();
        return default;

        async ValueTask Awaited(ValueTask pending)
        {
            await pending;
            SendDone();
        }
    }

    public ValueTask ReplyBooleanAsync(ValueTask<bool> result) => ReplyAsync(result, static (json, value) => json.WriteBooleanValue(value));

    public ValueTask ReplyIntegerAsync(ValueTask<int> result) => ReplyAsync(result, static (json, value) => json.WriteNumberValue(value));

    public ValueTask ReplyNumberAsync(ValueTask<double> result) => ReplyAsync(result, static (json, value) => json.WriteNumberValue(Finite(value)));

    public ValueTask ReplyStringAsync(ValueTask<string> result) => ReplyAsync(result, static (json, value) => json.WriteStringValue(value ?? throw Nothing()));

    public ValueTask ReplyDateTimeAsync(ValueTask<DateTimeOffset> result) => ReplyAsync(result, WriteTime);

    public ValueTask ReplyEnumerationAsync<T>(ValueTask<T> result)
        where T : struct, Enum => ReplyAsync(result, static (json, value) => json.WriteNumberValue(Unsafe.BitCast<T, int>(value)));

    public ValueTask ReplyStringListAsync(ValueTask<IReadOnlyList<string>> result) =>
        ReplyListAsync(result, static (json, value) => json.WriteStringValue(value ?? throw Nothing()));

    public ValueTask ReplyIntegerListAsync(ValueTask<IReadOnlyList<int>> result) => ReplyListAsync(result, static (json, value) => json.WriteNumberValue(value));

    public ValueTask ReplyEnumerationListAsync<T>(ValueTask<IReadOnlyList<T>> result)
        where T : struct, Enum => ReplyListAsync(result, static (json, value) => json.WriteNumberValue(Unsafe.BitCast<T, int>(value)));

    public ValueTask ReplyAxisRateListAsync(ValueTask<IReadOnlyList<AxisRate>> result) => ReplyListAsync(result, static (json, value) =>
    {
        json.WriteStartObject();
        json.WriteNumber("Minimum"u8, Finite(value.Minimum));
        json.WriteNumber("Maximum"u8, Finite(value.Maximum));
        json.WriteEndObject();
    });

    /// <summary>Writes DeviceState, with the time of reading unless the driver has given it. A number that is not finite counts as not readable and is left out.</summary>
    public ValueTask ReplyStateListAsync(ValueTask<IReadOnlyList<StateValue>> result) => ReplyAsync(result, (json, values) =>
    {
        var isStamped = false;
        json.WriteStartArray();
        foreach (var (name, value) in values ?? throw Nothing())
        {
            isStamped |= name == TimeStamp;
            if (value is double.NaN or double.PositiveInfinity or double.NegativeInfinity)
                continue;
            WriteState(json, name, value);
        }

        if (!isStamped)
            WriteState(json, TimeStamp, options.Clock.GetUtcNow());
        json.WriteEndArray();
    });

    public async ValueTask ReplyImageArrayAsync(ValueTask<ImageArray> result)
    {
        using var image = await result ?? throw Nothing();
        if (WantsImageBytes)
        {
            await ImageBytesReply.SendAsync(this, image, ImageDeadline);
            Device?.Meter.RecordImage(_http.Response.ContentLength ?? 0);
        }
        else
        {
            Device?.Meter.RecordImage(await JsonImageReply.SendAsync(this, image, ImageDeadline));
        }
    }

    /// <summary>Sends a reply of the standard's shape whose Value is written by <paramref name="write"/>.</summary>
    public void Send<T>(T value, Action<Utf8JsonWriter, T> write)
    {
        var reply = JsonReply.Begin();
        reply.Json.WritePropertyName(JsonReply.Value);
        write(reply.Json, value);
        reply.Send(this, 0, string.Empty);
    }

    /// <summary>Sends text that is not of the standard's shape: refusals, pages, documents.</summary>
    public void SendText(int status, string contentType, ReadOnlySpan<byte> text)
    {
        var response = _http.Response;
        response.StatusCode = status;
        response.ContentType = contentType;
        response.ContentLength = text.Length;

        // A response that has started writes into the send buffer itself; nothing runs before its start, so that it has done so at once.
        response.StartAsync().GetAwaiter().GetResult();
        var body = response.BodyWriter;
        text.CopyTo(body.GetSpan(text.Length));
        body.Advance(text.Length);
    }

    /// <summary>Answers a request that failed, in the form the client expects.</summary>
    public void Fail(Exception cause)
    {
        if (_http.Response.HasStarted)
        {
            // Part of an image has left already: a broken connection is the only way to say that the rest will not follow.
            HostLog.BrokenOff(options.Log, cause, _http.Request.Method, _http.Request.Path.Value!);
            meter.Refuse(Refusal.BrokenOff);
            _http.Abort();
            return;
        }

        switch (cause)
        {
            case RequestRefusedException refused:
                if (refused.Allow is { } allow)
                    _http.Response.Headers.Allow = allow;
                meter.Refuse(refused.Reason);
                Refuse(refused.Status, refused.Message);
                break;
            case BadHttpRequestException bad:
                meter.Refuse(RequestRefusedException.ReasonOf(bad.StatusCode));
                Refuse(bad.StatusCode, bad.Message);
                break;
            case var _ when Device is { } device:
                var (number, message) = DeviceFailure.Describe(cause, device, _http.Request, options.Log);
                SendError(number, message);
                break;
            default:
                HostLog.Failed(options.Log, cause, _http.Request.Method, _http.Request.Path.Value!);
                meter.Refuse(Refusal.ServerFailure);
                Refuse(StatusCodes.Status500InternalServerError, "The server failed to answer; its log says why.");
                break;
        }
    }

    private bool WantsImageBytes
    {
        get
        {
            foreach (var line in _http.Request.Headers.Accept)
            {
                foreach (var item in line.AsSpan().Split(','))
                {
                    var media = line.AsSpan(item);
                    var end = media.IndexOf(';');
                    if ((end < 0 ? media : media[..end]).Trim().Equals(ImageBytesHeader.MediaType, StringComparison.OrdinalIgnoreCase))
                        return true;
                }
            }

            return false;
        }
    }

    private static void WriteTime(Utf8JsonWriter json, DateTimeOffset time)
    {
        Span<char> text = stackalloc char[40];
        time.UtcDateTime.TryFormat(text, out var length, "O", CultureInfo.InvariantCulture);
        json.WriteStringValue(text[..length]);
    }

    private static void WriteState(Utf8JsonWriter json, string name, object value)
    {
        json.WriteStartObject();
        json.WriteString("Name"u8, name);
        json.WritePropertyName(JsonReply.Value);
        switch (value)
        {
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case double number:
                json.WriteNumberValue(number);
                break;
            case int number:
                json.WriteNumberValue(number);
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case DateTimeOffset time:
                WriteTime(json, time);
                break;
            case Enum member:
                json.WriteNumberValue(Convert.ToInt32(member, CultureInfo.InvariantCulture));
                break;
            default:
                throw new InvalidOperationException($"{name} in DeviceState is a {value?.GetType().Name ?? "null"}, which has no form on the wire.");
        }

        json.WriteEndObject();
    }

    private static double Finite(double value) => double.IsFinite(value)
        ? value
        : throw new AlpacaException(AlpacaError.Driver, "The driver has no valid number for this now.");

    private static AlpacaException Nothing() => new(AlpacaError.Driver, "The driver returned nothing where the standard wants a value.");

    private ValueTask ReplyListAsync<T>(ValueTask<IReadOnlyList<T>> result, Action<Utf8JsonWriter, T> write) => ReplyAsync(result, (json, values) =>
    {
        json.WriteStartArray();
        foreach (var value in values ?? throw Nothing())
            write(json, value);
        json.WriteEndArray();
    });

    private ValueTask ReplyAsync<T>(ValueTask<T> result, Action<Utf8JsonWriter, T> write)
    {
        if (!result.IsCompletedSuccessfully)
            return Awaited(result, write);
        Send(result.Result, write);
        return default;

        async ValueTask Awaited(ValueTask<T> pending, Action<Utf8JsonWriter, T> write) => Send(await pending, write);
    }

    private void SendDone() => JsonReply.Begin().Send(this, 0, string.Empty);

    private void SendError(int number, string message)
    {
        _error = number;
        if (_returns is WireType.ImageArray && WantsImageBytes)
        {
            ImageBytesReply.SendError(this, number, message);
            return;
        }

        var reply = JsonReply.Begin();
        if (_returns is { } type && HttpMethods.IsGet(_http.Request.Method))
            reply.WriteEmptyValue(type);
        reply.Send(this, number, message);
    }

    private void Refuse(int status, string message)
    {
        _http.Response.Headers.XContentTypeOptions = "nosniff";
        SendText(status, "text/plain; charset=utf-8", System.Text.Encoding.UTF8.GetBytes(message));
    }
}
