using System.Net;

namespace DataServices.TelescopeOrg;

/// <summary>Where the site is, where its files are kept and how patient the client is.</summary>
public sealed record TelescopeOrgOptions
{
    /// <summary>The site. https, except on the loopback interface, where http is allowed for tests.</summary>
    public Uri BaseUrl { get; init; } = new("https://www.telescope.org/");

    /// <summary>Root of the job cache.</summary>
    public string CacheDirectory { get; init; } = Path.Combine(".cache", "jobs");

    /// <summary>The job cache is kept below this many bytes by removing the files unused for longest; null keeps everything.</summary>
    public long? MaxCacheBytes { get; init; }

    /// <summary>Shortest time between the starts of two requests to the site.</summary>
    public TimeSpan Spacing { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Most requests under way at once.</summary>
    public int MaxConcurrent { get; init; } = 2;

    /// <summary>How often a read is sent before its failure is reported.</summary>
    public int Tries { get; init; } = 4;

    /// <summary>Wait after the first failure; it doubles with each further one, and up to half of it is left out at random.</summary>
    public TimeSpan FirstBackOff { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest of those waits.</summary>
    public TimeSpan MaxBackOff { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest wait that the site may ask for (Retry-After); a longer one is reported as a failure at once.</summary>
    public TimeSpan MaxRetryAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Deadline of one page or API call, and longest silence within a download.</summary>
    public TimeSpan RequestDeadline { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long the image engine may take to make a file ready.</summary>
    public TimeSpan ReadyTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>First wait between two questions whether the file is ready; it grows to <see cref="MaxPoll"/>.</summary>
    public TimeSpan FirstPoll { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Longest wait between two questions whether the file is ready.</summary>
    public TimeSpan MaxPoll { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Budget of a processed download: the waits between its tries together stay below it (the original's <c>tout</c>).</summary>
    public TimeSpan ProcessedTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Wait between two tries of a processed download (the original's <c>retry</c>).</summary>
    public TimeSpan ProcessedRetry { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How often a file that arrives damaged or cut is fetched in all.</summary>
    public int DownloadTries { get; init; } = 3;

    /// <summary>Largest file accepted, bytes (a cube is about 14 MB).</summary>
    public long MaxFileBytes { get; init; } = 2L << 30;

    /// <summary>Whether a call after <see cref="TelescopeClient.LogoutAsync"/> logs in again; otherwise it is an <see cref="InvalidOperationException"/>.</summary>
    public bool LoginAfterLogout { get; init; }

    /// <summary>Who asks, with an address for the site's people to write to.</summary>
    public string UserAgent { get; init; } = AgentOf("the holder of this account");

    /// <summary>Seed of the jitter of the waits.</summary>
    public int JitterSeed { get; init; } = Environment.ProcessId;

    /// <summary>Told what is worth a look but no failure: a full result page, a file replaced, a config file others can read.</summary>
    public Action<string>? Warn { get; init; }

    /// <summary>The user agent of whoever can be written to at an address.</summary>
    public static string AgentOf(string contact)
    {
        ArgumentNullException.ThrowIfNull(contact);
        // Brackets would end the comment early, and nothing but ASCII is allowed in it.
        return $"Alpaca-DataServices/0.1 (contact: {string.Concat(contact.Where(c => c is >= ' ' and <= '~' and not ('(' or ')' or '\\')))})";
    }

    /// <summary>These options, checked.</summary>
    /// <exception cref="ArgumentException">Says which value is wrong and what it can be.</exception>
    public TelescopeOrgOptions Checked()
    {
        if (!BaseUrl.IsAbsoluteUri || BaseUrl.Scheme is not ("https" or "http"))
            throw new ArgumentException($"The base URL {BaseUrl} is not an address: write for example https://www.telescope.org/.");
        if (BaseUrl.Scheme == "http" && !IsLoopback(BaseUrl))
            throw new ArgumentException($"The base URL {BaseUrl} would send the password in clear text: use https (http is allowed for 127.0.0.1, [::1] and localhost only).");
        if (BaseUrl.UserInfo.Length > 0)
            throw new ArgumentException("The base URL holds a user name or password: leave it out, the configuration file or the environment is the place for it.");
        if (MaxConcurrent < 1 || Tries < 1 || DownloadTries < 1)
            throw new ArgumentException("The numbers of tries and of concurrent requests are at least 1.");
        return BaseUrl.AbsolutePath.EndsWith('/') ? this : this with { BaseUrl = new Uri(BaseUrl.GetLeftPart(UriPartial.Path) + "/") };
    }

    private static bool IsLoopback(Uri url) =>
        url.Host == "localhost" || (IPAddress.TryParse(url.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
