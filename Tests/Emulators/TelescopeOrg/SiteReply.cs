using System.Text;

namespace Emulators.TelescopeOrg;

/// <summary>One answer of the fake site.</summary>
internal sealed record SiteReply(int Status, string Type, byte[] Body)
{
    /// <summary>How slowly the body is sent; 0 for at once.</summary>
    public int MillisecondsPerKiB { get; init; }

    /// <summary>Where a redirect leads.</summary>
    public string? Location { get; init; }

    public static SiteReply Html(string html) => Text(200, "text/html; charset=utf-8", html);

    public static SiteReply Json(string json) => Text(200, "application/json", json);

    public static SiteReply Error(int status) => Text(status, "text/html; charset=utf-8", $"<html><body><h1>Error {status}</h1></body></html>");

    public static SiteReply Text(int status, string type, string text) => new(status, type, Encoding.UTF8.GetBytes(text));
}
