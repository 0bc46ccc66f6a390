using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DataServices.Hisparc.Events;
using DataServices.Hisparc.Log;
using DataServices.Hisparc.Pickle;
using DataServices.Hisparc.Stations;
using DataServices.Hisparc.Store;
using Microsoft.Extensions.Logging;

namespace DataServices.Hisparc.Upload;

/// <summary>Judges uploads in the reference's order and acknowledges what is on the platter.</summary>
public sealed class UploadService(
    HisparcOptions options, StationRegistry stations, IBatchSink sink, BatchIndex batches, SuspiciousBatches suspicious, Quarantine quarantine, Func<string?> refusal,
    HisparcMetrics metrics, Alarms alarms, StationActivity activity, TimeProvider clock, ILogger logger) : IDisposable
{
    private static readonly TimeSpan _longestWait = TimeSpan.FromSeconds(30);
    private readonly FailureLimiter _perStation = new(options.FailuresPerStation, clock);
    private readonly FailureLimiter _perAddress = new(options.FailuresPerAddress, clock);
    private readonly ConcurrentDictionary<int, SemaphoreSlim> _turns = new();

    // More at once would not be faster, and each takes several times the memory of its upload.
    private readonly SemaphoreSlim _decoders = new(Environment.ProcessorCount + 1);
    private readonly ConcurrentDictionary<ulong, Task> _underWay = new();
    private readonly ConcurrentDictionary<ulong, int> _unreadable = new();

    /// <summary>Judges one request.</summary>
    /// <param name="body">The whole body.</param>
    /// <param name="address">Where it came from.</param>
    /// <param name="signature">HMAC-SHA256 of the pickle under the station's password, which then need not travel; null or empty: the password is in the form.</param>
    public async Task<UploadResult> ReceiveAsync(ReadOnlyMemory<byte> body, string address, CancellationToken cancel, string? signature = null)
    {
        var begun = clock.GetTimestamp();
        metrics.Count("request_bytes", body.Length);
        UploadResult result;
        try
        {
            result = await JudgeAsync(body, address, signature is { Length: > 0 } ? signature : null, cancel);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // What has to be kept could not be kept: the station comes again.
            alarms.Raise("uploads", $"Uploads cannot be kept: {error.Message}");
            result = UploadResult.Unavailable;
        }

        metrics.Count(HisparcMetrics.Request(result.Code));
        metrics.Observe("ack_latency", clock.GetElapsedTime(begun));
        return result;
    }

    public void Dispose()
    {
        _decoders.Dispose();
        foreach (var turn in _turns.Values)
            turn.Dispose();
    }

    private async Task<UploadResult> JudgeAsync(ReadOnlyMemory<byte> body, string address, string? signature, CancellationToken cancel)
    {
        if (UploadForm.Parse(body, signature is not null) is not { } form || UploadForm.Number(form.StationId) is not { } number)
            return new UploadResult(UploadCode.BadRequest);
        if (stations.Current is not { } list)
            return UploadResult.Unavailable;
        if (_perAddress.IsBlocked(address))
            return UploadResult.TooMany;
        if (list.Find(number) is not { } station)
        {
            _perAddress.Failed(address);
            return new UploadResult(UploadCode.UnknownStation);
        }

        var key = number.ToString(CultureInfo.InvariantCulture);
        if (_perStation.IsBlocked(key))
            return UploadResult.TooMany;
        if (!IsGenuine(station, form, signature))
        {
            _perAddress.Failed(address);
            _perStation.Failed(key);
            metrics.Count($"auth_failures{{station=\"{number}\"}}");
            return new UploadResult(UploadCode.WrongPassword);
        }

        var turn = _turns.GetOrAdd(number, _ => new SemaphoreSlim(options.UploadsPerStation));
        if (!await turn.WaitAsync(_longestWait, cancel))
            return UploadResult.Unavailable;
        try
        {
            return await AcceptAsync(station, form, cancel);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<UploadResult> AcceptAsync(Station station, UploadForm form, CancellationToken cancel)
    {
        var (data, identity) = Checked(form);
        if (identity is null)
            return new UploadResult(UploadCode.WrongChecksum);
        var key = BatchIndex.Key(station.Number, identity, data.Length);
        if (!options.Store.ReferenceCompatible && batches.Contains(key))
        {
            metrics.Count(HisparcMetrics.Duplicate("batch"));
            return new UploadResult(UploadCode.Accepted);
        }

        if (refusal() is { } reason)
        {
            alarms.Raise("uploads", reason);
            return UploadResult.Unavailable;
        }

        alarms.Clear("uploads");

        EventBatch batch;
        await _decoders.WaitAsync(cancel);
        try
        {
            var begun = clock.GetTimestamp();
            batch = EventBatch.Parse(data.Span);
            metrics.Observe("decode_seconds", clock.GetElapsedTime(begun));
        }
        catch (PickleFormatException error)
        {
            return Unreadable(station, identity, data, key, error);
        }
        finally
        {
            _decoders.Release();
        }

        if (suspicious.Reason(batch) is { } why)
        {
            suspicious.Keep(station, identity, batch, why);
            return new UploadResult(UploadCode.Accepted);
        }

        var result = await StoreAsync(station, identity, data, batch, key, cancel);
        if (result.Code == UploadCode.Accepted)
            activity.Received(station, batch);
        return result;
    }

    private async Task<UploadResult> StoreAsync(Station station, byte[] identity, ReadOnlyMemory<byte> data, EventBatch batch, ulong key, CancellationToken cancel)
    {
        var record = new LogRecord(LogRecordKind.Upload, station.Number, station.Cluster, clock.GetUtcNow(), identity, data);
        try
        {
            if (options.Store.ReferenceCompatible)
            {
                await sink.StoreAsync(record, batch, cancel);
                return new UploadResult(UploadCode.Accepted);
            }

            // The same batch may be here twice at once, when a station gave up waiting: both wait for the one that is being written.
            Task Append() => sink.StoreAsync(record, batch, CancellationToken.None);
            var writing = _underWay.GetOrAdd(key, _ => Append());
            await writing.WaitAsync(cancel);
            batches.Add(key, record.Received);
            return new UploadResult(UploadCode.Accepted);
        }
        catch (IOException)
        {
            // The log has said why. The station keeps the batch and comes again.
            return UploadResult.Unavailable;
        }
        finally
        {
            _underWay.TryRemove(key, out _);
        }
    }

    private static bool IsGenuine(Station station, UploadForm form, string? signature) => signature is null
        ? station.Password.Matches(form.Password)
        : station.Password.Signed(form.Data, signature) || station.Password.Signed(form.RawData.Span, signature);

    private UploadResult Unreadable(Station station, byte[] identity, ReadOnlyMemory<byte> data, ulong key, PickleFormatException error)
    {
        if (error.AskedForForeignGlobal)
        {
            metrics.Count("rejected_global_total");
            alarms.Raise($"foreign global {station.Number}", $"Station {station.Number} sent a pickle that asks for code to be run: {error.Message}. It was refused; look at who uses its password.");
        }

        logger.LogWarning("Station {Station}: unreadable upload: {Reason}", station.Number, error.Message);
        quarantine.Keep(station.Number, identity, data.Span, error.Message);
        if (options.UnblockAfter == 0 || _unreadable.Count > 100_000)
            return new UploadResult(UploadCode.NotReadable);
        return _unreadable.AddOrUpdate(key, 1, (_, before) => before + 1) > options.UnblockAfter
            ? new UploadResult(UploadCode.Accepted)
            : new UploadResult(UploadCode.NotReadable);
    }

    // Clients that percent-encode the bytes as they are give no valid UTF-8, or another text; their checksum tells.
    private static (ReadOnlyMemory<byte> Data, byte[]? Identity) Checked(UploadForm form)
    {
        foreach (var candidate in (ReadOnlyMemory<byte>[])[form.Data ?? default(ReadOnlyMemory<byte>), form.RawData])
        {
            var identity = BatchIdentity.Of(candidate.Span);
            if (!candidate.IsEmpty && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Convert.ToHexStringLower(identity)), Encoding.UTF8.GetBytes(form.Checksum)))
                return (candidate, identity);
        }

        return (default, null);
    }
}
