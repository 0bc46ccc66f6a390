using System.Net;
using System.Net.Sockets;

namespace DataServices.TelescopeOrg;

/// <summary>The one HTTP client of a site: spacing, at most a few requests at once, deadlines, retries of what may be repeated, redirects within the site only.</summary>
internal sealed class SiteConnection : IDisposable
{
    private const int MaxRedirects = 5;
    private const long MaxPageBytes = 32 << 20;
    private readonly TelescopeOrgOptions _options;
    private readonly TimeProvider _clock;
    private readonly CookieContainer _cookies = new();
    private readonly HttpClient _http;
    private readonly RequestGate _gate;
    private readonly Random _jitter;
    private readonly string _site;

    /// <param name="options">The address, and how patient to be.</param>
    /// <param name="clock">Time of spacing and waits.</param>
    /// <param name="site">The site's name in messages.</param>
    public SiteConnection(TelescopeOrgOptions options, TimeProvider clock, string site = "telescope.org")
    {
        (_options, _clock, _site) = (options, clock, site);
        // Redirects are followed by hand: the handler would repeat a POST with the password to whatever host it is sent to.
        var handler = new SocketsHttpHandler { CookieContainer = _cookies, AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.All };
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan, BaseAddress = options.BaseUrl };
        if (!_http.DefaultRequestHeaders.UserAgent.TryParseAdd(options.UserAgent))
            throw new ArgumentException($"The user agent \"{options.UserAgent}\" is not valid: write \"name/version (comment with an address)\".");
        _gate = new RequestGate(clock, options.MaxConcurrent, options.Spacing);
        _jitter = new Random(options.JitterSeed);
    }

    public bool HasCookies => _cookies.GetCookies(_options.BaseUrl).Count > 0;

    public void ForgetCookies()
    {
        foreach (Cookie cookie in _cookies.GetCookies(_options.BaseUrl))
            cookie.Expired = true;
    }

    /// <summary>Sends a call and reads its bytes.</summary>
    public Task<byte[]> BytesAsync(SiteCall call, CancellationToken cancel) =>
        SendAsync(
            call,
            async (response, deadline) =>
            {
                await response.Content.LoadIntoBufferAsync(MaxPageBytes, deadline.Token);
                return await response.Content.ReadAsByteArrayAsync(deadline.Token);
            },
            cancel);

    /// <summary>Sends a call and reads its text.</summary>
    public Task<string> TextAsync(SiteCall call, CancellationToken cancel) =>
        SendAsync(
            call,
            async (response, deadline) =>
            {
                await response.Content.LoadIntoBufferAsync(MaxPageBytes, deadline.Token);
                return SiteText.Decode(await response.Content.ReadAsByteArrayAsync(deadline.Token), response.Content.Headers.ContentType?.CharSet);
            },
            cancel);

    /// <summary>Sends a call, again when it failed for a passing reason and may be repeated. The slot is held until <paramref name="read"/> is done.</summary>
    /// <param name="read">Reads the answer. It is given the deadline, which it may prolong while bytes arrive.</param>
    /// <exception cref="SiteUnavailableException">No answer, or an HTTP error.</exception>
    public async Task<T> SendAsync<T>(SiteCall call, Func<HttpResponseMessage, CancellationTokenSource, Task<T>> read, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            SiteUnavailableException failure;
            TimeSpan? asked = null;
            // The deadline is the site's: it begins when a slot is free, however long the downloads of others hold them.
            using (await _gate.EnterAsync(cancel))
            using (var deadline = new CancellationTokenSource(_options.RequestDeadline, _clock))
            using (var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancel))
            {
                try
                {
                    using var response = await FollowAsync(call, deadline, either.Token);
                    if (response.IsSuccessStatusCode)
                    {
                        using var reading = new Prolonged(deadline, either);
                        return await read(response, reading.Source);
                    }

                    if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
                        throw new NotLoggedInException(call.Path);
                    failure = new($"{_site} answered {(int)response.StatusCode} {response.ReasonPhrase} to {call}.", response.StatusCode);
                    if (!IsPassing(response.StatusCode))
                        throw failure;
                    asked = RetryAfter(response);
                }
                catch (OperationCanceledException) when (!cancel.IsCancellationRequested && deadline.IsCancellationRequested)
                {
                    failure = new($"{_site} did not answer {call} within {_options.RequestDeadline.TotalSeconds:0.#} s.", status: null);
                }
                catch (Exception e) when (e is HttpRequestException or HttpIOException || (e is IOException && e.InnerException is SocketException))
                {
                    failure = new($"{_site} cannot be reached ({call}): {e.Message} Check the network and the base URL {_options.BaseUrl}.", status: null, e);
                }
            }

            if (!call.Repeatable || attempt >= _options.Tries || asked > _options.MaxRetryAfter)
                throw failure;
            await BackOffAsync(attempt, asked, cancel);
        }
    }

    /// <summary>Waits as the site asked, or 1, 2, 4 ... seconds less up to a half at random.</summary>
    public Task BackOffAsync(int attempt, TimeSpan? asked, CancellationToken cancel)
    {
        double fraction;
        lock (_jitter)
            fraction = 1 - _jitter.NextDouble() / 2;
        var wait = TimeSpan.FromSeconds(Math.Min(_options.MaxBackOff.TotalSeconds, _options.FirstBackOff.TotalSeconds * Math.Pow(2, attempt - 1)) * fraction);
        return Task.Delay(asked > wait ? asked.Value : wait, _clock, cancel);
    }

    public void Dispose()
    {
        _http.Dispose();
        _gate.Dispose();
    }

    private async Task<HttpResponseMessage> FollowAsync(SiteCall call, CancellationTokenSource deadline, CancellationToken cancel)
    {
        var (method, form, url) = (call.Method, call.Form, new Uri(_options.BaseUrl, call.Path));
        RequireSameSite(url, call.Path);
        for (var hop = 0; ; hop++)
        {
            await _gate.SpaceAsync(cancel);
            deadline.CancelAfter(_options.RequestDeadline);
            using var request = new HttpRequestMessage(method, url);
            if (method == HttpMethod.Post)
                request.Content = call.Body?.Invoke() ?? new FormUrlEncodedContent(form ?? []);
            var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            if ((int)response.StatusCode is < 300 or >= 400 || response.Headers.Location is not { } location)
                return response;

            var status = response.StatusCode;
            response.Dispose();
            url = new Uri(url, location);
            RequireSameSite(url, call.Path);
            // The login page itself is not fetched: being sent there says it all.
            if (IsLoginPage(url) && !IsLoginPage(new Uri(_options.BaseUrl, call.Path)))
                throw new NotLoggedInException(call.Path);
            if (hop == MaxRedirects)
                throw new SiteUnavailableException($"{_site} redirects {call} in a circle.", status);
            if (status is not (HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect))
                (method, form) = (HttpMethod.Get, null);
        }
    }

    private void RequireSameSite(Uri url, string page)
    {
        if (url.Scheme != _options.BaseUrl.Scheme || url.Authority != _options.BaseUrl.Authority)
        {
            throw new SiteFormatException(
                $"{_site}: the page {page} leads to another host, {url.Scheme}://{url.Authority}, which is not followed. Set the base URL to it if it is right.");
        }
    }

    private static bool IsLoginPage(Uri url) => url.AbsolutePath.EndsWith("/login.php", StringComparison.OrdinalIgnoreCase);

    private static bool IsPassing(HttpStatusCode status) =>
        status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout || (int)status >= 500;

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date > _clock.GetUtcNow() ? date - _clock.GetUtcNow() : TimeSpan.Zero,
        _ => null,
    };

    /// <summary>One token for "too late" and "cancelled", and one handle to move the deadline.</summary>
    private sealed class Prolonged : IDisposable
    {
        private readonly CancellationTokenRegistration _registration;

        public Prolonged(CancellationTokenSource deadline, CancellationTokenSource either)
        {
            Source = deadline;
            // The reader waits on the deadline's token alone; a cancelled caller ends it too.
            _registration = either.Token.Register(static source => ((CancellationTokenSource)source!).Cancel(), deadline);
        }

        public CancellationTokenSource Source { get; }

        public void Dispose() => _registration.Dispose();
    }
}
