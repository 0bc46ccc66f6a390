using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Alpaca.Hosting;

/// <summary>
/// What machines watch the server by: <c>/metrics</c> for Prometheus, <c>/health/live</c> (the process answers) and <c>/health/ready</c> (and so do its devices).
/// None of them waits for a device.
/// </summary>
internal sealed class ObservationPages(MetricsText metrics, DeviceWatch watch, AlpacaHostOptions options)
{
    /// <summary>Open to everyone even when credentials are asked for: it says nothing but that the process answers.</summary>
    public const string LivePath = "/health/live";

    /// <summary>Answers if the path is one of these pages, else returns false.</summary>
    public bool TryAnswer(AlpacaExchange exchange, ReadOnlySpan<char> path)
    {
        switch (path)
        {
            case "/metrics" when options.HasMetrics:
                Begin(exchange);
                exchange.SendText(StatusCodes.Status200OK, PrometheusText.ContentType, metrics.Write());
                return true;
            case LivePath:
                Begin(exchange);
                exchange.SendText(StatusCodes.Status200OK, JsonReply.ContentType, "{\"status\":\"alive\"}"u8);
                return true;
            case "/health/ready":
                Begin(exchange);
                SendReady(exchange);
                return true;
            default:
                return false;
        }
    }

    private static void Begin(AlpacaExchange exchange)
    {
        exchange.Page = PageKind.Observation;
        RequestRouter.RequireGet(exchange.Http.Request);
        exchange.Http.Response.Headers.CacheControl = "no-store";
    }

    /// <summary>
    /// 200 while the server can serve, whatever a single device does: one broken camera is no reason to take the mount away. Then the status is degraded. 503 once the server is stopping.
    /// </summary>
    private void SendReady(AlpacaExchange exchange)
    {
        var isStopping = exchange.Cancel.IsCancellationRequested;
        var devices = watch.Look();
        var isDegraded = devices.Any(d => d.Link.State is LinkState.Faulted or LinkState.Silent);
        var text = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteString("status"u8, isStopping ? "stopping" : isDegraded ? "degraded" : "ready");
            json.WriteStartArray("devices"u8);
            foreach (var (device, link) in devices)
            {
                json.WriteStartObject();
                json.WriteString("type"u8, device.DeviceType);
                json.WriteNumber("number"u8, device.Number);
                json.WriteString("name"u8, device.Name);
                json.WriteString("state"u8, MetricsText.NameOf(link.State));
                if (link.Fault is { } fault)
                    json.WriteString("fault"u8, fault);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        exchange.SendText(isStopping ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK, JsonReply.ContentType, text.WrittenSpan);
    }
}
