using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace DataServices.Hipercam;

/// <summary>The ATC file server: run names, XML, number of frames, and frames, over HTTP.</summary>
internal sealed partial class UltracamServerClient : IDisposable
{
    private const int Attempts = 3;
    private static readonly TimeSpan _deadline = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(250);
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, ConnectTimeout = _deadline }) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly Uri _run;
    private readonly TimeProvider _clock;

    public UltracamServerClient(Uri server, string run, TimeProvider clock)
    {
        _run = new Uri(server, run);
        _clock = clock;
    }

    /// <summary>What the server has, a name a line.</summary>
    public async Task<string> ListAsync(CancellationToken cancel) =>
        Encoding.UTF8.GetString(await GetAsync("?action=dir", cancel) ?? throw new RunNotFoundException($"{_run}: the server has no list of runs there."));

    public async Task<Stream> GetXmlAsync(CancellationToken cancel) =>
        new MemoryStream(await GetAsync("?action=get_xml", cancel) ?? throw new RunNotFoundException($"{_run}: the server has no such run."));

    public async Task<int> CountAsync(CancellationToken cancel)
    {
        var reply = await GetAsync("?action=get_num_frames", cancel) ?? throw new RunNotFoundException($"{_run}: the server has no such run.");
        var match = FrameCount().Match(Encoding.UTF8.GetString(reply));
        return match.Success && int.TryParse(match.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? count
            : throw new RunException($"{_run}: the reply to get_num_frames has no nframes=\"N\".");
    }

    /// <summary>A frame's bytes; null: not there yet.</summary>
    /// <param name="position">Its place in the run, from 1; the server counts from 0.</param>
    public Task<byte[]?> GetFrameAsync(int position, CancellationToken cancel) => GetAsync($"?action=get_frame&frame={position - 1}", cancel);

    public void Dispose() => _http.Dispose();

    // Only 404 means that there is nothing; anything else is tried again and then told.
    private async Task<byte[]?> GetAsync(string query, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (bytes, trouble) = await TryAsync(new Uri(_run.ToString() + query), cancel);
            if (trouble is null)
                return bytes;
            if (attempt == Attempts)
                throw new RunException($"{_run}{query}: {trouble} ({Attempts} attempts)");
            await Task.Delay(_pause * attempt, _clock, cancel);
        }
    }

    private async Task<(byte[]? Bytes, string? Trouble)> TryAsync(Uri address, CancellationToken cancel)
    {
        using var deadline = new CancellationTokenSource(_deadline, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancel);
        try
        {
            using var reply = await _http.GetAsync(address, either.Token);
            if (reply.StatusCode == HttpStatusCode.NotFound)
                return (null, null);
            return reply.IsSuccessStatusCode
                ? (await reply.Content.ReadAsByteArrayAsync(either.Token), null)
                : (null, $"the server answered {(int)reply.StatusCode} {reply.ReasonPhrase}");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return (null, $"no answer within {_deadline.TotalSeconds:0} s");
        }
        catch (HttpRequestException error)
        {
            return (null, error.Message);
        }
    }

    [GeneratedRegex("nframes\\s*=\\s*\"(\\d+)\"")]
    private static partial Regex FrameCount();
}
