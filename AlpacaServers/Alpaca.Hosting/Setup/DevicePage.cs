using Alpaca.Contract;
using Microsoft.AspNetCore.Http;

namespace Alpaca.Hosting;

/// <summary>A device's page: its readings, live; its settings; what it is; and what can be done safely from afar.</summary>
internal sealed class DevicePage(AlpacaHostOptions options)
{
    private const string Setup = "setup";

    /// <summary>Answers one of the device's pages; null if there is none of that name.</summary>
    public Task? Answer(AlpacaExchange exchange, DeviceAddress address, string page)
    {
        var request = exchange.Http.Request;
        if (HttpMethods.IsPost(request.Method))
            return AnswerPost(exchange, address, page);
        if (page is not (Setup or "state"))
            return null;
        RequestRouter.RequireGet(request);
        return page == Setup ? SendAsync(exchange, address, options.Settings?.DeviceForm(address.Type, address.Number), StatusCodes.Status200OK) : SendStateAsync(exchange, address);
    }

    private static string ActionPath(DeviceAddress address, string action) => $"{address.Base}/{action}";

    private static void WriteAbout(HtmlText page, RegisteredDevice device, IReadOnlyList<(string Label, Reading<string> Text)> facts)
    {
        page.Write($"<section class=\"card about\"><h2>About</h2><dl class=\"lines\">");
        foreach (var (label, text) in facts)
            page.Write($"<div><dt>{label}</dt><dd class=\"{(text.Error is null ? "" : "bad")}\">{text.Error ?? text.Value}</dd></div>");
        page.Write($"<div><dt>Unique id</dt><dd>{device.UniqueId}</dd></div></dl></section>\n");
    }

    private static async Task<IReadOnlyList<(string, Reading<string>)>> FactsAsync(IAlpacaDevice device, CancellationToken cancel) =>
    [
        ("Description", await Reading.OfAsync(device.DescriptionAsync, cancel)),
        ("Driver", await Reading.OfAsync(device.DriverInfoAsync, cancel)),
        ("Driver version", await Reading.OfAsync(device.DriverVersionAsync, cancel)),
        ("Interface version", (await Reading.OfAsync(device.InterfaceVersionAsync, cancel)).As(v => v.ToString(System.Globalization.CultureInfo.InvariantCulture))),
        ("Actions", (await Reading.OfAsync(device.SupportedActionsAsync, cancel)).As(list => list.Count == 0 ? "none" : string.Join(", ", list))),
    ];

    private static void WriteReadings(HtmlText page, DeviceAddress address, DeviceSnapshot snapshot, string? pending)
    {
        page.Write($"""
            <section class="card now" data-live="{ActionPath(address, "state")}"><h2>Now</h2>
            <p class="error" data-shows="fault" role="alert">{snapshot.Fault}</p><p class="pending" data-shows="pending" role="status">{pending}</p>
            <dl class="lines" data-shows="lines">
            """);
        foreach (var line in snapshot.Lines)
            page.Write($"<div><dt>{line.Label}</dt><dd class=\"{line.Tone}\">{line.Text}</dd></div>");
        page.Write($"</dl><p class=\"soft\" data-shows=\"empty\">{(snapshot.IsConnected ? "" : "Connect the device to see its readings.")}</p></section>\n");
    }

    private static void WriteButtons(HtmlText page, DeviceAddress address, IAlpacaDevice device, DeviceSnapshot snapshot)
    {
        page.Write($"<div class=\"actions\" data-commands>");
        WriteButton(page, address, "connect", "Connect", "primary", isHidden: snapshot.IsConnected);
        WriteButton(page, address, "disconnect", "Disconnect", "", isHidden: !snapshot.IsConnected);
        if (DeviceCommand.StopLabel(device) is { } stop)
            WriteButton(page, address, "stop", stop, "stop", isHidden: !snapshot.IsConnected);
        page.Write($"</div><p class=\"error\" id=\"command-error\" role=\"alert\"></p>\n");
    }

    private static void WriteButton(HtmlText page, DeviceAddress address, string action, string label, string cssClass, bool isHidden) => page.Write(
        $"<form method=\"post\" action=\"{ActionPath(address, action)}\" data-command=\"{action}\"{(isHidden ? new HtmlAttribute("hidden", "") : null)}><button type=\"submit\" class=\"{cssClass}\">{label}</button></form>");

    private static void WriteRemoval(HtmlText page, DeviceAddress address, SettingsForm form, bool isConnected)
    {
        page.Write($"""
            <section class="card remove"><h2>Remove</h2>
            <p class="soft">Takes the device out of the server and its entry out of the configuration file. {(isConnected ? "Disconnect it first." : "Clients that use it will not find it any more.")}</p>
            <form method="post" action="{ActionPath(address, "remove")}"><input type="hidden" name="{SettingsInput.RevisionField}" value="{form.Revision}">
            <label class="tick"><input type="checkbox" name="_confirm" value="yes"> Yes, remove it</label> <button type="submit" class="danger">Remove</button></form></section>

            """);
    }

    private async Task SendAsync(AlpacaExchange exchange, DeviceAddress address, SettingsForm? form, int status)
    {
        var pending = options.Settings?.Pending(address.Type, address.Number);
        var name = address.Registered?.Name ?? form?.Title ?? address.TypeWords;
        var page = PageFrame.Begin(exchange.Http, name, options.ServerName);
        var isConnected = false;
        if (address.Registered is { } device)
        {
            var snapshot = await DeviceSnapshot.OfAsync(device, exchange.Cancel);
            isConnected = snapshot.IsConnected;
            page.Write($"<div class=\"head\"><div><h1>{name}</h1><p class=\"soft\">{address.TypeWords} {address.Number}</p></div><p class=\"badge {snapshot.Tone}\" data-shows=\"connection\">{snapshot.Connection}</p></div>\n");
            WriteButtons(page, address, device.Device, snapshot);
            page.Write($"<div class=\"columns\">\n");
            WriteReadings(page, address, snapshot, pending);
        }
        else
        {
            page.Write($"<div class=\"head\"><div><h1>{name}</h1><p class=\"soft\">{address.TypeWords} {address.Number}</p></div><p class=\"badge\">not published</p></div>\n<div class=\"columns\">\n");
        }

        if (form is not null)
        {
            page.Write($"<section class=\"card options\"><h2>Settings</h2>\n");
            FormHtml.Write(page, form, ActionPath(address, Setup), "Save");
            page.Write($"</section>\n");
        }

        if (address.Registered is { } shown)
            WriteAbout(page, shown, await FactsAsync(shown.Device, exchange.Cancel));
        if (form is not null)
            WriteRemoval(page, address, form, isConnected);
        page.Write($"</div>\n");
        PageFrame.Send(exchange, page, status);
    }

    private async Task SendStateAsync(AlpacaExchange exchange, DeviceAddress address)
    {
        var pending = options.Settings?.Pending(address.Type, address.Number);
        var snapshot = address.Registered is { } device
            ? await DeviceSnapshot.OfAsync(device, exchange.Cancel)
            : new DeviceSnapshot("not published", "", false, null, [], []);
        SetupJson.Send(exchange, json => SetupJson.WriteDevice(json, snapshot, snapshot.Lines, pending));
    }

    private Task? AnswerPost(AlpacaExchange exchange, DeviceAddress address, string page)
    {
        if (page == Setup && options.Settings is { } settings)
            return SaveAsync(exchange, address, settings);
        if (page == "remove" && options.Settings is { } removing)
            return RemoveAsync(exchange, address, removing);
        return address.Registered is { } device && DeviceCommand.Run(page, device.Device, exchange.Cancel) is { } command ? CommandAsync(exchange, address, command) : null;
    }

    private async Task SaveAsync(AlpacaExchange exchange, DeviceAddress address, IServerSettings settings)
    {
        var result = await settings.SaveDeviceAsync(address.Type, address.Number, await ServerSettingsPages.InputAsync(exchange), exchange.Cancel);
        if (!result.IsDone && result.Form is { } wrong)
            await SendAsync(exchange, address, wrong with { Error = result.Message }, StatusCodes.Status422UnprocessableEntity);
        else
            PageFrame.Redirect(exchange, ActionPath(address, Setup), result.Message);
    }

    private static async Task RemoveAsync(AlpacaExchange exchange, DeviceAddress address, IServerSettings settings)
    {
        var input = await ServerSettingsPages.InputAsync(exchange);
        var result = input.Find("_confirm") == "yes"
            ? await settings.RemoveDeviceAsync(address.Type, address.Number, input, exchange.Cancel)
            : new SettingsResult(false, "Nothing was removed: tick the box beside the button to confirm.");
        PageFrame.Redirect(exchange, result.IsDone ? "/setup" : ActionPath(address, Setup), result.Message);
    }

    private static async Task CommandAsync(AlpacaExchange exchange, DeviceAddress address, Task<Reading<string>> command)
    {
        var outcome = await command;
        if (exchange.Http.Request.Headers.Accept.ToString().StartsWith("application/json", StringComparison.Ordinal))
        {
            SetupJson.Send(exchange, json =>
            {
                json.WriteStartObject();
                json.WriteString("error"u8, outcome.Error ?? "");
                json.WriteEndObject();
            });
            return;
        }

        PageFrame.Redirect(exchange, ActionPath(address, Setup), outcome.Error ?? outcome.Value);
    }
}
