using System.Text.Json.Nodes;

namespace DataServices.TelescopeOrg;

/// <summary>
/// A client of the robotic telescopes of telescope.org: lists, pages, downloads with a cache, submissions. Any number of tasks may use one
/// client; it sends at most two requests at once and pauses between them.
/// </summary>
public sealed partial class TelescopeClient : IAsyncDisposable
{
    private readonly TelescopeOrgOptions _options;
    private readonly TimeProvider _clock;
    private readonly SiteConnection _connection;
    private readonly SiteSession _session;
    private readonly JobCache _cache;
    private int _disposed;

    /// <summary>A client that logs in when it is first used.</summary>
    /// <param name="credentials">User name and password.</param>
    /// <param name="options">Where and how.</param>
    /// <param name="clock">Time of every wait and deadline.</param>
    /// <exception cref="ArgumentException">An option is wrong.</exception>
    public TelescopeClient(TelescopeOrgCredentials credentials, TelescopeOrgOptions options, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(clock);
        (_options, _clock) = (options.Checked(), clock);
        _connection = new(_options, clock);
        _session = new(_connection, credentials, _options.LoginAfterLogout);
        _cache = new(_options, clock);
    }

    /// <summary>A client that has logged in, as the original's constructor does.</summary>
    /// <exception cref="System.Security.Authentication.AuthenticationException">User name or password are wrong.</exception>
    public static async Task<TelescopeClient> ConnectAsync(
        TelescopeOrgCredentials credentials, TelescopeOrgOptions options, TimeProvider clock, CancellationToken cancel = default)
    {
        var client = new TelescopeClient(credentials, options, clock);
        try
        {
            await client.LoginAsync(cancel);
            return client;
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }
    }

    /// <summary>Logs in now.</summary>
    /// <exception cref="System.Security.Authentication.AuthenticationException">User name or password are wrong.</exception>
    public Task LoginAsync(CancellationToken cancel = default) => _session.LoginAsync(cancel);

    /// <summary>Ends the session; without one nothing is sent.</summary>
    public Task LogoutAsync(CancellationToken cancel = default) => _session.LogoutAsync(cancel);

    /// <summary>Logs out. A site that does not answer then is told to <see cref="TelescopeOrgOptions.Warn"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        try
        {
            await _session.LogoutAsync(CancellationToken.None);
        }
        catch (SiteUnavailableException e)
        {
            _options.Warn?.Invoke($"The logout did not arrive: {e.Message}");
        }

        _session.Dispose();
        _constructing.Dispose();
        _connection.Dispose();
    }

    private Task<ApiAnswer> CallAsync(string module, string request, JsonObject? parameters, CancellationToken cancel) =>
        _session.RunAsync(() => CallOnceAsync(module, request, parameters, repeatable: true, cancel), cancel);

    // Without the session's renewal: for sequences that must begin anew when the session ends.
    private async Task<ApiAnswer> CallOnceAsync(string module, string request, JsonObject? parameters, bool repeatable, CancellationToken cancel)
    {
        var answer = ApiAnswer.Parse(module, request, await _connection.TextAsync(ApiAnswer.Call(module, request, parameters, repeatable), cancel));
        // How the site words the end of a session is not known: a bare refusal may be that.
        if (!answer.Success && answer.IsVague && !await _session.IsAliveAsync(cancel))
            throw new NotLoggedInException($"{ApiAnswer.Page} ({module}/{request})");
        return answer;
    }

    private Task<SitePage> PageAsync(SiteCall call, CancellationToken cancel) =>
        _session.RunAsync(async () => SitePage.Parse(call.Path, await _connection.TextAsync(call, cancel)), cancel);
}
