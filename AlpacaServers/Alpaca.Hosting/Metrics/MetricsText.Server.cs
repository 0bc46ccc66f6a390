using System.Globalization;

namespace Alpaca.Hosting;

/// <content>What is not about one device: other pages, refusals, connections, discovery, the process.</content>
internal sealed partial class MetricsText
{
    private void WriteServer(PrometheusText text)
    {
        text.Counter("alpaca_page_requests_total", "Requests that are for no device, by what they are for and by HTTP status.");
        foreach (var page in Enum.GetValues<PageKind>())
        {
            foreach (var (status, count) in server.Pages(page).Read())
                text.Sample(count, ("page", NameOf(page)), ("status", status));
        }

        text.Counter("alpaca_refused_total", "Requests and connections refused or broken off, by reason.");
        foreach (var reason in Enum.GetValues<Refusal>())
            text.Sample(server.Refusals(reason), ("reason", NameOf(reason)));

        text.Gauge("alpaca_images_in_flight", "Images that are being read from a camera or sent.").Sample(images.InFlight);
        text.Gauge("alpaca_images_waiting", "Clients that wait because as many images as allowed are in flight.").Sample(images.Waiting);
        text.Counter("alpaca_images_refused_total", "Clients that have waited for an image in vain.").Sample(images.Refused);
        text.Gauge("alpaca_connections", "Connections that are open.").Sample(connections.Open);
        text.Counter("alpaca_connections_total", "Connections that were accepted.").Sample(connections.Accepted);
        text.Gauge("alpaca_connections_limit", "Connections that may be open at once.").Sample(connections.Limit);
        text.Gauge("alpaca_client_addresses", "Addresses that hold connections.").Sample(connections.Addresses);

        if (discovery() is not { } d)
            return;
        text.Counter("alpaca_discovery_datagrams_total", "Datagrams on the discovery port, by what became of them.");
        foreach (var (result, count) in ((string, long)[])
            [("answered", d.Answered), ("malformed", d.Malformed), ("oversized", d.Oversized), ("limited", d.Limited), ("foreign", d.Foreign), ("failed", d.Failed)])
        {
            text.Sample(count, ("result", result));
        }
    }

    private void WriteProcess(PrometheusText text)
    {
        text.Gauge("process_resident_memory_bytes", "Memory the process holds.").Sample(Environment.WorkingSet);
        text.Counter("process_cpu_seconds_total", "Processor time used.").Sample(Environment.CpuUsage.TotalTime.TotalSeconds);
        text.Gauge("process_start_time_seconds", "When the server began, Unix time.").Sample(server.Started.ToUnixTimeMilliseconds() / 1000.0);
        text.Gauge("dotnet_gc_heap_bytes", "Objects on the managed heap, garbage included.").Sample(GC.GetTotalMemory(forceFullCollection: false));
        text.Gauge("dotnet_gc_committed_bytes", "Memory committed for the managed heap at the last collection.").Sample(GC.GetGCMemoryInfo().TotalCommittedBytes);
        text.Counter("dotnet_gc_allocated_bytes_total", "Bytes allocated on the managed heap.").Sample(GC.GetTotalAllocatedBytes());
        text.Counter("dotnet_gc_collections_total", "Garbage collections, by generation; higher ones count as lower ones too.");
        for (var generation = 0; generation <= GC.MaxGeneration; generation++)
            text.Sample(GC.CollectionCount(generation), ("generation", generation.ToString(CultureInfo.InvariantCulture)));
        text.Counter("dotnet_gc_pause_seconds_total", "Time in which everything stood still for garbage collection.").Sample(GC.GetTotalPauseDuration().TotalSeconds);
        text.Gauge("dotnet_threadpool_threads", "Threads of the pool.").Sample(ThreadPool.ThreadCount);
        text.Gauge("dotnet_threadpool_queue_length", "Work that waits for a thread of the pool.").Sample(ThreadPool.PendingWorkItemCount);
    }
}
