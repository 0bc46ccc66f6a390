namespace DataServices.TelescopeOrg;

/// <summary>
/// Sends the targets of a fields file as requests and collects their frames. What was done is on disk before and after every step, so that a
/// campaign which was stopped anywhere goes on where it was, and sends nothing twice.
/// </summary>
public sealed class Campaign : IDisposable
{
    private readonly TelescopeClient _client;
    private readonly CampaignOptions _options;
    private readonly CampaignFile _file;
    private readonly Dictionary<string, CampaignTarget> _targets;
    private readonly List<CampaignItem> _items;

    /// <summary>Opens or begins the campaign in <see cref="CampaignOptions.Directory"/>.</summary>
    /// <param name="client">The client; it stays the caller's.</param>
    /// <param name="targets">The targets, highest priority first. One that left the list is not sent any more, but collected when it was.</param>
    /// <exception cref="ArgumentException">There is no such telescope.</exception>
    public Campaign(TelescopeClient client, IReadOnlyList<CampaignTarget> targets, CampaignOptions options)
    {
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(options);
        var telescope = SiteTelescope.Require(options.Telescope);
        if (options.Repeats < 1 || options.Exposure <= TimeSpan.Zero)
            throw new ArgumentException("A campaign needs at least one request per target, and an exposure of more than 0 s.");
        (_client, _options) = (client, options);
        _targets = targets.ToDictionary(target => target.Name);
        _file = new(options.Directory);
        _items = _file.Load();
        foreach (var planned in targets.SelectMany(target => Plan(target, telescope)).Where(planned => !_items.Exists(planned.Is)))
            _items.Add(planned);
    }

    /// <summary>All requests of the campaign.</summary>
    public IReadOnlyList<CampaignItem> Items => _items;

    /// <summary>Whether all of them are collected or have failed.</summary>
    public bool IsFinished => _items.TrueForAll(item => item.IsFinal);

    /// <summary>One pass: collects what is complete, then sends what is still to be sent, as far as the site's queue has room.</summary>
    /// <param name="progress">Told of each request that is looked at or sent (how many of all), and of each download.</param>
    /// <param name="cancel">Ends it; run it again to go on.</param>
    public async Task RunAsync(IProgress<TransferProgress>? progress = null, CancellationToken cancel = default)
    {
        _file.Save(_items);
        if (IsFinished)
            return;
        var requests = await _client.GetRequestsAsync(cancel: cancel).ToDictionaryAsync(request => request.Id, cancellationToken: cancel);
        for (var i = 0; i < _items.Count; i++)
        {
            if (_items[i].State == CampaignState.Sending)
                Update(i, Found(_items[i], requests.Values));
            if (_items[i].State != CampaignState.Requested)
                continue;
            progress?.Report(new($"looking at {_items[i].Target}", i, _items.Count));
            Update(i, await CollectAsync(_items[i], requests, progress, cancel));
        }

        var order = Enumerable.Range(0, _items.Count).OrderByDescending(i => _targets.TryGetValue(_items[i].Target, out var target) ? target.Priority : 0).ToList();
        foreach (var i in order.Where(i => _items[i].State == CampaignState.Planned).ToList())
        {
            progress?.Report(new($"sending {_items[i].Target}", _items.Count(item => item.State != CampaignState.Planned), _items.Count));
            if (!await SendAsync(i, requests.Values, cancel))
                break;
        }
    }

    public void Dispose() => _file.Dispose();

    private IEnumerable<CampaignItem> Plan(CampaignTarget target, SiteTelescope telescope)
    {
        var filter = telescope.FilterName(target.Filter ?? _options.Filter);
        foreach (var exposure in target.Exposures.Count > 0 ? target.Exposures : [_options.Exposure])
        {
            for (var repeat = 1; repeat <= _options.Repeats; repeat++)
            {
                var tag = $"campaign {Guid.NewGuid():N}"[..17];
                yield return new(target.Name, (int)Math.Round(exposure.TotalMilliseconds), filter, repeat, tag, CampaignState.Planned, null, null, "", []);
            }
        }
    }

    // Its tag shows whether a request whose sending was interrupted had arrived.
    private static CampaignItem Found(CampaignItem item, IEnumerable<ObservingRequest> requests) =>
        requests.FirstOrDefault(request => request.Comments == item.Tag) is { } arrived
            ? item with { State = CampaignState.Requested, RequestId = arrived.Id }
            : item with { State = CampaignState.Planned };

    private async Task<CampaignItem> CollectAsync(
        CampaignItem item, Dictionary<int, ObservingRequest> requests, IProgress<TransferProgress>? progress, CancellationToken cancel)
    {
        // One that was moved to another folder is still on its page.
        int? jobId;
        if (requests.TryGetValue(item.RequestId!.Value, out var request))
        {
            if (request.Status.HasFailed)
                return item with { State = CampaignState.Failed, Note = request.Status.ToString() };
            jobId = await _client.GetJobIdAsync(request, cancel);
            item = item with { Note = request.Status.ToString() };
        }
        else
        {
            var page = await _client.GetRequestAsync(item.RequestId.Value, cancel);
            item = item with { Note = page.StatusText ?? "" };
            jobId = page.StatusText is "Complete" ? page.JobId : null;
        }

        if (jobId is not { } job)
            return item;
        var file = await _client.GetFileAsync(job, _options.Kind, progress, cancel);
        var frames = FrameExtractor.Extract(file, Path.Combine(_options.Directory, Safe(item.Target)), $"{job}");
        return item with { State = CampaignState.Collected, JobId = job, Frames = [.. frames.Select(frame => frame.Path)] };
    }

    /// <returns>Whether the queue has room for more.</returns>
    private async Task<bool> SendAsync(int index, IEnumerable<ObservingRequest> requests, CancellationToken cancel)
    {
        var item = _items[index];
        if (!_targets.TryGetValue(item.Target, out var target))
        {
            Update(index, item with { Note = "not in the fields file any more" });
            return true;
        }

        var own = _items.Select(other => other.RequestId).ToHashSet();
        if (requests.FirstOrDefault(r => r.Status.IsPending && r.ObjectName == item.Target && !own.Contains(r.Id)) is { } pending)
        {
            Update(index, item with { Note = $"waits for request {pending.Id}" });
            return true;
        }

        Update(index, item with { State = CampaignState.Sending, Note = "" });
        var exposure = TimeSpan.FromMilliseconds(item.ExposureMilliseconds);
        var result = await _client.SubmitAsync(new(target.Position, _options.Telescope, exposure, item.Filter, item.Target, item.Tag), cancel);
        if (result.Accepted)
        {
            Update(index, item with { State = CampaignState.Requested, RequestId = result.RequestId, Note = "New" });
            return true;
        }

        var full = result.Status.Contains("QUEUE", StringComparison.OrdinalIgnoreCase);
        Update(index, item with { State = full ? CampaignState.Planned : CampaignState.Failed, Note = result.Status });
        return !full;
    }

    private void Update(int index, CampaignItem item)
    {
        if (_items[index] == item)
            return;
        _items[index] = item;
        _file.Save(_items);
    }

    private static string Safe(string name)
    {
        var safe = string.Concat(name.Select(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '+' ? c : '_'));
        return safe.Length > 0 ? safe : "_";
    }
}
