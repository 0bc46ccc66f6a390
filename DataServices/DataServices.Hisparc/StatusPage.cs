using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace DataServices.Hisparc;

/// <summary>What the service shows of itself: events per station over the last day, lag, alarms.</summary>
public sealed class StatusPage(HisparcService service, TimeProvider clock)
{
    private static readonly TimeSpan _longestSilence = TimeSpan.FromMinutes(10);
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web);
    private readonly DateTimeOffset _since = clock.GetUtcNow();

    /// <summary>Whether the writer's loop turned lately. A rebuild of a large day may take minutes.</summary>
    public bool IsAlive => clock.GetUtcNow() - (service.Materialiser.Heartbeat > _since ? service.Materialiser.Heartbeat : _since) < _longestSilence;

    /// <summary>The same for programs.</summary>
    public string Json() => JsonSerializer.Serialize(new
    {
        Since = _since,
        service.IsReady,
        BacklogBytes = service.Backlog,
        LagSeconds = Lag,
        Alarms = service.Alarms.Current,
        Stations = service.Activity.Report(),
    }, _json);

    /// <summary>A page that refreshes itself and needs nothing from the network.</summary>
    public string Html()
    {
        var page = new StringBuilder("""
            <!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="refresh" content="10"><meta name="viewport" content="width=device-width">
            <title>HiSPARC</title><style>
            body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem;color:#222;background:#fff}
            table{border-collapse:collapse;width:100%}td,th{padding:.25rem .6rem;text-align:right;border-bottom:1px solid #ddd}
            td:nth-child(-n+2),th:nth-child(-n+2){text-align:left}.alarm{background:#fde8e8;padding:.5rem .8rem;margin:.3rem 0;border-left:4px solid #c00}
            .ok{color:#176b2c}svg{vertical-align:middle}rect{fill:#3a6ea5}
            @media(prefers-color-scheme:dark){body{color:#ddd;background:#181a1b}td,th{border-color:#444}.alarm{background:#4a1d1d}.ok{color:#7fd18f}rect{fill:#7fb2e5}}
            </style></head><body><h1>HiSPARC</h1>

            """);
        foreach (var alarm in service.Alarms.Current)
            page.Append(CultureInfo.InvariantCulture, $"<p class=\"alarm\">{WebUtility.HtmlEncode(alarm)}</p>\n");
        if (service.Alarms.Count == 0)
            page.Append("<p class=\"ok\">Everything is in order.</p>\n");
        page.Append(CultureInfo.InvariantCulture, $"<p>Since {_since:yyyy-MM-dd HH:mm} UTC. {service.Backlog / 1024} KiB wait to be written, the oldest for {Lag:F0} s.</p>\n");
        page.Append("<table><tr><th>station</th><th>cluster</th><th>last upload</th><th>events in 24 h</th><th>hour by hour</th></tr>\n");
        foreach (var station in service.Activity.Report())
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{station.Station}</td><td>{WebUtility.HtmlEncode(station.Cluster)}</td><td>{station.LastUpload:HH:mm:ss}</td>");
            page.Append(CultureInfo.InvariantCulture, $"<td>{station.EventsPerHour.Sum()}</td><td>{Bars(station.EventsPerHour)}</td></tr>\n");
        }

        return page.Append("</table></body></html>\n").ToString();
    }

    private double Lag => service.Materialiser.OldestWaiting is { } oldest ? Math.Max(0, (clock.GetUtcNow() - oldest).TotalSeconds) : 0;

    private static string Bars(IReadOnlyList<long> values)
    {
        const int width = 6, height = 24;
        var highest = Math.Max(1, values.Max());
        var bars = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"<svg width=\"{values.Count * width}\" height=\"{height}\" role=\"img\" aria-label=\"events per hour\">"));
        for (var i = 0; i < values.Count; i++)
        {
            var tall = (int)(height * values[i] / highest);
            bars.Append(CultureInfo.InvariantCulture, $"<rect x=\"{i * width}\" y=\"{height - tall}\" width=\"{width - 1}\" height=\"{tall}\"/>");
        }

        return bars.Append("</svg>").ToString();
    }
}
