namespace Sequencer.Safety;

/// <summary>Lets the mains flicker: power counts as lost once it has been away for the whole delay. It is back at once.</summary>
/// <param name="delay">How long a UPS is trusted to bridge, zero or more.</param>
public sealed class PowerDebounce(TimeSpan delay)
{
    private DateTimeOffset? _awaySince;
    private bool _seen;

    /// <summary>Takes one sample and says whether the mains count as on.</summary>
    /// <param name="sample">Whether all power sources are fresh and say that the mains are on.</param>
    /// <param name="now">The time of the sample. A clock that steps backwards does not lengthen the delay.</param>
    public bool Update(bool sample, DateTimeOffset now)
    {
        if (sample)
        {
            _seen = true;
            _awaySince = null;
            return true;
        }
        if (_awaySince is null || now < _awaySince)
            _awaySince ??= now;
        // Power that was never seen gets no benefit of the doubt.
        return _seen && now >= _awaySince && now - _awaySince < delay;
    }
}
