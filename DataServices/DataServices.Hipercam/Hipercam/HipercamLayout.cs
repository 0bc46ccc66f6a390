namespace DataServices.Hipercam;

/// <summary>Where the pixels of a HiPERCAM frame are and where they belong: worked out once a run from its header.</summary>
internal sealed class HipercamLayout
{
    public const int Ccds = 5;
    public const int Amplifiers = 4;
    public const int WordsPerPixel = Ccds * Amplifiers;
    public const int BytesPerPixel = 2 * WordsPerPixel;
    private const int QuadrantWidth = 1024;
    private const int QuadrantHeight = 512;
    private const int PrescanColumns = 50;
    private const int OverscanRows = 8;
    private const string Labels = "EFGH";

    private HipercamLayout(
        IReadOnlyList<string> forms, IReadOnlyList<Set> sets, IReadOnlyList<Placement>[] placements, bool[,] flipX, bool[,] flipY, bool isQuadSampled)
    {
        WindowForms = forms;
        Sets = sets;
        Placements = placements;
        FlipX = flipX;
        FlipY = flipY;
        IsGroupedByFour = isQuadSampled;
    }

    /// <inheritdoc cref="HipercamRun.WindowForms"/>
    public IReadOnlyList<string> WindowForms { get; }

    /// <summary>The window sets in the order of the frame.</summary>
    public IReadOnlyList<Set> Sets { get; }

    /// <summary>Per CCD its windows in order.</summary>
    public IReadOnlyList<Placement>[] Placements { get; }

    /// <summary>Per CCD and amplifier on the wire, whether its columns come mirrored.</summary>
    public bool[,] FlipX { get; }

    /// <summary>Per CCD and amplifier on the wire, whether its rows come mirrored.</summary>
    public bool[,] FlipY { get; }

    /// <summary>Whether pixels come in groups of four (NSAMP other than 4).</summary>
    public bool IsGroupedByFour { get; }

    /// <summary>Pixels of all windows of all chips.</summary>
    public int PixelCount => Sets.Sum(set => set.Nx * set.Ny) * WordsPerPixel;

    /// <summary>One window of every quadrant of every chip, all of one size.</summary>
    /// <param name="Nx">Columns read out, prescan included.</param>
    /// <param name="Ny">Rows read out, overscan included.</param>
    /// <param name="FrameOffset">First byte in the frame.</param>
    /// <param name="BufferOffset">First pixel in the decoded buffer.</param>
    public sealed record Set(int Nx, int Ny, int FrameOffset, int BufferOffset)
    {
        /// <summary>First pixel in the decoded buffer of one amplifier.</summary>
        public int PlaneOffset(int ccd, int amplifier) => BufferOffset + (ccd * Amplifiers + amplifier) * Nx * Ny;

        /// <summary>Bytes in the frame.</summary>
        public int Bytes => Nx * Ny * BytesPerPixel;
    }

    /// <summary>A window and where it lies in the decoded buffer.</summary>
    public sealed record Placement(WindowGeometry Geometry, int Offset, int Stride);

    public static HipercamLayout Of(string run, RunCards cards, string mode)
    {
        int xbin = cards.Integer("ESO DET BINX1", 1, 1024), ybin = cards.Integer("ESO DET BINY1", 1, 512);
        bool hasPrescan = cards.Flag("ESO DET INCPRSCX"), hasOverscan = cards.Flag("ESO DET INCOVSCY");
        if (hasPrescan && PrescanColumns % xbin != 0)
            throw new RunException($"{run}: the prescan of {PrescanColumns} columns cannot be binned by {xbin}.");
        if (hasOverscan && OverscanRows % ybin != 0)
            throw new RunException($"{run}: the overscan of {OverscanRows} rows cannot be binned by {ybin}.");
        int pre = hasPrescan ? PrescanColumns / xbin : 0, over = hasOverscan ? OverscanRows / ybin : 0;
        // A drift window's rows contain its overscan.
        var added = mode.StartsWith("Drift", StringComparison.Ordinal) ? 0 : over;

        var readouts = Readouts(run, cards, mode, hasPrescan);
        var sets = new List<Set>();
        int frameOffset = 0, bufferOffset = 0;
        foreach (var readout in readouts)
        {
            var isFull = readout.Prefix.Length == 0;
            // A full frame is binned with its scans; windows and scans are binned apart. Both divide without rest in practice.
            var nx = isFull ? (QuadrantWidth + (hasPrescan ? PrescanColumns : 0)) / xbin : readout.Nx / xbin + pre;
            var ny = isFull ? (QuadrantHeight + (hasOverscan ? OverscanRows : 0)) / ybin : readout.Ny / ybin + added;
            // A readout may be nothing but scans, or nothing at all: its windows are empty then.
            if (ny < over)
                throw new RunException($"{run}: a window of {ny} binned rows cannot contain the overscan of {over}.");
            sets.Add(new Set(nx, ny, frameOffset, bufferOffset));
            frameOffset += nx * ny * BytesPerPixel;
            bufferOffset += nx * ny * WordsPerPixel;
        }

        var isGrouped = cards.Integer("ESO DET NSAMP", 1, 1024, missing: 4) != 4;
        if (isGrouped && sets.Exists(set => set.Nx * set.Ny % 4 != 0))
            throw new RunException($"{run}: with NSAMP other than 4 a window must have a multiple of four pixels.");
        return Place(cards, readouts, sets, (xbin, ybin), (pre, over), isGrouped);
    }

    private static List<Readout> Readouts(string run, RunCards cards, string mode, bool hasPrescan)
    {
        if (mode.StartsWith("FullFrame", StringComparison.Ordinal))
            return [new Readout("", QuadrantWidth, QuadrantHeight, 0, [0, 0, 0, 0])];
        if (mode.StartsWith("OneWindow", StringComparison.Ordinal))
            return [Window(cards, "WIN1")];
        if (mode.StartsWith("TwoWindow", StringComparison.Ordinal))
            return [Window(cards, "WIN1"), Window(cards, "WIN2")];
        if (!mode.StartsWith("Drift", StringComparison.Ordinal))
            throw new UnsupportedModeException($"{run}: the readout mode \"{mode}\" is not known; known are FullFrame, OneWindow, TwoWindow and Drift.");
        if (hasPrescan)
            throw new RunException($"{run}: drift mode has no prescan, but the header says so.");
        return [Window(cards, "DRWIN")];
    }

    private static Readout Window(RunCards cards, string window)
    {
        var prefix = $"ESO DET {window} ";
        var starts = Labels.Select(label => cards.Integer($"{prefix}XS{label}", 0, QuadrantWidth)).ToArray();
        return new Readout(
            prefix, cards.Integer($"{prefix}NX", 0, QuadrantWidth), cards.Integer($"{prefix}NY", 0, QuadrantHeight),
            cards.Integer($"{prefix}YS", 0, QuadrantHeight), starts);
    }

    private static HipercamLayout Place(
        RunCards cards, List<Readout> readouts, List<Set> sets, (int X, int Y) bin, (int Pre, int Over) scan, bool isGrouped)
    {
        var placements = new IReadOnlyList<Placement>[Ccds];
        bool[,] flipX = new bool[Ccds, Amplifiers], flipY = new bool[Ccds, Amplifiers];
        for (var ccd = 0; ccd < Ccds; ccd++)
        {
            var isRotated = cards.Flag($"ESO DET ROTATE{ccd + 1}", missing: false);
            var windows = new List<Placement>();
            for (var i = 0; i < sets.Count; i++)
            {
                for (var amplifier = 0; amplifier < Amplifiers; amplifier++)
                {
                    // The second and the fifth chip are seen in a mirror: E and F, G and H change places (amplifiers count E F G H = 0 1 2 3).
                    var mirrored = ccd is 1 or 4 ? amplifier ^ 1 : amplifier;
                    // Half a turn exchanges E and G, F and H.
                    var quadrant = isRotated ? mirrored ^ 2 : mirrored;
                    flipX[ccd, amplifier] = IsRight(quadrant);
                    flipY[ccd, amplifier] = IsUpper(quadrant);
                    Cut(windows, $"{Labels[amplifier]}{i + 1}", readouts[i], sets[i], sets[i].PlaneOffset(ccd, amplifier), bin, scan, quadrant, mirrored);
                }
            }

            placements[ccd] = windows;
        }

        return new HipercamLayout([.. readouts.Select(readout => Form(cards, readout))], sets, placements, flipX, flipY, isGrouped);
    }

    // Splits one readout into data, prescan (P) and overscan (O). The scans are placed by the quadrant before rotation.
    private static void Cut(
        List<Placement> windows, string label, Readout readout, Set set, int offset, (int X, int Y) bin, (int Pre, int Over) scan, int quadrant, int scanQuadrant)
    {
        var llx = IsRight(quadrant) ? 1 + QuadrantWidth - readout.XStart[quadrant] + QuadrantWidth - readout.Nx : 1 + readout.XStart[quadrant];
        var lly = IsUpper(quadrant) ? 1 + QuadrantHeight - readout.YStart + QuadrantHeight - readout.Ny : 1 + readout.YStart;
        int nx = set.Nx - scan.Pre, ny = set.Ny - scan.Over;
        var dataX = !IsRight(scanQuadrant) ? scan.Pre : 0;
        var dataY = IsUpper(scanQuadrant) ? scan.Over : 0;
        windows.Add(new(new(label, llx, lly, nx, ny, bin.X, bin.Y), offset + dataY * set.Nx + dataX, set.Nx));
        if (scan.Pre > 0)
        {
            var preX = IsRight(scanQuadrant) ? nx : 0;
            var preLly = scan.Over > 0 && !IsUpper(scanQuadrant) ? 1 - OverscanRows : lly;
            var preLlx = IsRight(scanQuadrant) ? 1 + 2 * QuadrantWidth : 1 - PrescanColumns;
            windows.Add(new(new(label + "P", preLlx, preLly, scan.Pre, set.Ny, bin.X, bin.Y), offset + preX, set.Nx));
        }

        if (scan.Over > 0)
        {
            var overY = IsUpper(scanQuadrant) ? 0 : ny;
            var overLly = IsUpper(scanQuadrant) ? 1 + 2 * QuadrantHeight : 1 - OverscanRows;
            windows.Add(new(new(label + "O", llx, overLly, nx, scan.Over, bin.X, bin.Y), offset + overY * set.Nx + dataX, set.Nx));
        }
    }

    // Newer headers have the columns as they were typed in; otherwise they follow from where the windows are.
    private static string Form(RunCards cards, Readout readout)
    {
        if (readout.Prefix.Length == 0)
            return "full frame";
        var isDrift = readout.Prefix.Contains("DRWIN", StringComparison.Ordinal);
        string[] typed = isDrift ? ["XSL", "XSR"] : ["XSLL", "XSLR", "XSUL", "XSUR"];
        // E, F, H, G: lower left, lower right, upper left, upper right.
        int[] quadrants = isDrift ? [0, 1] : [0, 1, 3, 2];
        var columns = Array.TrueForAll(typed, key => cards.Find(readout.Prefix + key) is not null)
            ? typed.Select(key => cards.Integer(readout.Prefix + key, -4 * QuadrantWidth, 4 * QuadrantWidth))
            : quadrants.Select(quadrant => IsRight(quadrant) ? 2 * QuadrantWidth + 1 - readout.XStart[quadrant] - readout.Nx : readout.XStart[quadrant] + 1);
        return string.Join(',', [.. columns, readout.YStart + 1, readout.Nx, readout.Ny]);
    }

    private static bool IsRight(int quadrant) => quadrant is 1 or 2;

    private static bool IsUpper(int quadrant) => quadrant >= 2;

    // Unbinned, in pixels of a quadrant; the start of a column counts from the chip's edge.
    private sealed record Readout(string Prefix, int Nx, int Ny, int YStart, int[] XStart);
}
