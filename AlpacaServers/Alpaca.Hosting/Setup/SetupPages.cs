using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Alpaca.Hosting;

/// <summary>
/// The pages for people: one for the server, one per device. They need no network beyond this server, and no script to be read;
/// with a script they stay live and can connect a device.
/// </summary>
internal sealed class SetupPages(AlpacaHostOptions options, DeviceRegistry devices)
{
    private const string Html = "text/html; charset=utf-8";
    private const string DevicePages = "/setup/v1/";
    private const string StylePath = "/setup/setup.css";
    private const string ScriptPath = "/setup/setup.js";

    private static readonly byte[] s_style = Resource("setup.css");
    private static readonly byte[] s_script = Resource("setup.js");

    /// <summary>Answers if the path is one of these pages, else returns false.</summary>
    public bool TryAnswer(AlpacaExchange exchange, ReadOnlySpan<char> path, out ValueTask answer)
    {
        answer = default;
        switch (path)
        {
            case "/":
                RequestRouter.RequireGet(exchange.Http.Request);
                exchange.Http.Response.Headers.Location = "/setup";
                exchange.SendText(StatusCodes.Status302Found, Html, default);
                return true;
            case "/setup":
                RequestRouter.RequireGet(exchange.Http.Request);
                answer = SendServerAsync(exchange);
                return true;
            case StylePath:
                RequestRouter.RequireGet(exchange.Http.Request);
                exchange.SendText(StatusCodes.Status200OK, "text/css; charset=utf-8", s_style);
                return true;
            case ScriptPath:
                RequestRouter.RequireGet(exchange.Http.Request);
                exchange.SendText(StatusCodes.Status200OK, "text/javascript; charset=utf-8", s_script);
                return true;
            case var _ when path.StartsWith(DevicePages, StringComparison.Ordinal) && Find(path[DevicePages.Length..]) is { } device:
                RequestRouter.RequireGet(exchange.Http.Request);
                answer = SendDeviceAsync(exchange, device);
                return true;
            default:
                return false;
        }
    }

    private static byte[] Resource(string name)
    {
        using var stream = typeof(SetupPages).Assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static string ApiPath(RegisteredDevice device) => $"/api/v1/{device.DeviceType}/{device.Number.ToString(CultureInfo.InvariantCulture)}";

    private static string PagePath(RegisteredDevice device) => $"{DevicePages}{device.DeviceType}/{device.Number.ToString(CultureInfo.InvariantCulture)}/setup";

    private static void Send(AlpacaExchange exchange, HtmlText page)
    {
        var headers = exchange.Http.Response.Headers;
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        exchange.SendText(StatusCodes.Status200OK, Html, page.ToBytes());
    }

    private static HtmlText Begin(string title) => new HtmlText().Raw(
        $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>
        """).Text(title).Raw(
        $"""
        </title>
        <link rel="icon" href="data:,">
        <link rel="stylesheet" href="{StylePath}">
        <script src="{ScriptPath}" defer></script>
        </head>
        <body>
        <h1>
        """).Text(title).Raw("</h1>\n");

    private static void WriteConnection(HtmlText page, RegisteredDevice device, Reading<bool> connected) => page
        .Raw($"<span data-shows=\"connection\" data-device=\"{ApiPath(device)}\" class=\"{(connected.Is(true) ? "is-on" : "is-off")}\">")
        .Text(connected.Error ?? (connected.Is(true) ? "connected" : "not connected"))
        .Raw("</span>");

    private static void WriteRow(HtmlText page, string name, string value, string? cssClass = null)
    {
        page.Raw("<tr><th>").Text(name).Raw(cssClass is null ? "</th><td>" : $"</th><td class=\"{cssClass}\">").Text(value).Raw("</td></tr>\n");
    }

    private static void WriteRow(HtmlText page, string name, Reading<string> value) =>
        WriteRow(page, name, value.Error ?? value.Value!, value.Error is null ? null : "error");

    private RegisteredDevice? Find(ReadOnlySpan<char> path)
    {
        Span<Range> parts = stackalloc Range[4];
        return path.Split(parts, '/') == 3
            && path[parts[2]] is "setup"
            && uint.TryParse(path[parts[1]], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? devices.Find(path[parts[0]], number)
            : null;
    }

    private async ValueTask SendServerAsync(AlpacaExchange exchange)
    {
        var page = Begin(options.ServerName);
        page.Raw("<p class=\"soft\">Version ").Text(options.Version).Raw(", ").Text(options.Manufacturer);
        if (options.Location.Length > 0)
            page.Raw(", ").Text(options.Location);
        page.Raw("</p>\n<h2>Devices</h2>\n<ul class=\"devices\">\n");
        var all = devices.Devices;
        var connected = await Task.WhenAll(all.Select(d => Reading.OfAsync(d.Device.ConnectedAsync, exchange.Cancel)));
        for (var i = 0; i < all.Count; i++)
        {
            page.Raw($"<li class=\"card\"><a href=\"{PagePath(all[i])}\">").Text(all[i].Name).Raw("</a><p class=\"soft\">").Text($"{all[i].DeviceType} {all[i].Number}").Raw(": ");
            WriteConnection(page, all[i], connected[i]);
            page.Raw("</p></li>\n");
        }

        page.Raw(all.Count == 0 ? "</ul>\n<p>This server has no devices.</p>\n" : "</ul>\n");
        page.Raw("<p class=\"soft\"><a href=\"/openapi/v1.json\">API description</a></p>\n</body>\n</html>\n");
        Send(exchange, page);
    }

    private static async ValueTask SendDeviceAsync(AlpacaExchange exchange, RegisteredDevice device)
    {
        var (driver, cancel) = (device.Device, exchange.Cancel);
        var connected = await Reading.OfAsync(driver.ConnectedAsync, cancel);
        var state = await Reading.OfAsync(driver.DeviceStateAsync, cancel);
        var actions = await Reading.OfAsync(driver.SupportedActionsAsync, cancel);
        var isConnected = connected.Is(true);

        var page = Begin(device.Name).Raw("<p><a href=\"/setup\">All devices</a></p>\n<p>");
        WriteConnection(page, device, connected);
        page.Raw($"</p>\n<p><button id=\"connect\" data-device=\"{ApiPath(device)}\" data-verb=\"{(isConnected ? "disconnect" : "connect")}\">")
            .Raw(isConnected ? "Disconnect" : "Connect").Raw("</button></p>\n<p id=\"connect-error\" class=\"error\"></p>\n<div class=\"card\"><table>\n");
        WriteRow(page, "Type", $"{device.DeviceType} {device.Number}");
        WriteRow(page, "Description", await Reading.OfAsync(driver.DescriptionAsync, cancel));
        WriteRow(page, "Driver", await Reading.OfAsync(driver.DriverInfoAsync, cancel));
        WriteRow(page, "Driver version", await Reading.OfAsync(driver.DriverVersionAsync, cancel));
        WriteRow(page, "Interface version", (await Reading.OfAsync(driver.InterfaceVersionAsync, cancel)).As(v => v.ToString(CultureInfo.InvariantCulture)));
        WriteRow(page, "Actions", actions.As(list => list.Count == 0 ? "none" : string.Join(", ", list)));
        WriteRow(page, "Unique id", device.UniqueId);
        page.Raw($"</table></div>\n<h2>State</h2>\n<div class=\"card\"><p id=\"state-error\" class=\"error\">").Text(state.Error ?? "")
            .Raw($"</p><table><tbody data-shows=\"state\" data-device=\"{ApiPath(device)}\">\n");
        foreach (var (name, value) in state.Value ?? [])
            WriteRow(page, name, Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");
        page.Raw("</tbody></table></div>\n</body>\n</html>\n");
        Send(exchange, page);
    }
}
