using System.Globalization;
using System.Text;
using Alpaca.Contract;
using Alpaca.Discovery;

namespace Alpaca.Hosting;

/// <summary>Gathers everything that is counted into the text that Prometheus reads.</summary>
/// <param name="watch">How the devices' links stand.</param>
/// <param name="server">What is not about one device.</param>
/// <param name="connections">The connections now.</param>
/// <param name="images">The images on their way out.</param>
/// <param name="discovery">What the discovery responder has received; null without one.</param>
/// <param name="version">The server's version.</param>
internal sealed partial class MetricsText(
    DeviceWatch watch, ServerMeter server, ConnectionGate connections, ImageTraffic images, Func<DiscoveryCounters?> discovery, string version)
{
    /// <summary>A state as the metrics spell it.</summary>
    public static string NameOf<T>(T value)
        where T : struct, Enum
    {
        var text = new StringBuilder();
        foreach (var c in value.ToString())
        {
            if (char.IsAsciiLetterUpper(c) && text.Length > 0)
                text.Append('_');
            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }

    public byte[] Write()
    {
        var text = new PrometheusText();
        var devices = watch.Look();
        text.Gauge("alpaca_build_info", "The server's version; always 1.").Sample(1, ("version", version));
        WriteRequests(text, devices);
        WriteDevices(text, devices);
        WriteServer(text);
        WriteProcess(text);
        return text.ToBytes();
    }

    private static string Number(RegisteredDevice device) => device.Number.ToString(CultureInfo.InvariantCulture);

    private static void WriteRequests(PrometheusText text, IReadOnlyList<(RegisteredDevice Device, LinkStatus Link)> devices)
    {
        text.Counter("alpaca_requests_total", "Requests for a member of a device, by HTTP status.");
        foreach (var (device, member, method, counts) in Counts(devices))
        {
            foreach (var (status, count) in counts.Read())
                text.Sample(count, ("device_type", device.DeviceType), ("device_number", Number(device)), ("member", member), ("method", method), ("status", status));
        }

        text.Counter("alpaca_request_errors_total", "Of the requests answered 200, those in which the device reports an error.");
        foreach (var (device, member, method, counts) in Counts(devices))
        {
            if (counts.Errors > 0)
                text.Sample(counts.Errors, ("device_type", device.DeviceType), ("device_number", Number(device)), ("member", member), ("method", method));
        }

        text.Counter("alpaca_device_errors_total", "Errors that devices reported, by the standard's error number; driver stands for a driver's own.");
        foreach (var (device, _) in devices)
        {
            foreach (var (error, count) in device.Meter.ReadErrors())
                text.Sample(count, ("device_type", device.DeviceType), ("device_number", Number(device)), ("error", error));
        }

        text.Histogram("alpaca_request_duration_seconds", "From the request's headers to the end of the reply, for reads, writes (and commands) and images.");
        foreach (var (device, _) in devices)
        {
            foreach (var (kind, durations) in ((string, LatencyHistogram)[])[("read", device.Meter.Reads), ("write", device.Meter.Writes), ("image", device.Meter.Images)])
            {
                if (!durations.IsEmpty)
                    text.Sample(durations, ("device_type", device.DeviceType), ("device_number", Number(device)), ("kind", kind));
            }
        }
    }

    private static IEnumerable<(RegisteredDevice Device, string Member, string Method, StatusCounts Counts)> Counts(
        IReadOnlyList<(RegisteredDevice Device, LinkStatus Link)> devices)
    {
        foreach (var (device, _) in devices)
        {
            for (var member = 0; member < device.Kind.Routes.Count; member++)
            {
                if (device.Meter.Read(member, isPut: false) is { } reads)
                    yield return (device, device.Kind.Routes[member], "GET", reads);
                if (device.Meter.Read(member, isPut: true) is { } writes)
                    yield return (device, device.Kind.Routes[member], "PUT", writes);
            }
        }
    }

    private static void WriteDevices(PrometheusText text, IReadOnlyList<(RegisteredDevice Device, LinkStatus Link)> devices)
    {
        text.Gauge("alpaca_device_info", "A published device; always 1.");
        foreach (var (device, _) in devices)
            text.Sample(1, ("device_type", device.DeviceType), ("device_number", Number(device)), ("name", device.Name), ("unique_id", device.UniqueId));

        text.Gauge("alpaca_device_link", "How a device stands to its hardware: 1 for the state it is in, 0 for the others.");
        foreach (var (device, link) in devices)
        {
            foreach (var state in Enum.GetValues<LinkState>())
                text.Sample(link.State == state ? 1 : 0, ("device_type", device.DeviceType), ("device_number", Number(device)), ("state", NameOf(state)));
        }

        text.Counter("alpaca_images_total", "Images sent.");
        foreach (var (device, _) in devices.Where(d => d.Device.Device is ICamera))
            text.Sample(device.Meter.ImageCount, ("device_type", device.DeviceType), ("device_number", Number(device)));
        text.Counter("alpaca_image_bytes_total", "Bytes of the images sent.");
        foreach (var (device, _) in devices.Where(d => d.Device.Device is ICamera))
            text.Sample(device.Meter.ImageBytes, ("device_type", device.DeviceType), ("device_number", Number(device)));

        var vitals = devices.Where(d => d.Device.Device is IDeviceVitals).Select(d => (d.Device, ((IDeviceVitals)d.Device.Device).Vitals)).ToList();
        Family(text.Gauge("alpaca_queue_depth", "Commands that wait for a device's loop."), v => v.QueueDepth);
        Family(text.Gauge("alpaca_queue_capacity", "Commands that may wait before more are refused."), v => v.QueueCapacity);
        Family(text.Counter("alpaca_queue_refusals_total", "Commands refused because the queue was full."), v => v.QueueRefusals);
        Family(text.Counter("alpaca_link_losses_total", "How often a link to hardware was lost."), v => v.LinkLosses);
        Family(text.Counter("alpaca_link_recoveries_total", "How often a lost link came back."), v => v.LinkRecoveries);
        Family(text.Counter("alpaca_link_errors_total", "Exchanges with hardware that failed and were repeated or given up."), v => v.LinkErrors);

        void Family(PrometheusText family, Func<DeviceVitals, long> value)
        {
            foreach (var (device, numbers) in vitals)
                family.Sample(value(numbers), ("device_type", device.DeviceType), ("device_number", Number(device)));
        }
    }
}
