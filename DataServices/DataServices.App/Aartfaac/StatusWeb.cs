using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using DataServices.Aartfaac;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace DataServices.App.Aartfaac;

/// <summary>Metrics, state, health and the latest image of a running stream over HTTP, on this machine only.</summary>
internal static class StatusWeb
{
    public static async Task<WebApplication> StartAsync(AartfaacStream stream, LatestImage latest, int port, CancellationToken cancel)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        var web = builder.Build();
        web.Run(context => AnswerAsync(context, stream, latest));
        await web.StartAsync(cancel);
        return web;
    }

    private static async Task AnswerAsync(HttpContext context, AartfaacStream stream, LatestImage latest)
    {
        var status = stream.Status();
        var (code, type, body) = context.Request.Path.Value switch
        {
            "/metrics" => (200, "text/plain; version=0.0.4", Encoding.UTF8.GetBytes(Metrics())),
            "/status" => (200, "application/json", JsonSerializer.SerializeToUtf8Bytes(StatusLine.Of(status), StatusJson.Default.StatusLine)),
            "/health" => (status.IsDegraded ? 503 : 200, "text/plain", Encoding.UTF8.GetBytes(status.Health + "\n")),
            "/latest.fits" when latest.Current is { } image => (200, "application/fits", image.ToFits()),
            "/latest.png" when latest.Current is { } image => (200, "image/png", image.ToPng()),
            "/latest.fits" or "/latest.png" => (404, "text/plain", "no image has come yet\n"u8.ToArray()),
            _ => (404, "text/plain", "there are /metrics, /status, /health, /latest.fits and /latest.png\n"u8.ToArray()),
        };
        context.Response.StatusCode = code;
        context.Response.ContentType = type;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    // The Prometheus text of whatever the stream measures.
    private static string Metrics()
    {
        var text = new StringBuilder();
        Instrument? last = null;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == StreamMeter.Name)
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        void Write(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            if (instrument != last)
                text.Append(CultureInfo.InvariantCulture, $"# HELP {instrument.Name} {instrument.Description}\n# TYPE {instrument.Name} {(instrument is ObservableCounter<long> ? "counter" : "gauge")}\n");
            last = instrument;
            var labels = new List<string>();
            foreach (var (key, label) in tags)
                labels.Add($"{key}=\"{label}\"");
            text.Append(CultureInfo.InvariantCulture, $"{instrument.Name}{(labels.Count > 0 ? $"{{{string.Join(',', labels)}}}" : "")} {value}\n");
        }

        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Write(instrument, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Write(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Write(instrument, value, tags));
        listener.Start();
        listener.RecordObservableInstruments();
        return text.ToString();
    }
}

/// <summary>The JSON of <c>/status</c>.</summary>
internal sealed record StatusLine(
    string Health, bool Degraded, long Complete, long Partial, long Late, long Duplicates, long GroupsDropped, int QueueDepth, IReadOnlyList<SubbandLine> Endpoints)
{
    public static StatusLine Of(StreamStatus status) => new(
        status.Health, status.IsDegraded, status.Complete, status.Partial, status.Late, status.Duplicates, status.GroupsDropped, status.QueueDepth,
        [.. status.Endpoints.Select(SubbandLine.Of)]);
}

/// <summary>One subband of a <see cref="StatusLine"/>.</summary>
internal sealed record SubbandLine(
    string Endpoint, bool Connected, bool Silent, long Reconnects, long Windows, long Bytes, long Gaps, IReadOnlyDictionary<string, long> Rejected, string? LastStamp,
    double? LatencySeconds, string? LastError)
{
    public static SubbandLine Of(EndpointStatus status) => new(
        status.Endpoint.ToString(), status.IsConnected, status.IsSilent, status.Reconnects, status.Windows, status.Bytes, status.Gaps,
        status.Rejected.ToDictionary(reason => reason.Key.ToString(), reason => reason.Value), status.LastStamp is { } stamp ? ObservationStamp.Format(stamp) : null,
        status.Latency?.TotalSeconds, status.LastError);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(StatusLine))]
internal sealed partial class StatusJson : JsonSerializerContext;
