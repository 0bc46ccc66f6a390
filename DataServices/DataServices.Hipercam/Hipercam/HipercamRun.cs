using DataServices.Fits;

namespace DataServices.Hipercam;

/// <summary>What the header of a HiPERCAM run says, and how one of its frames becomes chips and windows.</summary>
public sealed class HipercamRun
{
    // A full frame has 10.5 million words; anything far above is a damaged header.
    private const int MaxWords = 64 << 20;
    private static readonly string[] _copied =
    [
        "DATE", "OBJECT", "FILTERS", "PI", "OBSERVER", "RA", "DEC", "RADEG", "DECDEG", "INSTRPA", "IMAGETYP", "INSTRUME", "TELESCOP",
    ];

    private static readonly CcdSize _size = new(2048, 1024, 0, 0);
    private readonly HipercamLayout _layout;
    private readonly RunCards _cards;
    private readonly int[] _skips;
    private readonly int _driftWindows;
    private readonly double _exposure;
    private readonly bool _isFull;

    private HipercamRun(string name, RunCards cards, bool isFull)
    {
        Name = name;
        _cards = cards;
        _isFull = isFull;
        Mode = cards.Text("ESO DET READ CURNAME");
        if (cards.Integer("BITPIX", -64, 64) != 16 || cards.Number("BSCALE") != 1 || cards.Number("BZERO") != 32768)
            throw new RunException($"{name}: the words are not 16-bit unsigned (BITPIX 16, BSCALE 1, BZERO 32768).");
        // A file server may send the header of a run that is not a file yet: its frames are as large as the server's own keywords say.
        var isServed = cards.Find("NAXIS1") is null && ServerFrameBytes is not null;
        FrameBytes = isServed ? (int)Math.Min(2L * MaxWords, ServerFrameBytes!.Value) : 2 * cards.Integer("NAXIS1", 1, MaxWords);
        FrameCount = isServed ? 0 : cards.Integer("NAXIS3", 0, int.MaxValue);
        _layout = HipercamLayout.Of(name, cards, Mode);
        TimingBytes = FrameBytes - 2 * _layout.PixelCount;
        if (TimingBytes < HipercamStamp.Length)
        {
            throw new RunException(
                $"{name}: the windows need {2 * _layout.PixelCount} bytes and {HipercamStamp.Length} of timing, but a frame has {FrameBytes}.");
        }

        var isDrift = Mode.StartsWith("Drift", StringComparison.Ordinal);
        Cycle = HipercamCycle.Of(cards, isDrift);
        _driftWindows = isDrift ? cards.Integer("ESO DET DRIFT NWINS", 0, 10_000, missing: 0) : 0;
        _skips = [.. Enumerable.Range(1, HipercamLayout.Ccds).Select(ccd => cards.Integer($"ESO DET NSKIPS{ccd}", 0, 1_000_000))];
        // What the observer set; runs without it have the delay that makes it.
        _exposure = cards.Find("EXPTIME") is null ? cards.Number("ESO DET TDELAY") / 1000 : cards.Number("EXPTIME");
        XBin = cards.Integer("ESO DET BINX1", 1, 1024);
        YBin = cards.Integer("ESO DET BINY1", 1, 512);
    }

    /// <summary>What the run is called in messages.</summary>
    public string Name { get; }

    /// <summary>Readout mode as the header gives it.</summary>
    public string Mode { get; }

    /// <summary>Binning along the row.</summary>
    public int XBin { get; }

    /// <summary>Binning across rows.</summary>
    public int YBin { get; }

    /// <summary>Bytes of a frame in the file: pixels and timing.</summary>
    public int FrameBytes { get; }

    /// <summary>Bytes of timing at the end of a frame, normally 36.</summary>
    public int TimingBytes { get; }

    /// <summary>
    /// The windows as the instrument's control program shows them: start columns of the lower and upper windows (of drift windows: of both),
    /// start row, columns, rows, unbinned and counted from 1. One text per window set.
    /// </summary>
    public IReadOnlyList<string> WindowForms => _layout.WindowForms;

    /// <inheritdoc cref="FrameSource.Setup"/>
    internal string Setup => $"{Mode}, binned {XBin} x {YBin}, windows {string.Join("  ", WindowForms)}";

    /// <summary>NAXIS3: number of frames, 0 while the run is being written.</summary>
    public int FrameCount { get; }

    /// <summary>How exposures follow each other.</summary>
    public HipercamCycle Cycle { get; }

    /// <summary>The whole header.</summary>
    public FitsHeader Header => _cards.Header;

    internal HipercamLayout Layout => _layout;

    /// <summary>
    /// What a file server says a frame has in bytes: its pixel count is four times too large when four samples are averaged, and NSAMP
    /// counts as 1 there when it is missing. Null without the server's keywords.
    /// </summary>
    public long? ServerFrameBytes => _cards.Find("ESO DET ACQ1 WIN NX") is null
        ? null
        : 2 * (18 + (long)_cards.Integer("ESO DET ACQ1 WIN NX", 1, int.MaxValue) * _cards.Integer("ESO DET ACQ1 WIN NY", 1, MaxWords)
            / _cards.Integer("ESO DET NSAMP", 1, 1024, missing: 1));

    /// <summary>Reads the header of a run.</summary>
    /// <param name="name">What to call it in messages.</param>
    /// <param name="header">Its cards.</param>
    /// <param name="isFull">Whether frames carry the cards of the run (object, filters and so on) besides the times.</param>
    /// <exception cref="RunException">The header does not describe a run this reader knows.</exception>
    public static HipercamRun FromHeader(string name, FitsHeader header, bool isFull = true) => new(name, new RunCards(name, header), isFull);

    /// <summary>Decodes one frame.</summary>
    /// <param name="frame">Its bytes: <see cref="FrameBytes"/> of them, or <see cref="ServerFrameBytes"/>.</param>
    /// <param name="expected">The frame number expected, to notice lost frames.</param>
    public Mccd Decode(ReadOnlySpan<byte> frame, int expected)
    {
        if (frame.Length != FrameBytes && (frame.Length != ServerFrameBytes || frame.Length < 2 * _layout.PixelCount + HipercamStamp.Length))
            throw new RunException($"{Name}: frame {expected} has {frame.Length} bytes instead of {FrameBytes}.");
        var buffer = new PixelBuffer(_layout.PixelCount);
        foreach (var set in _layout.Sets)
            HipercamDecoder.DecodeRows(_layout, set, 0, frame.Slice(set.FrameOffset, set.Bytes), buffer.Pixels);
        return Assemble(buffer, HipercamStamp.Decode(frame[^HipercamStamp.Length..]), expected);
    }

    internal Mccd Assemble(PixelBuffer buffer, HipercamStamp stamp, int expected)
    {
        var time = stamp.Time(_exposure);
        var number = stamp.Number;
        var warnings = new List<string>();
        if (!stamp.IsDate)
            warnings.Add($"{Name}: frame {number}: {time.Reason}");
        if (number != expected)
            warnings.Add($"{Name}: frame {expected} was expected, frame {number} came");

        var ccds = new Ccd[HipercamLayout.Ccds];
        for (var i = 0; i < ccds.Length; i++)
        {
            var placements = _layout.Placements[i];
            var windows = new Window[placements.Count];
            for (var w = 0; w < windows.Length; w++)
                windows[w] = new Window(placements[w].Geometry, buffer, placements[w].Offset, placements[w].Stride);
            var middle = Middle(time, i, number);
            var isData = number > _driftWindows && number % (_skips[i] + 1) == 0;
            var ccd = i;
            ccds[i] = new Ccd($"{i + 1}", windows, _size, isData, middle, () => CcdHeader(ccd, isData, middle));
        }

        // A count that jumps by more than this is not a loss of frames but a damaged count.
        var dropped = number > expected && number - (long)expected < 1_000_000 ? number - expected : 0;
        return new Mccd(number, ccds, time, buffer, () => FrameHeader(time, number)) { Dropped = dropped, Warnings = warnings };
    }

    private FrameTime Middle(FrameTime stamp, int ccd, int number)
    {
        var (offset, exposure) = Cycle.At(_skips[ccd], number);
        var time = stamp.Time.AddSeconds(offset);
        var fraction = stamp.MjdFraction + offset / UtcInstant.SecondsPerDay + (stamp.Time.MjdDay - time.MjdDay);
        var isReadOut = number % (_skips[ccd] + 1) == 0;
        // Rounding may put a moment next to midnight on the other side of it.
        return new FrameTime(
            time, fraction is >= 0 and < 1 ? fraction : time.MjdFraction, exposure, isReadOut && stamp.IsGood, isReadOut ? stamp.Reason : "this chip was not read out");
    }

    private FitsHeader FrameHeader(FrameTime time, int number)
    {
        var header = new FitsHeader();
        if (_isFull)
            header.Set("MODE", Mode, "readout mode");
        header.Set("CLEAR", _cards.Flag("ESO DET CLRCCD"), "cleared before each exposure");
        if (_isFull)
        {
            foreach (var keyword in _copied)
            {
                if (_cards.Find(keyword) is { } card)
                    header.Add(card);
            }

            if (_cards.Find("ESO DET GPS")?.Value is bool gps)
                header.Set("GPS", gps, "GPS receiver");
            header.Set("XBIN", XBin).Set("YBIN", YBin);
            if (_cards.Find("ESO DET SPEED") is not null)
                header.Set("SPEED", _cards.Integer("ESO DET SPEED", -1, 100), "readout speed");
        }

        header.Set("EXPTIME", _exposure, "[s] exposure");
        header.Set("TIMSTAMP", time.Time.ToString(), "time of the frame, UTC");
        return header.Set("MJDINT", time.Time.MjdDay).Set("MJDFRAC", time.MjdFraction).Set("MJDUTC", time.Mjd)
            .Set("GOODTIME", time.IsGood, "whether the time can be trusted").Set("NFRAME", number, "frame number");
    }

    private FitsHeader CcdHeader(int ccd, bool isData, FrameTime middle)
    {
        var header = new FitsHeader().Set("NCYCLE", _skips[ccd] + 1, "read out every so many frames");
        if (_isFull)
        {
            Copy(header, $"ESO DET REFLECT{ccd + 1}", "REFLECT");
            Copy(header, $"ESO DET CHIP{ccd + 1} RON", "RONOISE");
            Copy(header, $"ESO DET CHIP{ccd + 1} GAIN", "GAIN");
        }

        return header.Set("DSTATUS", isData, "whether the pixels are an exposure")
            .Set("MJDINT", middle.Time.MjdDay).Set("MJDFRAC", middle.MjdFraction).Set("MJDUTC", middle.Mjd, "middle of the exposure")
            .Set("GOODTIME", middle.IsGood, "whether the time can be trusted").Set("EXPTIME", middle.ExposureTime, "[s] exposure");
    }

    private void Copy(FitsHeader header, string from, string to)
    {
        if (_cards.Find(from) is { Value: not null } card)
            header.Add(new FitsCard(to, card.Value));
    }
}
