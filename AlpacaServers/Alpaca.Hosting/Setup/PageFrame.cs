using Microsoft.AspNetCore.Http;

namespace Alpaca.Hosting;

/// <summary>What all pages have in common: head, colours, a message from the request before, foot, and the headers that keep a page to this server.</summary>
internal static class PageFrame
{
    public const string StylePath = "/setup/setup.css";
    public const string ScriptPath = "/setup/setup.js";
    public const string ThemePath = "/setup/theme";
    public const string Html = "text/html; charset=utf-8";

    private const string ThemeCookie = "alpaca-theme";
    private const string MessageCookie = "alpaca-message";
    private const int LongestMessage = 1500;

    /// <summary>Colours to choose from; the first is the usual one.</summary>
    private static readonly (string Name, string Label)[] s_themes = [("dark", "Dark"), ("light", "Light"), ("red", "Red")];

    /// <summary>Begins a page.</summary>
    /// <param name="home">The server's name, which leads back to the overview.</param>
    public static HtmlText Begin(HttpContext http, string title, string home)
    {
        var theme = s_themes.FirstOrDefault(t => t.Name == http.Request.Cookies[ThemeCookie]).Name ?? s_themes[0].Name;
        var page = new HtmlText().Write($"""
            <!DOCTYPE html>
            <html lang="en" data-theme="{theme}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="{(theme == "light" ? "light" : "dark")}">
            <title>{title}</title>
            <link rel="icon" href="data:,">
            <link rel="stylesheet" href="{StylePath}">
            <script src="{ScriptPath}" defer></script>
            </head>
            <body>
            <a class="skip" href="#content">To the content</a>
            <header class="bar"><a class="home" href="/setup">{(http.Request.Path == "/setup" ? "" : "\u2039 ")}{home}</a><nav class="themes" aria-label="Colours">
            """);
        foreach (var (name, label) in s_themes)
            page.Write($"<a href=\"{ThemePath}?to={name}&amp;from={Uri.EscapeDataString(http.Request.Path.Value ?? "")}\"{(name == theme ? new HtmlAttribute("aria-current", "true") : null)}>{label}</a>");
        page.Write($"</nav></header>\n<main id=\"content\">\n");
        if (http.Request.Cookies[MessageCookie] is { Length: > 0 } message)
        {
            http.Response.Cookies.Delete(MessageCookie, Cookie());
            page.Write($"<p class=\"message\" role=\"status\">{message}</p>\n");
        }

        return page;
    }

    /// <summary>Ends a page and sends it.</summary>
    public static void Send(AlpacaExchange exchange, HtmlText page, int status = StatusCodes.Status200OK)
    {
        page.Write($"</main>\n</body>\n</html>\n");
        var headers = exchange.Http.Response.Headers;
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        exchange.SendText(status, Html, page.ToBytes());
    }

    /// <summary>Sends the browser to another page, which shows the message once.</summary>
    public static void Redirect(AlpacaExchange exchange, string path, string? message = null)
    {
        if (message is not null)
            exchange.Http.Response.Cookies.Append(MessageCookie, message.Length <= LongestMessage ? message : message[..LongestMessage], Cookie(TimeSpan.FromMinutes(1)));
        exchange.Http.Response.Headers.Location = path;
        exchange.SendText(StatusCodes.Status303SeeOther, Html, default);
    }

    /// <summary>Remembers the colours and goes back to the page.</summary>
    public static void ChooseTheme(AlpacaExchange exchange)
    {
        var query = exchange.Http.Request.Query;
        if (s_themes.FirstOrDefault(t => t.Name == query["to"]).Name is { } theme)
            exchange.Http.Response.Cookies.Append(ThemeCookie, theme, Cookie(TimeSpan.FromDays(3650)));
        var from = query["from"].ToString();
        Redirect(exchange, from == "/setup" || from.StartsWith("/setup/", StringComparison.Ordinal) ? from : "/setup");
    }

    private static CookieOptions Cookie(TimeSpan? life = null) => new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/setup", MaxAge = life };
}
