namespace DataServices.Hipercam;

/// <summary>
/// The durations that lie between the GPS stamps of a run and its exposures, and the rules that give the middle of an exposure from the
/// stamps of a frame and those before it.
/// </summary>
internal sealed class UltracamTimeline
{
    private const double HorizontalClock = 0.48;
    private const double UltraspecTransfer = 0.0149818;
    private const double UltraspecOldTransfer = 0.0067196;
    private const double UltraspecSecondDelay = 0.0309516;
    private const int FrameRows = 1033;
    private const int UltraspecRows = 1037;
    private const string TooFew = "too few stored timestamps";
    private static readonly UtcInstant _fastClock = new(UtcInstant.MjdOf(2003, 8, 1), 0);
    private static readonly UtcInstant _defaultFrom = new(UtcInstant.MjdOf(2005, 1, 1), 0);
    private static readonly UtcInstant _defaultTo = new(UtcInstant.MjdOf(2010, 3, 1), 0);
    private static readonly UtcInstant _ultraspecFixed = new(UtcInstant.MjdOf(2011, 9, 21), 0);
    private static readonly UtcInstant _may2002Step = UtcInstant.FromNanoseconds(UtcInstant.MjdOf(2002, 5, 12) + 5, UtcInstant.NanosecondsPerDay / 2);

    private readonly UltracamRun _run;
    private readonly UltracamXml _xml;
    private readonly UltracamLayout.Pair[] _pairs;
    private readonly double _video;
    private readonly int _driftRows;
    private readonly int _driftStart;
    private readonly double _x;

    private UltracamTimeline(UltracamRun run, UltracamXml xml)
    {
        _run = run;
        _xml = xml;
        _x = run.ExposureDelay;
        _pairs = run.IsUltraspec ? [] : [.. UltracamLayout.PairsOf(xml, run.Mode is UltracamMode.OverscanClear ? UltracamMode.FullFrameClear
            : run.Mode is UltracamMode.OverscanNoClear ? UltracamMode.FullFrameNoClear : run.Mode, run.XBin, run.YBin)];
        if (!run.IsUltraspec)
            _video = VideoTime();

        if (run.Mode is UltracamMode.Drift or UltracamMode.WindowDrift)
        {
            var rows = run.Mode == UltracamMode.Drift ? _pairs[0].Ny : xml.Integer("Y1_SIZE", 1, 4096);
            if (rows == 0)
                throw new RunException($"{run.Name}: a drift window without rows.");
            _driftRows = rows * run.YBin;
            _driftStart = xml.Integer("Y1_START", 0, 4096);
            DriftWindows = (int)(((run.IsUltraspec ? UltraspecRows : FrameRows) / (double)_driftRows + 1) / 2);
        }
    }

    /// <summary>Windows on their way through the chip in drift modes.</summary>
    public int DriftWindows { get; }

    /// <summary>How many stamps a frame's time may depend on, its own included.</summary>
    public int Depth => (_run.Mode is UltracamMode.Drift or UltracamMode.WindowDrift ? DriftWindows + 2 : 3) + (_run.BlueSkip > 1 ? _run.BlueSkip - 1 : 0);

    public static UltracamTimeline Of(UltracamRun run, UltracamXml xml) => new(run, xml);

    /// <summary>Middle of the exposure and its length.</summary>
    /// <param name="t">Stamps of consecutive frames, the newest first.</param>
    public FrameTime Middle(IReadOnlyList<UltracamStamp> t)
    {
        var result = _run.Mode switch
        {
            UltracamMode.Windows => Windows(t),
            UltracamMode.WindowDrift => Drift(t, 14.4e-6 * (_driftStart + _driftRows - 1) + 49e-6, isDefault: false, TooFew),
            UltracamMode.Drift => Drift(t, (_driftRows + _driftStart - 1) * VerticalClock(t[0]), IsDefault(t[0].Time), TooFew + " for drift mode"),
            _ => _run.IsClear ? Clear(t) : NoClear(t),
        };
        if (result.Time.MjdDay < UtcInstant.Year2000.MjdDay)
            result = new FrameTime(UtcInstant.Year2000, result.ExposureTime, false, "before the year 2000");
        return t[0].IsGood ? result : result with { IsGood = false, Reason = t[0].Reason };
    }

    private FrameTime Clear(IReadOnlyList<UltracamStamp> t)
    {
        var clock = VerticalClock(t[0]);
        if (IsDefault(t[0].Time))
            return new(t[0].Time.AddSeconds(_x / 2), _x, true);
        return t.Count > 1
            ? new(t[1].Time.AddSeconds(2060 * clock + _x / 2), _x, true)
            : new(t[0].Time.AddSeconds(-(FrameRows * clock + Readout(clock) + _x / 2)), _x, false, "no previous GPS time found in non-default mode");
    }

    private FrameTime NoClear(IReadOnlyList<UltracamStamp> t)
    {
        var clock = VerticalClock(t[0]);
        var transfer = FrameRows * clock;
        var isFirst = t[0].Number == 1;
        if (IsDefault(t[0].Time))
        {
            if (isFirst)
                return new(t[0].Time.AddSeconds(-transfer - _x / 2), _x, true);
            if (t.Count > 1)
                return After(t[1], t[0], t[1], transfer, half: +1, 0, true);
            var single = Readout(clock) + _x;
            return new(t[0].Time.AddSeconds(-transfer - single / 2), single, false, OnlyPrior(1));
        }

        if (isFirst)
        {
            return new(
                t[0].Time.AddSeconds(-transfer - Readout(clock) - _x / 2), _x, false, "cannot establish an accurate time for first frame in this mode");
        }

        if (t.Count >= 3)
            return After(t[1], t[1], t[2], transfer, half: -1, _x, true);
        if (t.Count == 2)
            return After(t[1], t[0], t[1], transfer, half: -1, _x, false, OnlyPrior(2));
        var exposure = Readout(clock) + _x;
        return new(t[0].Time.AddSeconds(_x - exposure - transfer - exposure / 2), exposure, false, OnlyPrior(1));
    }

    private FrameTime Drift(IReadOnlyList<UltracamStamp> t, double transfer, bool isDefault, string tooFew)
    {
        var n = DriftWindows;
        if (isDefault)
        {
            return t.Count > n
                ? After(t[n], t[n - 1], t[n], transfer, half: +1, 0, true)
                : new(UtcInstant.Year2000, _x, false, tooFew);
        }

        if (t.Count > n + 1)
            return After(t[n], t[n], t[n + 1], transfer, half: -1, _x, true);
        return t.Count == n + 1
            ? After(t[n], t[n - 1], t[n], transfer, half: -1, _x, false, tooFew)
            : new(UtcInstant.Year2000, _x, false, tooFew);
    }

    private FrameTime Windows(IReadOnlyList<UltracamStamp> t)
    {
        if (t[0].Time.SecondsSince(_ultraspecFixed) < 0)
            return EarlyWindows(t);
        if (_run.IsClear || t[0].Number == 1)
        {
            return t.Count == 1
                ? new(t[0].Time.AddSeconds(UltraspecTransfer + _x / 2), _x, false, "cannot establish an accurate time without at least 1 prior timestamp")
                : new(t[1].Time.AddSeconds(UltraspecSecondDelay + _x / 2), _x, true);
        }

        if (t.Count >= 3)
            return After(t[1], t[1], t[2], UltraspecTransfer, half: -1, _x, true);
        const string reason = "cannot establish an accurate time without at least 2 prior timestamps";
        return t.Count == 2
            ? After(t[1], t[0], t[1], UltraspecTransfer, half: -1, _x, false, reason)
            : new(t[0].Time.AddSeconds(-1.5 * _x), _x, false, reason);
    }

    // The stamp was taken at the end of the exposure then, but not always.
    private FrameTime EarlyWindows(IReadOnlyList<UltracamStamp> t)
    {
        const string reason = "times before 21 September 2011 are not reliable";
        return !_run.IsClear && t[0].Number != 1 && t.Count > 1
            ? After(t[0], t[0], t[1], UltraspecOldTransfer, half: -1, 0, false, reason)
            : new(t[0].Time.AddSeconds(-_x / 2), _x, false, reason);
    }

    // The exposure lasted from one transfer to the next; its middle lies half of it before or after a moment.
    private static FrameTime After(
        UltracamStamp from, UltracamStamp end, UltracamStamp start, double transfer, int half, double shift, bool isGood, string reason = "")
    {
        var exposure = end.Time.SecondsSince(start.Time) - transfer;
        return new FrameTime(from.Time.AddSeconds(shift + half * exposure / 2), exposure, isGood, reason);
    }

    private static string OnlyPrior(int count) =>
        $"cannot establish an accurate time with only {(count == 1 ? "one prior timestamp" : "two prior timestamps")}";

    private static bool IsDefault(UtcInstant t) => t.SecondsSince(_fastClock) < 0 || t.SecondsSince(_defaultFrom) > 0 && t.SecondsSince(_defaultTo) < 0;

    // Seconds to move the charge by one row.
    private double VerticalClock(UltracamStamp t)
    {
        if (_run.IsMay2002 && t.HasDate)
            return t.Time.SecondsSince(_may2002Step) < 0 ? 10.0e-6 : 24.46e-6;
        var v = _run.VerticalClock;
        var isFast = !t.HasDate || t.Time.SecondsSince(_fastClock) > 0;
        return isFast
            ? 6e-9 * (v > 127 ? 40 + 320 * (v - 128) : 40 + 40 * v)
            : 6e-9 * (v > 127 ? 80 + 160 * (v - 128) : 80 + 20 * v);
    }

    // Microseconds to digitise one pixel.
    private double VideoTime()
    {
        var setting = _xml.Integer("GAIN_SPEED", 0, int.MaxValue);
        return 1.2 + setting switch
        {
            0xcdd => 10.0,
            0xfbb => 4.4,
            0xfdd => 2.2,
            _ => throw new RunException($"{_run.Name}: the readout speed GAIN_SPEED = {setting:x} is not known; known are cdd, fbb and fdd."),
        };
    }

    // Seconds to read the chip out. The row clock, in seconds, stands among microseconds, as in the programs everybody compares with; it
    // only enters times that are flagged as unreliable.
    private double Readout(double clock)
    {
        int xb = _run.XBin, yb = _run.YBin;
        if (_run.Mode is UltracamMode.FullFrameClear or UltracamMode.FullFrameNoClear)
            return 1024.0 / yb * (clock * yb + 536 * HorizontalClock + (512.0 / xb + 2) * _video) / 1e6;
        if (_run.Mode is UltracamMode.OverscanClear or UltracamMode.OverscanNoClear)
            return 1032.0 / yb * (clock * yb + 540 * HorizontalClock + (540.0 / xb + 2) * _video) / 1e6;

        double microseconds = 0;
        var previousEnd = 1;
        foreach (var pair in _pairs)
        {
            int nx = pair.Nx * xb, ny = pair.Ny * yb;
            var right = 1024 - (pair.XRight + nx - 1);
            var left = pair.XLeft - 1;
            var shifts = nx + Math.Abs(left - right) + 8 + Math.Min(left, right);
            var line = clock * yb + shifts * HorizontalClock + (nx / xb + 2) * _video;
            microseconds += (pair.YStart - previousEnd) * clock + ny / yb * line;
            previousEnd = pair.YStart + ny;
        }

        return microseconds / 1e6;
    }
}
