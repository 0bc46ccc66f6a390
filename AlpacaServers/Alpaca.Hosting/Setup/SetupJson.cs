using System.Text.Json;

namespace Alpaca.Hosting;

/// <summary>What the pages' script asks for: how devices are now, as the pages show it.</summary>
internal static class SetupJson
{
    public static void Send(AlpacaExchange exchange, Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
            write(json);
        exchange.Http.Response.Headers.CacheControl = "no-store";
        exchange.SendText(200, JsonReply.ContentType, buffer.ToArray());
    }

    public static void WriteDevice(Utf8JsonWriter json, DeviceSnapshot snapshot, IReadOnlyList<ReadingLine> lines, string? pending)
    {
        json.WriteStartObject();
        json.WriteString("connection"u8, snapshot.Connection);
        json.WriteString("tone"u8, snapshot.Tone);
        json.WriteBoolean("isConnected"u8, snapshot.IsConnected);
        json.WriteString("fault"u8, snapshot.Fault ?? "");
        json.WriteString("pending"u8, pending ?? "");
        json.WriteStartArray("lines"u8);
        foreach (var line in lines)
        {
            json.WriteStartObject();
            json.WriteString("label"u8, line.Label);
            json.WriteString("text"u8, line.Text);
            json.WriteString("tone"u8, line.Tone);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
