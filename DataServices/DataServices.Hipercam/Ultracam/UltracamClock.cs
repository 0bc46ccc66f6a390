namespace DataServices.Hipercam;

/// <summary>
/// Times of the frames of one reader: keeps the stamps of the frames just before, for the middle of an exposure follows from several.
/// One per reader; a frame whose number does not follow the last one starts the record anew.
/// </summary>
public sealed class UltracamClock
{
    private readonly UltracamRun _run;
    private readonly List<UltracamStamp> _stamps = [];
    private readonly List<FrameTime> _times = [];

    public UltracamClock(UltracamRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        _run = run;
    }

    /// <summary>How many frames before a frame its time may depend on: a few, but all of the first run on the sky, whose clock once jumped.</summary>
    public int Depth => _run.IsMay2002 ? int.MaxValue / 2 : _run.Timeline.Depth - 1;

    /// <summary>The newest stamp taken in, if any.</summary>
    public UltracamStamp? Last => _stamps.Count > 0 ? _stamps[0] : null;

    /// <summary>Forgets all stamps.</summary>
    public void Reset()
    {
        _stamps.Clear();
        _times.Clear();
    }

    /// <summary>Takes in the timing of the next frame and gives its time, and the blue chip's, which may skip frames.</summary>
    public (UltracamStamp Stamp, FrameTime Time, FrameTime Blue) Add(ReadOnlySpan<byte> timing)
    {
        var timeline = _run.Timeline;
        var stamp = UltracamStamp.Decode(timing, _run, Last);
        if (Last is { } last && stamp.Number != last.Number + 1)
            Reset();
        Keep(_stamps, stamp, timeline.Depth);
        var time = timeline.Middle(_stamps);
        Keep(_times, time, _run.BlueSkip);
        return (stamp, time, _run.BlueSkip > 1 && !stamp.IsBlueJunk ? Blue() : time);
    }

    // The blue chip was exposed from the start of the first of the frames it skipped to the end of this one.
    private FrameTime Blue()
    {
        FrameTime first = _times[^1], last = _times[0];
        var start = first.Time.AddSeconds(-first.ExposureTime / 2);
        var end = last.Time.AddSeconds(last.ExposureTime / 2);
        var exposure = end.SecondsSince(start);
        // Of what is missing before, all that can be said is that the frames were alike.
        var whole = exposure * _run.BlueSkip / _times.Count;
        if (_times.Count < _run.BlueSkip)
            return new FrameTime(end.AddSeconds(-whole / 2), whole, false, $"only {_times.Count} of {_run.BlueSkip} frames are known");
        var middle = start.AddSeconds(exposure / 2);
        return first.IsGood && last.IsGood
            ? new FrameTime(middle, exposure, true)
            : new FrameTime(middle, exposure, false, "time of start or end frame was unreliable");
    }

    private static void Keep<T>(List<T> newestFirst, T item, int count)
    {
        newestFirst.Insert(0, item);
        if (newestFirst.Count > count)
            newestFirst.RemoveAt(newestFirst.Count - 1);
    }
}
