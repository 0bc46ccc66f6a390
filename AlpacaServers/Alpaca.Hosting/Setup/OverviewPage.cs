namespace Alpaca.Hosting;

/// <summary>The server's page: what it is, its devices with their most important readings, and ways to change both.</summary>
internal sealed class OverviewPage(AlpacaHostOptions options, DeviceRegistry devices)
{
    public async ValueTask SendAsync(AlpacaExchange exchange)
    {
        var all = devices.Devices;
        var snapshots = await Task.WhenAll(all.Select(d => DeviceSnapshot.OfAsync(d, exchange.Cancel)));
        var page = PageFrame.Begin(exchange.Http, options.ServerName, "Alpaca");
        page.Write($"<h1>{options.ServerName}</h1>\n<p class=\"soft\">{(options.Location.Length > 0 ? options.Location + " \u00b7 " : "")}version {options.Version}</p>\n");
        if (options.Settings?.Summary is { Notice: { } notice } summary)
            WriteNotice(page, notice, summary);
        page.Write($"<h2>Devices</h2>\n");
        page.Write($"<p class=\"error banner\" id=\"trouble\" role=\"alert\"></p>\n<ul class=\"devices\" data-live=\"/setup/state\">\n");
        for (var i = 0; i < all.Count; i++)
            WriteCard(page, all[i], snapshots[i], options.Settings?.Pending(all[i].DeviceType, all[i].Number));
        page.Write($"</ul>\n");
        if (all.Count == 0)
            page.Write($"<p>This server publishes no devices.{(options.Settings is null ? "" : " Add one below.")}</p>\n");
        if (options.Settings is { } settings)
            WriteSettings(page, settings);
        page.Write($"<footer class=\"soft\"><a href=\"/openapi/v1.json\">API description</a>{(options.HasMetrics ? new HtmlLink("/metrics", "Metrics") : null)}</footer>\n");
        PageFrame.Send(exchange, page);
    }

    public async ValueTask SendStateAsync(AlpacaExchange exchange)
    {
        var all = devices.Devices;
        var snapshots = await Task.WhenAll(all.Select(d => DeviceSnapshot.OfAsync(d, exchange.Cancel)));
        SetupJson.Send(exchange, json =>
        {
            json.WriteStartObject();
            for (var i = 0; i < all.Count; i++)
            {
                json.WritePropertyName(Key(all[i]));
                SetupJson.WriteDevice(json, snapshots[i], snapshots[i].Headlines, options.Settings?.Pending(all[i].DeviceType, all[i].Number));
            }

            json.WriteEndObject();
        });
    }

    private static string Key(RegisteredDevice device) => FormattableString.Invariant($"{device.DeviceType}/{device.Number}");

    private static void WriteNotice(HtmlText page, string notice, SettingsSummary summary)
    {
        page.Write($"<div class=\"notice\"><p>{notice}</p>");
        if (summary.CanReload)
            page.Write($"<form method=\"post\" action=\"{ServerSettingsPages.ReloadPath}\"><button type=\"submit\">Read the file again</button></form>");
        page.Write($"</div>\n");
    }

    private static void WriteCard(HtmlText page, RegisteredDevice device, DeviceSnapshot snapshot, string? pending)
    {
        page.Write($"""
            <li class="card device" data-device="{Key(device)}"><a class="cover" href="{SetupPages.PagePath(device.DeviceType, device.Number)}">{device.Name}</a>
            <p class="soft">{DeviceAddress.TypeName(device.DeviceType)} {device.Number}</p>
            <p class="badge {snapshot.Tone}" data-shows="connection">{snapshot.Connection}</p>
            <dl class="lines" data-shows="lines">
            """);
        foreach (var line in snapshot.Headlines)
            page.Write($"<div><dt>{line.Label}</dt><dd class=\"{line.Tone}\">{line.Text}</dd></div>");
        page.Write($"</dl><p class=\"error\" data-shows=\"fault\">{snapshot.Fault}</p><p class=\"pending\" data-shows=\"pending\">{pending}</p></li>\n");
    }

    private static void WriteSettings(HtmlText page, IServerSettings settings)
    {
        if (settings.Dormant is { Count: > 0 } dormant)
        {
            page.Write($"<h2>Configured, not published</h2>\n<ul class=\"devices\">\n");
            foreach (var device in dormant)
                page.Write($"<li class=\"card device\"><a class=\"cover\" href=\"{SetupPages.PagePath(device.DeviceType, device.Number)}\">{device.Name}</a><p class=\"soft\">{DeviceAddress.TypeName(device.DeviceType)} {device.Number}</p><p class=\"badge\">{device.Reason}</p></li>\n");
            page.Write($"</ul>\n");
        }

        var summary = settings.Summary;
        page.Write($"""
            <p class="actions"><a class="button primary" href="{ServerSettingsPages.AddPath}">Add a device</a> <a class="button" href="{ServerSettingsPages.ServerPath}">Server settings</a></p>
            <p class="soft">Settings are kept in <code>{summary.Path}</code>{(summary.Exists ? "." : ", which will be made when something is saved.")}</p>

            """);
    }
}
