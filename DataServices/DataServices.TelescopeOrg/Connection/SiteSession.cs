using System.Net;
using System.Security.Authentication;
using System.Text.Json;

namespace DataServices.TelescopeOrg;

/// <summary>The login: made when first needed, renewed once when the site asks for it, ended by a logout that is sent once.</summary>
internal sealed class SiteSession(SiteConnection connection, TelescopeOrgCredentials credentials, bool loginAfterLogout) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private int _generation;
    private volatile bool _loggedIn;
    private volatile bool _loggedOut;

    /// <summary>Logs in and proves it by a call that needs a login.</summary>
    /// <exception cref="AuthenticationException">User name or password are wrong.</exception>
    public Task LoginAsync(CancellationToken cancel) => RenewAsync(Volatile.Read(ref _generation), cancel);

    /// <summary>Runs a call within a session; when the site has forgotten the session, logs in again and repeats the call once.</summary>
    public async Task<T> RunAsync<T>(Func<Task<T>> call, CancellationToken cancel)
    {
        if (_loggedOut && !loginAfterLogout)
            throw new InvalidOperationException("This telescope.org client has logged out: create a new one (or set LoginAfterLogout).");
        // The generation first: a login that another task ends just now counts one up, and must not be made again.
        var generation = Volatile.Read(ref _generation);
        if (!_loggedIn)
        {
            await RenewAsync(generation, cancel);
            generation = Volatile.Read(ref _generation);
        }

        try
        {
            return await call();
        }
        catch (NotLoggedInException)
        {
            await RenewAsync(generation, cancel);
        }

        try
        {
            return await call();
        }
        catch (NotLoggedInException e)
        {
            throw new AuthenticationException($"{e.Message} It does so right after a login of {credentials.User}: look at the account in a browser.");
        }
    }

    /// <summary>Whether the site still knows the session. Asked when a call failed with words that may mean this or something else.</summary>
    public async Task<bool> IsAliveAsync(CancellationToken cancel)
    {
        try
        {
            return await FoldersAsync(cancel) is { Success: true, Data.ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) };
        }
        catch (NotLoggedInException)
        {
            return false;
        }
    }

    /// <summary>Ends the session; without one nothing is sent.</summary>
    public async Task LogoutAsync(CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            if (!_loggedIn)
                return;
            (_loggedIn, _loggedOut) = (false, true);
            await connection.TextAsync(new(HttpMethod.Post, "logout.php", Repeatable: false), cancel);
        }
        catch (NotLoggedInException)
        {
            // The session was over already, which is what was wanted.
        }
        finally
        {
            connection.ForgetCookies();
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    // Several tasks may see the session end at once: only the first of a generation logs in.
    private async Task RenewAsync(int generation, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            if (generation != _generation)
                return;
            _loggedIn = false;
            connection.ForgetCookies();
            await SendLoginAsync(cancel);
            if (!connection.HasCookies)
                throw Refused();
            var answer = await FoldersAsync(cancel);
            if (!answer.Success)
                throw answer.IsVague ? Refused() : new AuthenticationException($"telescope.org took the login of {credentials.User}, but refuses its folders with the status \"{answer.Status}\".");
            // Everybody has an inbox: no folders is how the site answers strangers.
            if (answer.Data.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
                throw Refused();
            (_loggedIn, _loggedOut) = (true, false);
            _generation++;
        }
        catch (NotLoggedInException)
        {
            throw Refused();
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task SendLoginAsync(CancellationToken cancel)
    {
        try
        {
            await connection.TextAsync(
                new(
                    HttpMethod.Post,
                    "login.php",
                    [new("action", "login"), new("username", credentials.User), new("password", credentials.Password), new("stayloggedin", "true")]),
                cancel);
        }
        catch (SiteUnavailableException e) when (connection.HasCookies && e.Status is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed)
        {
            // The page that the login leads to is of no interest; the proof is the next call.
        }
    }

    private async Task<ApiAnswer> FoldersAsync(CancellationToken cancel)
    {
        const string module = "request-manager", request = "0-get-my-folders";
        return ApiAnswer.Parse(module, request, await connection.TextAsync(ApiAnswer.Call(module, request, null), cancel));
    }

    private AuthenticationException Refused() =>
        new($"telescope.org did not accept the user name {credentials.User} with its password: check both in the configuration file.");
}
