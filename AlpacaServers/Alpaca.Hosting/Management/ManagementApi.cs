using System.Text.Json;

namespace Alpaca.Hosting;

/// <summary>The management API: what the server is and which devices it has; and its description as an OpenAPI document.</summary>
internal sealed class ManagementApi(AlpacaHostOptions options, DeviceRegistry devices)
{
    public bool TryAnswer(AlpacaExchange exchange, ReadOnlySpan<char> path)
    {
        switch (path)
        {
            case "/management/apiversions":
                Answer(exchange, static (json, _) =>
                {
                    json.WriteStartArray();
                    json.WriteNumberValue(1);
                    json.WriteEndArray();
                });
                return true;
            case "/management/v1/description":
                Answer(exchange, static (json, api) => api.WriteDescription(json));
                return true;
            case "/management/v1/configureddevices":
                Answer(exchange, static (json, api) => api.WriteDevices(json));
                return true;
            case "/openapi/v1.json":
                exchange.Page = PageKind.Management;
                RequestRouter.RequireGet(exchange.Http.Request);
                exchange.SendText(200, JsonReply.ContentType, OpenApiDocument.Bytes);
                return true;
            default:
                return false;
        }
    }

    private void Answer(AlpacaExchange exchange, Action<Utf8JsonWriter, ManagementApi> write)
    {
        exchange.Page = PageKind.Management;
        RequestRouter.RequireGet(exchange.Http.Request);
        exchange.ReadQuery();
        exchange.Send(this, write);
    }

    private void WriteDescription(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("ServerName"u8, options.ServerName);
        json.WriteString("Manufacturer"u8, options.Manufacturer);
        json.WriteString("ManufacturerVersion"u8, options.Version);
        json.WriteString("Location"u8, options.Location);
        json.WriteEndObject();
    }

    private void WriteDevices(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (var device in devices.Devices)
        {
            json.WriteStartObject();
            json.WriteString("DeviceName"u8, device.Name);
            json.WriteString("DeviceType"u8, device.Kind.Name);
            json.WriteNumber("DeviceNumber"u8, device.Number);
            json.WriteString("UniqueID"u8, device.UniqueId);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
