using System.Globalization;
using DataServices.Fits;

namespace DataServices.Hipercam;

/// <summary>What the XML of an ULTRACAM or ULTRASPEC run says, and how one of its frames becomes chips and windows.</summary>
public sealed class UltracamRun
{
    private static readonly int[] _versions = [100222, 111205, 120716, 120813, 130307, 130317, 130417, 140331];
    private static readonly string[] _ccdNames = ["Red CCD", "Green CCD", "Blue CCD"];
    private static readonly (string Element, string Keyword)[] _user =
    [
        ("target", "TARGET"), ("filters", "FILTERS"), ("PI", "PI"), ("ID", "ID"), ("Observers", "OBSERVRS"), ("flags", "DTYPE"), ("SlidePos", "SLIDEPOS"),
        ("RA", "RA"), ("Dec", "DEC"), ("Tracking", "TRACKING"), ("TTflag", "TTFLAG"), ("Focus", "FOCUS"), ("PA", "PA"), ("Eng_PA", "ENGPA"),
        ("ccd_temp", "CCDTEMP"), ("finger_temp", "FINGTEMP"), ("finger_pcent", "FINGPCNT"),
    ];

    private readonly UltracamXml _xml;
    private readonly UltracamLayout? _layout;
    private readonly Lazy<UltracamTimeline> _timeline;

    private UltracamRun(string name, UltracamXml xml, bool correctTrim)
    {
        Name = name;
        _xml = xml;
        IsUltraspec = xml.IsUltraspec;
        FrameBytes = xml.FrameBytes;
        TimingBytes = 2 * xml.HeaderWords;
        Mode = UltracamApplication.ModeOf(xml.Application)
            ?? throw new UnsupportedModeException($"{name}: the readout application \"{xml.Application}\" is not known.");
        _timeline = new Lazy<UltracamTimeline>(() => UltracamTimeline.Of(this, xml));
        (XBin, YBin, BlueSkip, Version) = (1, 1, 1, -1);
        if (Mode == UltracamMode.Power)
            return;
        Version = FindVersion();
        if (xml.HeaderWords == 16 && !_versions.Contains(Version))
            throw new RunException($"{name}: 16 timing words and version {Version} do not go together; known are {string.Join(", ", _versions)}.");
        XBin = xml.Integer(xml.Has("X_BIN_FAC") ? "X_BIN_FAC" : "X_BIN", 1, 512, missing: 1);
        YBin = xml.Integer(xml.Has("Y_BIN_FAC") ? "Y_BIN_FAC" : "Y_BIN", 1, 1024, missing: 1);
        TimingFormat = !IsUltraspec && Version == -1 || Version is 70514 or 80127 ? 1
            : IsUltraspec && Version == -1 || Version is 110921 or 130303 || _versions.Contains(Version) ? 2
            : 0;
        ExposureUnits = (uint)xml.Integer(IsUltraspec ? "DWELL" : "EXPOSE_TIME", 0, int.MaxValue);
        var hasTenths = xml.User is not null && (!IsUltraspec || xml.HeaderWords == 16 && Version >= 120813);
        ExposureDelay = ExposureUnits * (hasTenths ? 1e-4 : 1e-3);
        BlueSkip = IsUltraspec ? 1 : xml.Integer("NBLUE", 1, 10_000, missing: 1);
        _layout = CheckedLayout(correctTrim);
    }

    /// <summary>What the run is called in messages.</summary>
    public string Name { get; }

    /// <summary>Whether the camera is ULTRASPEC (one chip) and not ULTRACAM (three).</summary>
    public bool IsUltraspec { get; }

    /// <summary>Readout mode.</summary>
    public UltracamMode Mode { get; }

    /// <summary>Readout mode as observers call it: 2-PAIR, FFCLR, USPEC-2 and so on.</summary>
    public string ModeName => UltracamApplication.NameOf(Mode, Mode == UltracamMode.Windows ? UltracamLayout.CountWindows(_xml) : 0);

    /// <summary>Version of the readout software as a date (yymmdd), -1 before there was one.</summary>
    public int Version { get; }

    /// <summary>Bytes of a frame: timing and pixels.</summary>
    public int FrameBytes { get; }

    /// <summary>Bytes of timing at the start of a frame.</summary>
    public int TimingBytes { get; }

    /// <summary>Layout of the timing: 1 with a calendar date, 2 with seconds since 1970, 0 not known.</summary>
    public int TimingFormat { get; }

    /// <summary>Binning along the row.</summary>
    public int XBin { get; }

    /// <summary>Binning across rows.</summary>
    public int YBin { get; }

    /// <summary>The exposure asked for, in the camera's units.</summary>
    public uint ExposureUnits { get; }

    /// <summary>The exposure asked for, in seconds.</summary>
    public double ExposureDelay { get; }

    /// <summary>The blue chip is read out every so many frames.</summary>
    public int BlueSkip { get; }

    /// <summary>Whether every exposure starts with clearing the chip.</summary>
    public bool IsClear => IsUltraspec
        ? _xml.Integer("EN_CLR", 0, 1, missing: 0) != 0
        : Mode is UltracamMode.FullFrameClear or UltracamMode.OverscanClear or UltracamMode.OnePairClear;

    /// <summary>
    /// The windows as the cameras' control programs take them, unbinned: of ULTRACAM left column, right column, row, columns and rows of each pair; of
    /// ULTRASPEC column, row, columns and rows of each window.
    /// </summary>
    public IReadOnlyList<string> WindowForms => Layout.WindowForms;

    /// <inheritdoc cref="FrameSource.Setup"/>
    internal string Setup => $"{ModeName}, binned {XBin} x {YBin}, windows {string.Join("  ", WindowForms)}";

    /// <summary>Size of each chip and of the pads around it.</summary>
    public IReadOnlyList<KeyValuePair<string, CcdSize>> Ccds => IsUltraspec
        ? [new("1", new CcdSize(1056, 1072, 0, 0))]
        : [.. Enumerable.Range(1, 3).Select(ccd => new KeyValuePair<string, CcdSize>($"{ccd}", new CcdSize(1080, 1032, 56, 8)))];

    /// <summary>Whether the stamps are those of the camera's first run, May 2002, which had neither version nor clock setting.</summary>
    internal bool IsMay2002 => !IsUltraspec && TimingFormat == 1 && !_xml.Has("REVISION") && !_xml.Has("VERSION") && !_xml.Has("V_FT_CLK");

    internal UltracamLayout Layout => _layout ?? throw new UnsupportedModeException($"{Name}: this is a power on/off run ({_xml.Application}): it has no frames.");

    internal UltracamTimeline Timeline => _timeline.Value;

    // Seconds to move the charge by a row follow from it.
    internal int VerticalClock => _xml.Has("V_FT_CLK") ? (int)(_xml.Unsigned("V_FT_CLK") >> 16 & 0xff)
        : _xml.Application == "appl7_window3pair_cfg" ? 140
        : 0;

    /// <summary>Reads the XML of a run.</summary>
    /// <param name="name">What to call the run in messages.</param>
    /// <param name="xml">The XML.</param>
    /// <param name="correctTrim">Place the left window, not the right one, by the column the oldest runs lose: geometrically right, but not what other programs do.</param>
    public static UltracamRun FromXml(string name, Stream xml, bool correctTrim = false) => new(name, UltracamXml.Parse(name, xml), correctTrim);

    /// <summary>Decodes one frame.</summary>
    /// <param name="frame">Its bytes.</param>
    /// <param name="position">Its place in the run, from 1.</param>
    /// <param name="clock">What is known of the frames before it; takes this frame in.</param>
    public Mccd Decode(ReadOnlySpan<byte> frame, int position, UltracamClock clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        if (frame.Length != FrameBytes)
            throw new RunException($"{Name}: frame {position} has {frame.Length} bytes instead of {FrameBytes}.");
        var buffer = new PixelBuffer(Layout.PixelCount);
        foreach (var block in Layout.Blocks)
            UltracamDecoder.DecodeRows(Layout, block, 0, frame.Slice(TimingBytes + 2 * block.Offset, 2 * block.Pixels), buffer.Pixels);
        return Assemble(buffer, frame[..TimingBytes], position, clock);
    }

    /// <summary>Makes sure that frames can be read: power runs have none, and timing bytes of an unknown version mean nothing.</summary>
    /// <exception cref="RunException">They cannot.</exception>
    internal void RequireFrames()
    {
        _ = Layout;
        if (TimingFormat == 0)
            throw new RunException($"{Name}: the layout of the timing bytes of version {Version} is not known.");
        if (TimingBytes < (TimingFormat == 2 ? 26 : 23))
            throw new RunException($"{Name}: {_xml.HeaderWords} timing words are too few.");
        _ = Timeline;
    }

    internal Mccd Assemble(PixelBuffer buffer, ReadOnlySpan<byte> timing, int position, UltracamClock clock)
    {
        var last = clock.Last;
        var (stamp, time, blue) = clock.Add(timing);
        var warnings = new List<string>();
        if (stamp.Number != position)
            warnings.Add($"{Name}: frame {position} carries the number {stamp.Number}");
        var expected = last?.Number + 1 ?? position;
        var dropped = stamp.Number > expected && stamp.Number - (long)expected < 1_000_000 ? stamp.Number - expected : 0;

        var ccds = new Ccd[Layout.Ccds];
        for (var i = 0; i < ccds.Length; i++)
        {
            var windows = new Window[Layout.Placements.Count];
            for (var w = 0; w < windows.Length; w++)
            {
                var placement = Layout.Placements[w];
                windows[w] = new Window(placement.Geometry, buffer, placement.Offset + i * placement.CcdStep, placement.Stride);
            }

            var ccd = i;
            var ccdTime = i == 2 ? blue : time;
            var isJunk = i == 2 && stamp.IsBlueJunk;
            ccds[i] = new Ccd($"{i + 1}", windows, FrameSize, !isJunk, ccdTime, () => CcdHeader(ccd, stamp, ccdTime, position));
        }

        return new Mccd(position, ccds, time, buffer, () => FrameHeader(stamp, time, position)) { Dropped = dropped, Warnings = warnings };
    }

    private CcdSize FrameSize => IsUltraspec ? new(1056, 1072, 0, 0) : new(1080, 1032, 0, 0);

    private int FindVersion()
    {
        var parameter = _xml.Has("REVISION") ? "REVISION" : "VERSION";
        var fromUser = _xml.User?.ContainsKey("revision") == true ? _xml.UserInteger("revision") : (int?)null;
        if (!_xml.Has(parameter))
            return fromUser ?? -1;
        var version = _xml.Integer(parameter, -1, int.MaxValue);
        return fromUser is null || fromUser == version
            ? version
            : throw new RunException($"{Name}: the version is {fromUser} by the observers' part and {version} by the parameter {parameter}.");
    }

    private UltracamLayout CheckedLayout(bool correctTrim)
    {
        var layout = UltracamLayout.Of(_xml, Mode, IsUltraspec ? 0 : Version, correctTrim, XBin, YBin);
        var size = TimingBytes + 2L * layout.PixelCount;
        return size == FrameBytes
            ? layout
            : throw new RunException($"{Name}: the windows make frames of {size} bytes, the XML says {FrameBytes}.");
    }

    private FitsHeader FrameHeader(UltracamStamp stamp, FrameTime time, int position)
    {
        var header = new FitsHeader();
        foreach (var (element, keyword) in _user)
        {
            if (_xml.User?.GetValueOrDefault(element) is { Length: > 0 } text)
                header.Set(keyword, Ascii(element == "SlidePos" ? text.Split(' ')[0] : text));
        }

        header.Set("INSTRUME", IsUltraspec ? "ULTRASPEC" : "ULTRACAM").Set("APPLICAT", Ascii(_xml.Application)).Set("MODE", ModeName).Set("CLEAR", !IsUltraspec && IsClear, "whether the mode clears the chips")
            .Set("EXPDELAY", ExposureDelay, "[s] exposure asked for");
        var count = IsUltraspec ? "NUM_EXPS" : "NO_EXPOSURES";
        if (_xml.Has(count))
            header.Set("NUMEXP", _xml.Integer(count, int.MinValue, int.MaxValue), "exposures asked for, -1 until stopped");
        if (IsUltraspec)
        {
            header.Set("CCDNAME", "ULTRASPEC").Set("SPEED", "SMF"[Math.Min(2, _xml.Integer("SPEED", 0, 2, missing: 0))].ToString()).Set("ENBLCLR", IsClear)
                .Set("HVGAIN", _xml.Integer("HV_GAIN", 0, 1 << 20, missing: 0)).Set("OUTPUT", _xml.Integer("OUTPUT", 0, 1, missing: 0) == 1 ? "A" : "N");
        }
        else
        {
            if (_xml.Has("GAIN_SPEED"))
                header.Set("GAINSPED", _xml.Integer("GAIN_SPEED", 0, int.MaxValue).ToString("x", CultureInfo.InvariantCulture));
            header.Set("VFTCLK", VerticalClock).Set("NBLUE", BlueSkip);
        }

        header.Set("VERSION", Version).Set("RUN", Ascii(Path.GetFileName(Name))).Set("NFRAME", position, "frame number")
            .Set("MIDNIGHT", stamp.IsPastMidnight, "date corrected by a day").Set("FRAMEERR", stamp.Number != position, "frame number not as expected");
        return AddTime(header, time);
    }

    private FitsHeader CcdHeader(int ccd, UltracamStamp stamp, FrameTime time, int position)
    {
        // A camera of one chip says everything about it in its header too.
        if (IsUltraspec)
            return FrameHeader(stamp, time, position);
        var header = AddTime(new FitsHeader().Set("CCDNAME", _ccdNames[ccd]), time);
        return ccd == 2 ? header.Set("DSTATUS", !stamp.IsBlueJunk, "whether the pixels are an exposure") : header;
    }

    private static FitsHeader AddTime(FitsHeader header, FrameTime time) =>
        header.Set("TIMSTAMP", time.Time.ToString(), "middle of the exposure, UTC").Set("MJDINT", time.Time.MjdDay).Set("MJDFRAC", time.MjdFraction)
            .Set("MJDUTC", time.Mjd).Set("EXPTIME", time.ExposureTime, "[s] exposure").Set("GOODTIME", time.IsGood, "whether the time can be trusted")
            .Set("MJDOKWHY", time.Reason);

    // What people type may hold anything; a FITS card may not.
    private static string Ascii(string text) => new([.. text.Select(c => c is >= ' ' and <= '~' ? c : '?')]);
}
