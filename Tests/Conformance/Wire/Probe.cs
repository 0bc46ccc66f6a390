using System.Net.Http.Headers;
using System.Text;
using Alpaca.Client;

namespace Conformance.Wire;

/// <summary>Sends requests exactly as told, right or wrong, and takes whatever comes back. Never throws for what a server does.</summary>
public sealed class Probe : IDisposable
{
    private readonly HttpClient _client;
    private readonly TimeProvider _clock;
    private readonly ServerAccess _access;
    private int _requests;
    private int _transaction = 1000;

    /// <param name="server">The root of the server's URLs.</param>
    /// <param name="deadline">How long a reply may take: blocking members included.</param>
    /// <param name="access">How to get into a protected server.</param>
    /// <param name="transport">What carries the requests; null for HTTP over TCP.</param>
    public Probe(Uri server, TimeSpan deadline, TimeProvider clock, ServerAccess access, HttpMessageHandler? transport = null)
    {
        Server = server;
        Deadline = deadline;
        _clock = clock;
        _access = access;
        var handler = transport ?? new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            SslOptions = new() { RemoteCertificateValidationCallback = ServerTrust.CheckOf(access.Options) },
        };
        _client = new HttpClient(handler) { BaseAddress = server, Timeout = Timeout.InfiniteTimeSpan };
        access.Options.Credential?.AddTo(_client.DefaultRequestHeaders);
    }

    public Uri Server { get; }

    /// <summary>How long a reply may take.</summary>
    public TimeSpan Deadline { get; set; }

    /// <summary>Requests sent so far.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>A number for ClientTransactionID that no request has had yet.</summary>
    public uint NextTransaction() => (uint)Interlocked.Increment(ref _transaction);

    /// <summary>A request as a command that can be pasted into a shell; it shows no secret.</summary>
    public string ToCurl(Sent sent) => sent.ToCurl(Server, _access.CurlOptions);

    public async Task<Reply> SendAsync(Sent sent, CancellationToken cancel)
    {
        Interlocked.Increment(ref _requests);
        using var request = new HttpRequestMessage(new HttpMethod(sent.Verb), sent.Target);
        request.Headers.TryAddWithoutValidation("Accept", sent.Accept ?? "application/json");
        if (sent.Form is { } form)
            request.Content = new StringContent(Sent.Encode(form), new MediaTypeHeaderValue("application/x-www-form-urlencoded"));
        var started = _clock.GetTimestamp();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        deadline.CancelAfter(Deadline);
        try
        {
            using var response = await _client.SendAsync(request, deadline.Token);
            var body = await response.Content.ReadAsByteArrayAsync(deadline.Token);
            return new Reply((int)response.StatusCode, response.Content.Headers.ContentType?.ToString(), body, sent, _clock.GetElapsedTime(started));
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return None($"no reply within {Deadline.TotalSeconds:0} s");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return None($"no HTTP reply: {e.Message}{(e.InnerException is { } inner ? $" ({inner.Message})" : "")}");
        }

        Reply None(string why) => new(0, null, Encoding.UTF8.GetBytes(why), sent, _clock.GetElapsedTime(started));
    }

    public void Dispose() => _client.Dispose();
}
