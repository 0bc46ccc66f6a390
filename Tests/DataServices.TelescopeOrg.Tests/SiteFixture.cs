using System.Collections.Concurrent;
using Emulators.TelescopeOrg;

namespace DataServices.TelescopeOrg.Tests;

/// <summary>A fake site of its own for every test, a cache directory and a client whose waits pass twenty times faster.</summary>
public abstract class SiteFixture : IAsyncLifetime
{
    private const double Rate = 20;
    private readonly List<TelescopeClient> _clients = [];
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("telescope-org-test-");

    protected TelescopeOrgSite Site { get; private set; } = null!;

    protected TimeProvider Clock { get; } = new FastClock(Rate);

    protected ConcurrentQueue<string> Warnings { get; } = [];

    protected string Folder => _directory.FullName;

    protected string Cache => Path.Combine(Folder, "cache");

    /// <summary>On a busy machine real requests take long on the fast clock: the deadlines that are not the test's subject are wide.</summary>
    protected TelescopeOrgOptions Options => new()
    {
        BaseUrl = Site.Url,
        CacheDirectory = Cache,
        Warn = Warnings.Enqueue,
        JitterSeed = 1,
        RequestDeadline = TimeSpan.FromMinutes(20),
        ReadyTimeout = TimeSpan.FromMinutes(60),
    };

    public async Task InitializeAsync() => Site = await TelescopeOrgSite.StartAsync();

    public async Task DisposeAsync()
    {
        foreach (var client in _clients)
            await client.DisposeAsync();
        await Site.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    protected TelescopeClient Client(Func<TelescopeOrgOptions, TelescopeOrgOptions>? adjust = null, string password = TelescopeOrgSite.Password)
    {
        var client = new TelescopeClient(new(TelescopeOrgSite.User, password), adjust is null ? Options : adjust(Options), Clock);
        _clients.Add(client);
        return client;
    }

    /// <summary>What reached the site since it began, but for the login.</summary>
    protected async Task<List<SiteLogEntry>> CallsAsync(string path) => [.. (await Site.LogAsync()).Where(entry => entry.Path == path)];

    protected async Task<List<SiteLogEntry>> ApiAsync(string request) => [.. (await CallsAsync("api-user.php")).Where(entry => entry.Field("request") == request)];

    protected string[] FilesInCache() => Directory.Exists(Cache)
        ? [.. Directory.EnumerateFiles(Cache, "*", SearchOption.AllDirectories).Where(path => !path.EndsWith(".lock", StringComparison.Ordinal)).Select(path => Path.GetRelativePath(Cache, path)).Order()]
        : [];
}
