using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Alpaca.Client.Images;
using Alpaca.Contract;

namespace Alpaca.Client;

/// <summary>
/// The way to one Alpaca server, shared by the clients of all its devices. Every request has a deadline in real time; reads are repeated after a
/// failure of the link, writes and commands never; what goes wrong is either an AlpacaException (the device refused) or an <see cref="AlpacaLinkException"/>.
/// </summary>
public sealed class AlpacaConnection : IDisposable
{
    private const string Json = "application/json";
    private static readonly MediaTypeHeaderValue s_form = new("application/x-www-form-urlencoded");
    private readonly AlpacaClientOptions _options;
    private readonly HttpClient _http;
    private long _transaction;
    private long _requests;
    private long _retries;
    private long _linkFailures;
    private long _deviceErrors;
    private long _mismatched;

    /// <param name="baseAddress">The server's root, for example <c>http://127.0.0.1:11111/</c>.</param>
    /// <param name="options">Deadlines and the like.</param>
    public AlpacaConnection(Uri baseAddress, AlpacaClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(baseAddress);
        if (!baseAddress.IsAbsoluteUri || baseAddress.Scheme is not ("http" or "https"))
            throw new ArgumentException($"{baseAddress} is not a server's address. It looks like http://192.168.1.20:11111.", nameof(baseAddress));
        BaseAddress = baseAddress.AbsolutePath.EndsWith('/') ? baseAddress : new Uri(baseAddress.AbsoluteUri + "/");
        _options = options ?? new AlpacaClientOptions();
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ConnectTimeout = _options.ConnectTimeout,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            MaxConnectionsPerServer = 16,
        };
        if (_options.CertificateFingerprint is not null && BaseAddress.Scheme != Uri.UriSchemeHttps)
            throw new ArgumentException($"{BaseAddress} has no certificate whose fingerprint could be checked. Write https://, or leave the fingerprint out.", nameof(options));
        handler.SslOptions.RemoteCertificateValidationCallback = ServerTrust.CheckOf(_options);
        _http = new HttpClient(handler) { BaseAddress = BaseAddress, Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.Authorization = _options.Credential?.Header;
    }

    /// <summary>The server's root, with a slash at its end.</summary>
    public Uri BaseAddress { get; }

    /// <summary>This client's number.</summary>
    public uint ClientID => _options.ClientID;

    /// <summary>What has happened so far.</summary>
    public ClientCounters Counters => new(
        Volatile.Read(ref _requests),
        Volatile.Read(ref _retries),
        Volatile.Read(ref _linkFailures),
        Volatile.Read(ref _deviceErrors),
        Volatile.Read(ref _mismatched));

    public void Dispose() => _http.Dispose();

    internal ValueTask<T?> GetAsync<T>(string path, AlpacaArguments arguments, JsonValueReader<T> reader, RequestSubject subject, CancellationToken cancel) =>
        RepeatAsync(
            transaction => new HttpRequestMessage(HttpMethod.Get, $"{path}?{Parameters(arguments, transaction)}") { Headers = { { "Accept", Json } } },
            (response, transaction, token) => ReadJsonAsync(response, reader, transaction, subject, token),
            _options.RequestTimeout,
            subject,
            cancel);

    internal ValueTask<T?> PutAsync<T>(string path, AlpacaArguments arguments, JsonValueReader<T>? reader, RequestSubject subject, CancellationToken cancel) =>
        RepeatAsync(
            transaction => new HttpRequestMessage(HttpMethod.Put, path)
            {
                Headers = { { "Accept", Json } },
                Content = new ByteArrayContent(Encoding.ASCII.GetBytes(Parameters(arguments, transaction))) { Headers = { ContentType = s_form } },
            },
            (response, transaction, token) => ReadJsonAsync(response, reader, transaction, subject, token),
            _options.CommandTimeout,
            subject,
            cancel);

    internal async ValueTask<ImageArray> GetImageAsync(string path, RequestSubject subject, CancellationToken cancel) =>
        (await RepeatAsync(
            transaction => new HttpRequestMessage(HttpMethod.Get, $"{path}?{Parameters(default, transaction)}")
            {
                Headers = { { "Accept", ImageBytesHeader.MediaType }, { "Accept", Json } },
            },
            (response, transaction, token) => ReadImageAsync(response, transaction, subject, token),
            _options.ImageTimeout,
            subject,
            cancel))!;

    private string Parameters(AlpacaArguments arguments, uint transaction) =>
        FormattableString.Invariant($"{arguments}{(arguments.ToString().Length > 0 ? "&" : string.Empty)}ClientID={ClientID}&ClientTransactionID={transaction}");

    private async ValueTask<T?> RepeatAsync<T>(
        Func<uint, HttpRequestMessage> request,
        Func<HttpResponseMessage, uint, CancellationToken, ValueTask<T?>> read,
        TimeSpan timeout,
        RequestSubject subject,
        CancellationToken cancel)
    {
        using var hold = _options.AroundRequest?.Invoke();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        deadline.CancelAfter(timeout);
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await TryAsync(request, read, subject, deadline.Token);
            }
            catch (AlpacaLinkException e) when (!subject.IsCommand && attempt < _options.Retries && MayPass(e) && !deadline.IsCancellationRequested)
            {
                Interlocked.Increment(ref _linkFailures);
            }
            catch (AlpacaLinkException)
            {
                Interlocked.Increment(ref _linkFailures);
                throw;
            }
            catch (AlpacaException)
            {
                Interlocked.Increment(ref _deviceErrors);
                throw;
            }
            catch (Exception e) when (deadline.IsCancellationRequested && e is OperationCanceledException or (HttpRequestException and not AlpacaLinkException) or IOException)
            {
                cancel.ThrowIfCancellationRequested();
                Interlocked.Increment(ref _linkFailures);
                throw TimedOut(e);
            }

            try
            {
                // Sockets and their deadlines live in real time, so the pause between two attempts does too.
                await Task.Delay(_options.RetryDelay * (1 << attempt), TimeProvider.System, deadline.Token);
            }
            catch (OperationCanceledException e)
            {
                cancel.ThrowIfCancellationRequested();
                throw TimedOut(e);
            }

            Interlocked.Increment(ref _retries);
        }

        AlpacaLinkException TimedOut(Exception cause) => new(
            LinkFailure.Timeout,
            subject,
            FormattableString.Invariant($"no answer within {timeout.TotalSeconds:0.###} s. Check the server's load and log, and the network."),
            cause);
    }

    private async ValueTask<T?> TryAsync<T>(
        Func<uint, HttpRequestMessage> request,
        Func<HttpResponseMessage, uint, CancellationToken, ValueTask<T?>> read,
        RequestSubject subject,
        CancellationToken deadline)
    {
        var transaction = unchecked((uint)Interlocked.Increment(ref _transaction));
        Interlocked.Increment(ref _requests);
        try
        {
            using var message = request(transaction);
            using var response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, deadline);
            if (response.StatusCode != HttpStatusCode.OK)
                throw await StatusAsync(response, subject, deadline);
            return await read(response, transaction, deadline);
        }
        catch (JsonException e)
        {
            throw new AlpacaLinkException(LinkFailure.BrokenReply, subject, "the answer is not whole or not JSON.", e);
        }
        catch (InvalidDataException e)
        {
            throw new AlpacaLinkException(LinkFailure.InvalidReply, subject, $"the answer is not as the Alpaca standard wants it: {e.Message}", e);
        }
        catch (Exception e) when (!deadline.IsCancellationRequested && e is (HttpRequestException and not AlpacaLinkException) or IOException or OperationCanceledException)
        {
            throw LinkFailureOf(e, subject);
        }
    }

    private static AlpacaLinkException LinkFailureOf(Exception e, RequestSubject subject) =>
        e is OperationCanceledException
        || (e is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError })
            ? new(LinkFailure.Unreachable, subject, $"no connection ({e.InnerException?.Message ?? e.Message}). Check that the server runs, its address, its power and the network.", e)
            : new(LinkFailure.BrokenReply, subject, $"the connection broke before the answer was whole ({e.Message}).", e);

    /// <summary>Whether the same request may well succeed a moment later.</summary>
    private static bool MayPass(AlpacaLinkException e) =>
        e.Kind is LinkFailure.Unreachable or LinkFailure.BrokenReply || e.HttpStatus is 429 or >= 500;

    private static async ValueTask<AlpacaLinkException> StatusAsync(HttpResponseMessage response, RequestSubject subject, CancellationToken deadline)
    {
        var reason = string.Empty;
        if (response.Content.Headers.ContentType?.MediaType is "text/plain" or null)
        {
            using var body = await ReplyBody.ReadAsync(response.Content, deadline);
            reason = Encoding.UTF8.GetString(body.Bytes[..Math.Min(body.Bytes.Length, 300)]).Trim();
        }

        var status = (int)response.StatusCode;
        var advice = status switch
        {
            400 => "The server does not know the member or does not accept its parameters; its interface may be older.",
            401 => "The server asks for credentials, or for others than these: give the client a token or a name and password that the server knows.",
            403 or 421 => "The server does not let this client in; see its configuration.",
            404 => "The server has no such device, or the device no such member.",
            >= 300 and < 400 => "This is not the address of the Alpaca server itself.",
            _ => "See the server's log.",
        };
        return new AlpacaLinkException(LinkFailure.HttpStatus, subject, $"HTTP {status}{(reason.Length > 0 ? $" \"{reason}\"" : string.Empty)}. {advice}", status: status);
    }

    private async ValueTask<T?> ReadJsonAsync<T>(
        HttpResponseMessage response, JsonValueReader<T>? reader, uint transaction, RequestSubject subject, CancellationToken deadline)
    {
        ThrowUnlessJson(response, subject);
        using var body = await ReplyBody.ReadAsync(response.Content, deadline);
        long? echoed = null;
        try
        {
            return AlpacaReply.Read(body.Bytes, reader, out echoed);
        }
        finally
        {
            Compare(echoed, transaction);
        }
    }

    private async ValueTask<ImageArray?> ReadImageAsync(HttpResponseMessage response, uint transaction, RequestSubject subject, CancellationToken deadline)
    {
        var stream = await response.Content.ReadAsStreamAsync(deadline);
        if (response.Content.Headers.ContentType?.MediaType == ImageBytesHeader.MediaType)
        {
            return await ImageBytesReader.ReadAsync(
                stream, response.Content.Headers.ContentLength, _options.MaximumImageBytes, header => Compare(header.ClientTransactionID, transaction), deadline);
        }

        ThrowUnlessJson(response, subject);
        using var reader = new JsonImageReader(_options.MaximumImageBytes);
        var image = await reader.ReadAsync(stream, deadline);
        Compare(reader.Transaction, transaction);
        return image;
    }

    private void Compare(long? echoed, uint transaction)
    {
        if (echoed != transaction)
            Interlocked.Increment(ref _mismatched);
    }

    private static void ThrowUnlessJson(HttpResponseMessage response, RequestSubject subject)
    {
        // A missing type is a fault that many small servers have; JSON by another name is JSON.
        var type = response.Content.Headers.ContentType?.MediaType;
        if (type is null or Json or "text/json" || type.EndsWith("+json", StringComparison.Ordinal))
            return;
        throw new AlpacaLinkException(
            LinkFailure.ContentType, subject, $"the answer is {type}, not {Json}. The address may be that of a web site or of another program; check host and port.");
    }
}
