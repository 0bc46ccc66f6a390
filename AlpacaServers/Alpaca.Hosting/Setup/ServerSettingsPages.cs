using Microsoft.AspNetCore.Http;

namespace Alpaca.Hosting;

/// <summary>The pages that change the server: its own settings, adding a device, reading the configuration file again.</summary>
internal sealed class ServerSettingsPages(AlpacaHostOptions options, IServerSettings settings)
{
    public const string ServerPath = "/setup/server";
    public const string AddPath = "/setup/add";
    public const string ReloadPath = "/setup/reload";

    /// <summary>The form of a POST.</summary>
    /// <exception cref="RequestRefusedException">It is none.</exception>
    public static async ValueTask<SettingsInput> InputAsync(AlpacaExchange exchange)
    {
        try
        {
            return new SettingsInput(await FormBody.ReadAsync(exchange.Http.Request));
        }
        catch (InvalidDataException e)
        {
            throw new RequestRefusedException(StatusCodes.Status400BadRequest, $"This is not a form of these pages: {e.Message}");
        }
    }

    /// <summary>Whether a device is configured though it is not published.</summary>
    public bool Knows(string deviceType, uint number) => settings.Dormant.Any(d => d.DeviceType == deviceType && d.Number == number);

    public bool TryAnswer(AlpacaExchange exchange, ReadOnlySpan<char> path, out ValueTask answer)
    {
        var request = exchange.Http.Request;
        var isPost = HttpMethods.IsPost(request.Method);
        answer = default;
        switch (path)
        {
            case ServerPath when isPost:
                answer = SaveServerAsync(exchange);
                return true;
            case AddPath when isPost:
                answer = AddAsync(exchange);
                return true;
            case ReloadPath when isPost:
                answer = ReloadAsync(exchange);
                return true;
            case ServerPath:
                RequestRouter.RequireGet(request);
                SendServer(exchange, settings.ServerForm(), StatusCodes.Status200OK);
                return true;
            case AddPath:
                RequestRouter.RequireGet(request);
                SendAdd(exchange);
                return true;
            default:
                return false;
        }
    }

    private static (string Type, string Driver) Choice(HttpRequest request) => (request.Query["type"].ToString(), request.Query["driver"].ToString());

    private void SendServer(AlpacaExchange exchange, SettingsForm form, int status)
    {
        var page = PageFrame.Begin(exchange.Http, form.Title, options.ServerName).Write($"<h1>{form.Title}</h1>\n<section class=\"card narrow\">\n");
        FormHtml.Write(page, form, ServerPath, "Save");
        page.Write($"</section>\n");
        PageFrame.Send(exchange, page, status);
    }

    private void SendAdd(AlpacaExchange exchange)
    {
        var (type, driver) = Choice(exchange.Http.Request);
        if (settings.NewDeviceForm(type, driver) is { } form)
        {
            SendNew(exchange, type, driver, form, StatusCodes.Status200OK);
            return;
        }

        var page = PageFrame.Begin(exchange.Http, "Add a device", options.ServerName).Write($"<h1>Add a device</h1>\n<p class=\"soft\">Choose what it is.</p>\n<div class=\"drivers\">\n");
        foreach (var group in settings.Drivers.GroupBy(d => d.DeviceType).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            page.Write($"<section class=\"card\"><h2>{DeviceAddress.TypeName(group.Key)}</h2><ul>");
            foreach (var choice in group)
                page.Write($"<li><a href=\"{AddPath}?type={choice.DeviceType}&amp;driver={Uri.EscapeDataString(choice.Name)}\">{choice.Title}</a></li>");
            page.Write($"</ul></section>\n");
        }

        page.Write($"</div>\n");
        PageFrame.Send(exchange, page);
    }

    private void SendNew(AlpacaExchange exchange, string type, string driver, SettingsForm form, int status)
    {
        var page = PageFrame.Begin(exchange.Http, form.Title, options.ServerName).Write($"<h1>{form.Title}</h1>\n<p class=\"soft\"><a href=\"{AddPath}\">Another device</a></p>\n<section class=\"card narrow\">\n");
        FormHtml.Write(page, form, $"{AddPath}?type={Uri.EscapeDataString(type)}&driver={Uri.EscapeDataString(driver)}", "Add");
        page.Write($"</section>\n");
        PageFrame.Send(exchange, page, status);
    }

    private async ValueTask SaveServerAsync(AlpacaExchange exchange)
    {
        var result = await settings.SaveServerAsync(await InputAsync(exchange), exchange.Cancel);
        if (!result.IsDone && result.Form is { } wrong)
            SendServer(exchange, wrong with { Error = result.Message }, StatusCodes.Status422UnprocessableEntity);
        else
            PageFrame.Redirect(exchange, ServerPath, result.Message);
    }

    private async ValueTask AddAsync(AlpacaExchange exchange)
    {
        var (type, driver) = Choice(exchange.Http.Request);
        var result = await settings.AddDeviceAsync(type, driver, await InputAsync(exchange), exchange.Cancel);
        if (!result.IsDone && result.Form is { } wrong)
            SendNew(exchange, type, driver, wrong with { Error = result.Message }, StatusCodes.Status422UnprocessableEntity);
        else
            PageFrame.Redirect(exchange, result.Added is { } number ? SetupPages.PagePath(type, number) : "/setup", result.Message);
    }

    private async ValueTask ReloadAsync(AlpacaExchange exchange)
    {
        await InputAsync(exchange);
        PageFrame.Redirect(exchange, "/setup", (await settings.ReloadAsync(exchange.Cancel)).Message);
    }
}
