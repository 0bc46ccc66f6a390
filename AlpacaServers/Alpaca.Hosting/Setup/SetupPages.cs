using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Alpaca.Hosting;

/// <summary>
/// The pages for people: one for the server, one per device, and forms for what may be set. They need no network beyond this server, and no script:
/// with it, readings stay live. What changes anything is a POST, which the gate lets in only from this server's own pages and from programs.
/// </summary>
internal sealed class SetupPages
{
    private const string DevicePages = "/setup/v1/";

    private static readonly byte[] s_style = Resource("setup.css");
    private static readonly byte[] s_script = Resource("setup.js");

    private readonly DeviceRegistry _devices;
    private readonly OverviewPage _overview;
    private readonly DevicePage _device;
    private readonly ServerSettingsPages? _settings;

    public SetupPages(AlpacaHostOptions options, DeviceRegistry devices)
    {
        _devices = devices;
        _overview = new OverviewPage(options, devices);
        _device = new DevicePage(options);
        _settings = options.Settings is { } settings ? new ServerSettingsPages(options, settings) : null;
    }

    public static string PagePath(string deviceType, uint number) => $"{DevicePages}{deviceType}/{number.ToString(CultureInfo.InvariantCulture)}/setup";

    /// <summary>Answers if the path is one of these pages, else returns false.</summary>
    public bool TryAnswer(AlpacaExchange exchange, ReadOnlySpan<char> path, out ValueTask answer)
    {
        answer = default;
        var request = exchange.Http.Request;
        switch (path)
        {
            case "/":
                RequestRouter.RequireGet(request);
                exchange.Http.Response.Headers.Location = "/setup";
                exchange.SendText(StatusCodes.Status302Found, PageFrame.Html, default);
                return true;
            case "/setup":
                RequestRouter.RequireGet(request);
                answer = _overview.SendAsync(exchange);
                return true;
            case "/setup/state":
                RequestRouter.RequireGet(request);
                answer = _overview.SendStateAsync(exchange);
                return true;
            case PageFrame.StylePath:
                RequestRouter.RequireGet(request);
                exchange.SendText(StatusCodes.Status200OK, "text/css; charset=utf-8", s_style);
                return true;
            case PageFrame.ScriptPath:
                RequestRouter.RequireGet(request);
                exchange.SendText(StatusCodes.Status200OK, "text/javascript; charset=utf-8", s_script);
                return true;
            case PageFrame.ThemePath:
                RequestRouter.RequireGet(request);
                PageFrame.ChooseTheme(exchange);
                return true;
            default:
                return path.StartsWith(DevicePages, StringComparison.Ordinal)
                    ? TryAnswerDevice(exchange, path[DevicePages.Length..], out answer)
                    : _settings is not null && _settings.TryAnswer(exchange, path, out answer);
        }
    }

    private static byte[] Resource(string name)
    {
        using var stream = typeof(SetupPages).Assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private bool TryAnswerDevice(AlpacaExchange exchange, ReadOnlySpan<char> path, out ValueTask answer)
    {
        answer = default;
        Span<Range> parts = stackalloc Range[4];
        if (path.Split(parts, '/') != 3 || !uint.TryParse(path[parts[1]], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return false;
        var (type, page) = (path[parts[0]].ToString(), path[parts[2]].ToString());
        var device = _devices.Find(type, number);
        if (device is null && _settings?.Knows(type, number) != true)
            return false;
        if (_device.Answer(exchange, new DeviceAddress(type, number, device), page) is not { } answered)
            return false;
        answer = new ValueTask(answered);
        return true;
    }
}
