using System.Diagnostics.Metrics;

namespace DataServices.Aartfaac;

/// <summary>What is known of a stream, as instruments that anybody can listen to.</summary>
public static class StreamMeter
{
    /// <summary>The meter's name.</summary>
    public const string Name = "DataServices.Aartfaac";

    /// <summary>The instruments of one stream; they read its <see cref="AartfaacStream.Status"/> when somebody looks.</summary>
    internal static Meter Of(AartfaacStream stream)
    {
        var meter = new Meter(Name);
        PerEndpoint(stream, meter);

        void Counter(string name, Func<StreamStatus, long> read, string help) => meter.CreateObservableCounter(name, () => read(stream.Status()), description: help);
        meter.CreateObservableCounter(
            "aartfaac_groups_total",
            () =>
            {
                var status = stream.Status();
                return (Measurement<long>[])[new(status.Complete, new KeyValuePair<string, object?>("state", "complete")), new(status.Partial, new KeyValuePair<string, object?>("state", "partial"))];
            },
            description: "groups given out");
        Counter("aartfaac_groups_dropped_total", status => status.GroupsDropped, "groups nobody took in time");
        Counter("aartfaac_images_late_total", status => status.Late, "images that came after their group");
        Counter("aartfaac_images_duplicate_total", status => status.Duplicates, "images that came twice");
        meter.CreateObservableGauge("aartfaac_queue_depth", () => stream.Status().QueueDepth, description: "groups waiting for the consumer");
        meter.CreateObservableGauge("aartfaac_degraded", () => stream.Status().IsDegraded ? 1 : 0, description: "1 while an expected subband is silent");
        return meter;
    }

    private static void PerEndpoint(AartfaacStream stream, Meter meter)
    {
        IEnumerable<Measurement<T>> Each<T>(Func<EndpointStatus, T?> read)
            where T : struct => stream.Status().Endpoints.Where(endpoint => read(endpoint) is not null).Select(endpoint => new Measurement<T>(read(endpoint)!.Value, Tag(endpoint)));
        meter.CreateObservableGauge("aartfaac_connected", () => Each<int>(endpoint => endpoint.IsConnected ? 1 : 0), description: "1 while there is a connection");
        meter.CreateObservableCounter("aartfaac_reconnects_total", () => Each<long>(endpoint => endpoint.Reconnects), description: "connections after the first");
        meter.CreateObservableCounter("aartfaac_windows_total", () => Each<long>(endpoint => endpoint.Windows), description: "windows taken");
        meter.CreateObservableCounter("aartfaac_bytes_total", () => Each<long>(endpoint => endpoint.Bytes), description: "bytes received");
        meter.CreateObservableCounter("aartfaac_gaps_total", () => Each<long>(endpoint => endpoint.Gaps), description: "time steps given out without this subband");
        meter.CreateObservableGauge("aartfaac_latency_seconds", () => Each(endpoint => endpoint.Latency?.TotalSeconds), description: "from DATE-OBS to arrival of the newest window");
        meter.CreateObservableGauge(
            "aartfaac_last_stamp_seconds", () => Each(endpoint => endpoint.LastStamp?.ToUnixTimeMilliseconds() / 1000.0), description: "DATE-OBS of the newest window, Unix time");
        meter.CreateObservableCounter(
            "aartfaac_windows_rejected_total",
            () => stream.Status().Endpoints.SelectMany(endpoint => endpoint.Rejected.Select(
                reason => new Measurement<long>(reason.Value, Tag(endpoint), new KeyValuePair<string, object?>("reason", reason.Key.ToString())))),
            description: "windows rejected");
    }

    private static KeyValuePair<string, object?> Tag(EndpointStatus endpoint) => new("endpoint", endpoint.Endpoint.ToString());
}
