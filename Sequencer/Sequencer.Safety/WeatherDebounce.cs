namespace Sequencer.Safety;

/// <summary>
/// Unsafe at once, safe only after a while: after an unsafe sample the weather stays unsafe until samples have been safe without
/// a break for the hold. Flapping weather so closes the dome once and opens it once.
/// </summary>
/// <param name="hold">How long samples must be safe after an unsafe one. Zero or more.</param>
/// <param name="maxGap">A longer silence between samples breaks the row: nobody knows what the weather did meanwhile.</param>
public sealed class WeatherDebounce(TimeSpan hold, TimeSpan maxGap)
{
    private DateTimeOffset? _lastSample;
    private DateTimeOffset? _safeSince;
    private bool _held;

    /// <summary>When the hold ends if every sample until then is safe; null when the weather is not held or not safe now.</summary>
    public DateTimeOffset? HeldUntil => _held && _safeSince is { } since ? since + hold : null;

    /// <summary>The last answer of <see cref="Update"/>; false before the first.</summary>
    public bool Safe { get; private set; }

    /// <summary>Takes one sample and says whether the weather counts as safe.</summary>
    /// <param name="sample">Whether all sources are fresh and safe now.</param>
    /// <param name="now">The time of the sample. A clock that steps backwards breaks the row.</param>
    public bool Update(bool sample, DateTimeOffset now)
    {
        var broken = _lastSample is { } last && (now < last || now - last > maxGap);
        _lastSample = now;
        if (broken)
        {
            _held = true;
            _safeSince = null;
        }
        if (!sample)
        {
            _held = true;
            _safeSince = null;
            return Safe = false;
        }
        _safeSince ??= now;
        if (_held && now - _safeSince >= hold)
            _held = false;
        return Safe = !_held;
    }

    /// <summary>Starts as if the weather had been unsafe until now: what a restart after a power cut does.</summary>
    public void StartHeld()
    {
        _held = true;
        _safeSince = null;
        Safe = false;
    }
}
