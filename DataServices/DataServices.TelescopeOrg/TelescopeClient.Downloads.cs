using System.IO.Compression;
using System.Text.Json.Nodes;
using DataServices.Fits;

namespace DataServices.TelescopeOrg;

public sealed partial class TelescopeClient
{
    private const string ImageEngine = "image-engine";
    private const double PollGrowth = 1.5;

    /// <summary>Where a job's file is, or will be, in the cache.</summary>
    public string CachePath(int jobId, FileKind kind) => _cache.PathOf(jobId, kind);

    /// <summary>Fetches a job's file into a directory, as <c>JID.fits</c> or <c>JID.zip</c> (<c>download_obs</c>). A file of that name is replaced.</summary>
    /// <param name="job">The job; its flat field is applied when the page named one.</param>
    /// <param name="directory">Where to; it must exist.</param>
    /// <param name="kind">Cube or zip.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <returns>The path of the file.</returns>
    /// <exception cref="TimeoutException">The image engine was not ready in time.</exception>
    /// <exception cref="TelescopeApiException">The image engine refused.</exception>
    /// <exception cref="DownloadException">The file did not arrive whole.</exception>
    public async Task<string> DownloadAsync(
        Job job, string directory, FileKind kind = FileKind.Cube, IProgress<TransferProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(job);
        var path = Path.Combine(Path.GetFullPath(directory), JobCache.FileName(job.Id, kind));
        await ReplaceAsync(path, (part, token) => FetchAsync(job, kind, part, progress, token), cancel);
        return path;
    }

    /// <summary>The path of a job's file in the cache, where it is fetched to first when it is not there whole (<c>get_obs</c>).</summary>
    /// <inheritdoc cref="DownloadAsync"/>
    public Task<string> GetFileAsync(Job job, FileKind kind = FileKind.Cube, IProgress<TransferProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(job);
        return _cache.GetAsync(job.Id, kind, (part, token) => FetchAsync(job, kind, part, progress, token), cancel);
    }

    /// <summary>The path of a job's file in the cache; when it is not there whole, the job's page is read for its flat field and the file is fetched.</summary>
    /// <inheritdoc cref="DownloadAsync"/>
    public Task<string> GetFileAsync(int jobId, FileKind kind = FileKind.Cube, IProgress<TransferProgress>? progress = null, CancellationToken cancel = default) =>
        _cache.GetAsync(jobId, kind, async (part, token) => await FetchAsync(await GetJobAsync(jobId, token), kind, part, progress, token), cancel);

    /// <summary>Opens a job's cube, from the cache or fetched.</summary>
    public async Task<Stream> OpenCubeAsync(Job job, IProgress<TransferProgress>? progress = null, CancellationToken cancel = default) =>
        OpenFile(await GetFileAsync(job, FileKind.Cube, progress, cancel));

    /// <summary>Opens a job's archive of one FITS file per filter, from the cache or fetched.</summary>
    public async Task<ZipArchive> OpenZipAsync(Job job, IProgress<TransferProgress>? progress = null, CancellationToken cancel = default) =>
        new(OpenFile(await GetFileAsync(job, FileKind.Zip, progress, cancel)), ZipArchiveMode.Read);

    /// <summary>Fetches the processed file into a directory, as <c>art_JID.fits</c> or <c>art_JID.zip</c> (<c>download_obs_processed</c>).</summary>
    /// <returns>The path of the file, or null when the site had none within <see cref="TelescopeOrgOptions.ProcessedTimeout"/>.</returns>
    public async Task<string?> DownloadProcessedAsync(
        int jobId, string directory, FileKind kind = FileKind.Cube, IProgress<TransferProgress>? progress = null, CancellationToken cancel = default)
    {
        if (await ProcessedAddressAsync(jobId, kind, progress, cancel) is not { } address)
            return null;
        var path = Path.Combine(Path.GetFullPath(directory), $"art_{JobCache.FileName(jobId, kind)}");
        await ReplaceAsync(path, (part, token) => TransferAsync(address, kind, part, null, progress, token), cancel);
        return path;
    }

    /// <summary>The processed file in memory (<c>get_obs_processed</c>); null when the site had none in time.</summary>
    public async Task<MemoryStream?> GetProcessedAsync(
        int jobId, FileKind kind = FileKind.Cube, IProgress<TransferProgress>? progress = null, CancellationToken cancel = default)
    {
        var directory = Directory.CreateTempSubdirectory("telescope-org-");
        try
        {
            return await DownloadProcessedAsync(jobId, directory.FullName, kind, progress, cancel) is { } path
                ? new MemoryStream(await File.ReadAllBytesAsync(path, cancel), writable: false)
                : null;
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static FileStream OpenFile(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);

    private static async Task ReplaceAsync(string path, Func<string, CancellationToken, Task> fetch, CancellationToken cancel)
    {
        var directory = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(directory))
            throw new DirectoryNotFoundException($"{directory}: there is no such directory.");
        var part = $"{path}.part-{Guid.NewGuid():N}";
        try
        {
            await fetch(part, cancel);
            AtomicFile.Write(path, temporary => File.Move(part, temporary), overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }
    }

    private async Task FetchAsync(Job job, FileKind kind, string part, IProgress<TransferProgress>? progress, CancellationToken cancel)
    {
        progress?.Report(new("preparing"));
        var (address, size) = await PrepareAsync(job, kind, cancel);
        await TransferAsync(address, kind, part, size, progress, cancel);
    }

    // Creates the file at the image engine and waits until it is ready.
    private async Task<(string Address, long? Size)> PrepareAsync(Job job, FileKind kind, CancellationToken cancel)
    {
        var late = $"telescope.org did not make job {job.Id} ready within {_options.ReadyTimeout.TotalSeconds:0.#} s. Try again later, or with a longer time-out.";
        using var deadline = new CancellationTokenSource(_options.ReadyTimeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancel);
        try
        {
            var parameters = new JsonObject { ["jid"] = job.Id };
            if (job.FlatId is { } flat)
                parameters["flatid"] = flat;
            var created = (await CallAsync(ImageEngine, kind == FileKind.Zip ? "0-create-dlzip" : "0-create-dl3d", parameters, either.Token)).Required();
            var engineId = created.Data.Text("ieID") ?? throw Changed(created, "data has no \"ieID\"");
            var wait = _options.FirstPoll;
            var ready = IsReady(created);
            while (true)
            {
                // A file that is ready at once needs one question all the same: only that answer tells its size.
                if (!ready)
                    await Task.Delay(wait, _clock, either.Token);
                var answer = (await CallAsync(ImageEngine, "0-is-job-ready", new() { ["ieid"] = engineId }, either.Token)).Required();
                if (IsReady(answer))
                {
                    var size = answer.Data.Integer(kind == FileKind.Zip ? "fitsbzsize" : "fitssize");
                    return ($"v3image-download.php?jid={job.Id}&ieid={Uri.EscapeDataString(engineId)}", size > 0 ? size : null);
                }

                (ready, wait) = (false, wait * PollGrowth < _options.MaxPoll ? wait * PollGrowth : _options.MaxPoll);
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw new TimeoutException(late);
        }
    }

    private static bool IsReady(ApiAnswer answer) => answer.Status.Trim().ToUpperInvariant() is "READY" or "OK_READY";

    private async Task<string?> ProcessedAddressAsync(int jobId, FileKind kind, IProgress<TransferProgress>? progress, CancellationToken cancel)
    {
        var call = new SiteCall(HttpMethod.Get, $"imageengine-request.php?jid={jobId}&type={(kind == FileKind.Zip ? 3 : 1)}");
        progress?.Report(new("preparing"));
        // The budget is one of waits, so that a slow site gets as many tries as a fast one; each page has its own deadline.
        for (var waited = _options.ProcessedRetry; ; waited += _options.ProcessedRetry)
        {
            var page = await PageAsync(call, cancel);
            if (page.Document.QuerySelector("iframe[src]")?.GetAttribute("src")?.Trim() is { Length: > 0 } address and not "about:blank")
                return address;
            if (waited >= _options.ProcessedTimeout)
                return null;
            await Task.Delay(_options.ProcessedRetry, _clock, cancel);
        }
    }

    // Fetches until the file is whole, a few times.
    private async Task TransferAsync(string address, FileKind kind, string part, long? size, IProgress<TransferProgress>? progress, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            string? fault;
            try
            {
                var length = await _session.RunAsync(
                    () => _connection.SendAsync(
                        new(HttpMethod.Get, address),
                        (response, deadline) => Transfer.SaveAsync(response, part, _options, size, deadline, progress),
                        cancel),
                    cancel);
                fault = size is { } announced && length != announced ? $"{length} bytes of {announced} came" : FileCheck.Fault(part, kind);
            }
            catch (DownloadException e)
            {
                fault = e.Message;
            }

            if (fault is null)
                return;
            File.Delete(part);
            if (attempt >= _options.DownloadTries)
                throw new DownloadException($"telescope.org: {address} did not arrive whole in {attempt} tries: {fault}. Nothing was kept; try again later.");
            await _connection.BackOffAsync(attempt, null, cancel);
        }
    }
}
