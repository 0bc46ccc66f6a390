namespace DataServices.Aartfaac;

/// <summary>
/// Turns images into groups by time step. Pure: time is passed in, groups come out. Not thread-safe; one caller.
/// </summary>
public sealed class ImageGrouper
{
    // A late image can only be told from a new one while its time step is remembered.
    private const int Remembered = 1024;
    private readonly int _expected;
    private readonly GroupingOptions _options;
    private readonly List<OpenGroup> _open = [];
    private readonly SortedSet<DateTimeOffset> _given = [];
    private readonly long[] _gaps;
    private DateTimeOffset _forgotten = DateTimeOffset.MinValue;

    /// <param name="expected">Number of endpoints that make a group complete.</param>
    /// <param name="options">The rules.</param>
    public ImageGrouper(int expected, GroupingOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(expected, 1);
        _expected = expected;
        _options = options ?? new GroupingOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.MaxOpenGroups, 1);
        _gaps = new long[expected];
    }

    /// <summary>Complete groups given out.</summary>
    public long Complete { get; private set; }

    /// <summary>Incomplete groups given out.</summary>
    public long Partial { get; private set; }

    /// <summary>Images that came after their group.</summary>
    public long Late { get; private set; }

    /// <summary>Images that came twice.</summary>
    public long Duplicates { get; private set; }

    /// <summary>Time steps given out without an image of an endpoint, by the endpoint's index.</summary>
    public IReadOnlyList<long> Gaps => _gaps;

    /// <summary>When the oldest open group has waited long enough; null when none is open.</summary>
    public DateTimeOffset? Deadline => _options is { Policy: GroupingPolicy.Keyed, MaxWait: { } wait } && _open.Count > 0 ? _open.Min(group => group.Since) + wait : null;

    /// <summary>Images waiting in open groups.</summary>
    public int Waiting => _open.Sum(group => group.Images.Count);

    /// <summary>Takes an image in and gives out what is due. The image is the grouper's from here on.</summary>
    /// <param name="image">The image.</param>
    /// <param name="now">The time now.</param>
    public IReadOnlyList<ImageGroup> Add(SubbandImage image, DateTimeOffset now)
    {
        var due = new List<ImageGroup>();
        if (_options.Policy == GroupingPolicy.ConsecutiveRuns)
            AddToRun(image, now, due);
        else
            AddByKey(image, now, due);
        return due;
    }

    /// <summary>Gives out the groups that have waited long enough.</summary>
    public IReadOnlyList<ImageGroup> Expire(DateTimeOffset now)
    {
        var due = new List<ImageGroup>();
        if (_options is { Policy: GroupingPolicy.Keyed, MaxWait: { } wait })
        {
            foreach (var group in _open.Where(group => now - group.Since >= wait).OrderBy(group => group.Stamp).ToList())
                Give(group, GroupReason.Timeout, due);
        }

        return due;
    }

    /// <summary>Gives out whatever is open, oldest first.</summary>
    public IReadOnlyList<ImageGroup> Flush()
    {
        var due = new List<ImageGroup>();
        foreach (var group in _open.OrderBy(group => group.Stamp).ToList())
            Give(group, GroupReason.Shutdown, due);
        return due;
    }

    private void AddToRun(SubbandImage image, DateTimeOffset now, List<ImageGroup> due)
    {
        if (_open.Count > 0 && _open[0].Stamp != image.Window.Stamp)
        {
            if (image.Window.Stamp < _open[0].Stamp)
                Late++;
            Give(_open[0], GroupReason.Run, due);
        }

        if (_open.Count == 0)
            _open.Add(new OpenGroup(image.Window.Stamp, now));
        _open[0].Images.Add(image);
    }

    private void AddByKey(SubbandImage image, DateTimeOffset now, List<ImageGroup> due)
    {
        var stamp = image.Window.Stamp;
        var group = _open.Find(open => (open.Stamp - stamp).Duration() <= _options.Tolerance);
        if (group is null && IsGiven(stamp))
        {
            Late++;
            if (_options.Late == LatePolicy.EmitSupplement)
                due.Add(new ImageGroup(stamp, [image], false, GroupReason.Supplement));
            else
                image.Window.Dispose();
            return;
        }

        if (group is null)
        {
            group = new OpenGroup(stamp, now);
            _open.Add(group);
        }
        else if (group.Images.Exists(other => other.Endpoint == image.Endpoint))
        {
            Duplicates++;
            image.Window.Dispose();
            return;
        }

        group.Images.Add(image);
        if (group.Images.Count == _expected)
            Give(group, GroupReason.Complete, due);
        // Newer time steps count whether or not they are given out already: those that miss a subband must not wait behind those that do not.
        foreach (var old in _open.OrderBy(open => open.Stamp).ToList())
        {
            if (_open.Count(open => open.Stamp > old.Stamp) + _given.Count(given => given > old.Stamp) > _options.MaxOpenGroups)
                Give(old, GroupReason.Overtaken, due);
        }
    }

    private bool IsGiven(DateTimeOffset stamp) =>
        stamp <= _forgotten || _given.GetViewBetween(Shift(stamp, -1), Shift(stamp, +1)).Count > 0;

    private DateTimeOffset Shift(DateTimeOffset stamp, int sign)
    {
        var ticks = Math.Clamp(stamp.UtcTicks + sign * _options.Tolerance.Ticks, DateTimeOffset.MinValue.UtcTicks, DateTimeOffset.MaxValue.UtcTicks);
        return new DateTimeOffset(ticks, TimeSpan.Zero);
    }

    private void Give(OpenGroup group, GroupReason reason, List<ImageGroup> due)
    {
        _open.Remove(group);
        var missing = Enumerable.Range(0, _expected).Where(endpoint => !group.Images.Exists(image => image.Endpoint == endpoint)).ToList();
        foreach (var endpoint in missing)
            _gaps[endpoint]++;
        var isComplete = missing.Count == 0;
        if (isComplete)
            Complete++;
        else
            Partial++;
        if (_options.Policy == GroupingPolicy.Keyed)
        {
            _given.Add(group.Stamp);
            if (_given.Count > Remembered)
            {
                _forgotten = _given.Min;
                _given.Remove(_forgotten);
            }
        }

        due.Add(new ImageGroup(group.Stamp, group.Images, isComplete, reason));
    }

    private sealed record OpenGroup(DateTimeOffset Stamp, DateTimeOffset Since)
    {
        public List<SubbandImage> Images { get; } = [];
    }
}
