namespace DataServices.Hipercam;

/// <summary>Where a file server is: as given, or by the environment, or on this machine.</summary>
internal static class ServerAddress
{
    /// <summary>Default of both servers.</summary>
    public const string Default = "localhost:8007/";

    // The HiPERCAM variable has no scheme.
    public static Uri Hipercam(string? given) => Parse(given ?? Environment.GetEnvironmentVariable("HIPERCAM_DEFAULT_URL") ?? Default, "ws", ["ws", "wss"], "HIPERCAM_DEFAULT_URL");

    public static Uri Ultracam(string? given) =>
        Parse(given ?? Environment.GetEnvironmentVariable("ULTRACAM_DEFAULT_URL") ?? "http://" + Default, "http", ["http", "https"], "ULTRACAM_DEFAULT_URL");

    private static Uri Parse(string text, string scheme, string[] schemes, string variable)
    {
        var full = text.Contains("://", StringComparison.Ordinal) ? text : $"{scheme}://{text}";
        // A HiPERCAM server answers its listing over HTTP under the same address, so people may well give that.
        if (scheme == "ws" && full.StartsWith("http", StringComparison.Ordinal))
            full = "ws" + full["http".Length..];
        if (!full.EndsWith('/'))
            full += "/";
        return Uri.TryCreate(full, UriKind.Absolute, out var address) && schemes.Contains(address.Scheme)
            ? address
            : throw new ArgumentException($"\"{text}\" is not the address of a server: write {scheme}://HOST:PORT/ with --server or in {variable}.");
    }
}
