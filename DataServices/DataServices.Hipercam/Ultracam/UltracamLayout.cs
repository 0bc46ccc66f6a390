namespace DataServices.Hipercam;

/// <summary>Where the pixels of an ULTRACAM or ULTRASPEC frame are and where they belong: worked out once a run.</summary>
internal sealed class UltracamLayout
{
    private const int HalfWidth = 512;
    private const int Height = 1024;
    private const int OverscanWidth = 540;
    private const int OverscanHeight = 1032;

    private UltracamLayout(IReadOnlyList<string> forms, int ccds, IReadOnlyList<Block> blocks, IReadOnlyList<Placement> placements)
    {
        WindowForms = forms;
        Ccds = ccds;
        Blocks = blocks;
        Placements = placements;
    }

    /// <inheritdoc cref="UltracamRun.WindowForms"/>
    public IReadOnlyList<string> WindowForms { get; }

    /// <summary>3 for ULTRACAM, 1 for ULTRASPEC.</summary>
    public int Ccds { get; }

    /// <summary>The readouts in the order of the frame.</summary>
    public IReadOnlyList<Block> Blocks { get; }

    /// <summary>The windows of every chip, which are alike.</summary>
    public IReadOnlyList<Placement> Placements { get; }

    /// <summary>Pixels in the frame.</summary>
    public int PixelCount => Blocks.Sum(block => block.Pixels);

    /// <summary>Rows of words that belong together: a pair of ULTRACAM windows (six words a pixel), or a row of ULTRASPEC windows.</summary>
    /// <param name="Nx">Pixels per row of one window; of the whole row for ULTRASPEC.</param>
    /// <param name="Ny">Rows.</param>
    /// <param name="Channels">Words per pixel: 6, or 1.</param>
    /// <param name="Offset">First word in the frame, and first pixel in the decoded buffer.</param>
    /// <param name="IsMirrored">Whether an ULTRASPEC row runs from right to left.</param>
    public sealed record Block(int Nx, int Ny, int Channels, int Offset, bool IsMirrored)
    {
        public int Pixels => Nx * Ny * Channels;

        public int RowBytes => 2 * Nx * Channels;
    }

    /// <summary>A window and where it lies in the decoded buffer.</summary>
    /// <param name="Offset">First pixel for the first chip.</param>
    /// <param name="Stride">Pixels from row to row.</param>
    /// <param name="CcdStep">Pixels from one chip's window to the next chip's.</param>
    public sealed record Placement(WindowGeometry Geometry, int Offset, int Stride, int CcdStep);

    public static UltracamLayout Of(UltracamXml xml, UltracamMode mode, int version, bool correctTrim, int xbin, int ybin) => mode switch
    {
        UltracamMode.Windows => Ultraspec(xml, xbin, ybin),
        UltracamMode.WindowDrift => UltraspecDrift(xml, xbin, ybin),
        UltracamMode.OverscanClear or UltracamMode.OverscanNoClear => Overscan(xbin, ybin),
        _ => Pairs(xml.Run, [.. PairsOf(xml, mode, xbin, ybin)], xbin, ybin, isTrimmed: version == -1, correctTrim),
    };

    /// <summary>A pair of windows, unbinned start, binned size.</summary>
    public readonly record struct Pair(int XLeft, int XRight, int YStart, int Nx, int Ny);

    public static IEnumerable<Pair> PairsOf(UltracamXml xml, UltracamMode mode, int xbin, int ybin)
    {
        if (mode is UltracamMode.FullFrameClear or UltracamMode.FullFrameNoClear)
        {
            yield return new Pair(1, 1 + HalfWidth, 1, HalfWidth / xbin, Height / ybin);
            yield break;
        }

        var count = mode switch
        {
            UltracamMode.TwoPair => 2,
            UltracamMode.ThreePair => 3,
            _ => 1,
        };
        for (var i = 1; i <= count; i++)
        {
            yield return new Pair(
                xml.Integer($"X{i}L_START", 1, 2 * HalfWidth), xml.Integer($"X{i}R_START", 1, 2 * HalfWidth), xml.Integer($"Y{i}_START", 1, OverscanHeight),
                xml.Integer($"X{i}_SIZE", 0, OverscanWidth) / xbin, xml.Integer($"Y{i}_SIZE", 0, OverscanHeight) / ybin);
        }
    }

    /// <summary>Leading windows of an ULTRASPEC run that have a size: those after the first may be unused.</summary>
    public static int CountWindows(UltracamXml xml)
    {
        var count = 1;
        while (count < 4 && xml.Integer($"X{count + 1}_SIZE", 0, 4096, missing: 0) > 0)
            count++;
        return count;
    }

    private static UltracamLayout Pairs(string run, Pair[] pairs, int xbin, int ybin, bool isTrimmed, bool correctTrim)
    {
        var blocks = new List<Block>();
        var placements = new List<Placement>();
        var offset = 0;
        foreach (var pair in pairs)
        {
            var block = new Block(pair.Nx, pair.Ny, 6, offset, false);
            // The oldest runs lose the pixel each amplifier reads first: the first column of the left window, the last of the right one.
            var trim = isTrimmed ? 1 : 0;
            if (pair.Nx <= trim && isTrimmed)
                throw new RunException($"{run}: a window of {pair.Nx} columns leaves nothing when the first is dropped.");
            var shiftLeft = correctTrim ? trim * xbin : 0;
            var shiftRight = correctTrim ? 0 : trim * xbin;
            placements.Add(InPair(block, new($"{placements.Count + 1}", pair.XLeft + shiftLeft, pair.YStart, pair.Nx - trim, pair.Ny, xbin, ybin, "LL"), false, trim, 0));
            placements.Add(InPair(block, new($"{placements.Count + 1}", pair.XRight + shiftRight, pair.YStart, pair.Nx - trim, pair.Ny, xbin, ybin, "LR"), true, 0, 0));
            blocks.Add(block);
            offset += block.Pixels;
        }

        var forms = pairs.Select(pair => Form(pair.XLeft, pair.XRight, pair.YStart, pair.Nx * xbin, pair.Ny * ybin));
        return new UltracamLayout([.. forms], 3, blocks, placements);
    }

    private static UltracamLayout Overscan(int xbin, int ybin)
    {
        var block = new Block(OverscanWidth / xbin, OverscanHeight / ybin, 6, 0, false);
        int data = HalfWidth / xbin, rows = Height / ybin, over = block.Ny - rows;
        int wide = 24 / xbin, narrow = 4 / xbin, scan = wide + narrow;
        WindowGeometry Place(int label, int llx, int lly, int nx, int ny) => new($"{label}", llx, lly, nx, ny, xbin, ybin, label % 2 == 1 ? "LL" : "LR");
        // Windows 3 and 4 are made of the columns on both sides of the data: the decoder moves them behind the data of each row.
        return new UltracamLayout(
            [Form(1, 1 + HalfWidth, 1, HalfWidth, Height), Form(1 + 2 * HalfWidth, 1 + 2 * HalfWidth + 28, 1, 28, OverscanHeight), Form(1, 1 + HalfWidth, 1 + Height, HalfWidth, OverscanHeight - Height)],
            3, [block],
            [
                InPair(block, Place(1, 1, 1, data, rows), false, 0, 0),
                InPair(block, Place(2, 1 + HalfWidth, 1, data, rows), true, 0, 0),
                InPair(block, Place(3, 1 + 2 * HalfWidth, 1, scan, block.Ny), false, data, 0),
                InPair(block, Place(4, 1 + 2 * HalfWidth + 28, 1, scan, block.Ny), true, data, 0),
                InPair(block, Place(5, 1, 1 + Height, data, over), false, 0, rows),
                InPair(block, Place(6, 1 + HalfWidth, 1 + Height, data, over), true, 0, rows),
            ])
        {
            OverscanStart = (wide, narrow, data),
        };
    }

    /// <summary>In overscan modes the first data column of the left and of the right window (mirrored), and their length; otherwise null.</summary>
    public (int Left, int Right, int Length)? OverscanStart { get; private init; }

    private static UltracamLayout Ultraspec(UltracamXml xml, int xbin, int ybin)
    {
        var isAvalanche = IsAvalanche(xml);
        var blocks = new List<Block>();
        var placements = new List<Placement>();
        var forms = new List<string>();
        var offset = 0;
        for (var i = 1; i <= CountWindows(xml); i++)
        {
            int x = xml.Integer($"X{i}_START", 0, 4096), y = xml.Integer($"Y{i}_START", 0, 4096);
            int nx = xml.Integer($"X{i}_SIZE", 0, 4096), ny = xml.Integer($"Y{i}_SIZE", 0, 4096);
            var block = new Block(nx, ny, 1, offset, isAvalanche);
            blocks.Add(block);
            forms.Add(Form(x, y, nx * xbin, ny * ybin));
            placements.Add(InRow(xml, block, i, x, y, nx, 0, xbin, ybin, isAvalanche));
            offset += block.Pixels;
        }

        return new UltracamLayout(forms, 1, blocks, placements);
    }

    private static UltracamLayout UltraspecDrift(UltracamXml xml, int xbin, int ybin)
    {
        var isAvalanche = IsAvalanche(xml);
        int nx1 = xml.Integer("X1_SIZE", 0, 4096), nx2 = xml.Integer("X2_SIZE", 0, 4096);
        int y = xml.Integer("Y1_START", 0, 4096), ny = xml.Integer("Y1_SIZE", 1, 4096);
        int x1 = xml.Integer("X1_START", 0, 4096), x2 = xml.Integer("X2_START", 0, 4096);
        var block = new Block(nx1 + nx2, ny, 1, 0, isAvalanche);
        return new UltracamLayout(
            [Form(x1, y, nx1 * xbin, ny * ybin), Form(x2, y, nx2 * xbin, ny * ybin)], 1, [block],
            [InRow(xml, block, 1, x1, y, nx1, 0, xbin, ybin, isAvalanche), InRow(xml, block, 2, x2, y, nx2, nx1, xbin, ybin, isAvalanche)]);
    }

    private static string Form(params ReadOnlySpan<int> numbers) => string.Join(',', numbers.ToArray());

    private static bool IsAvalanche(UltracamXml xml) => xml.Integer("OUTPUT", 0, 1, missing: 0) == 1;

    // The decoded buffer holds L1, R1, L2, R2, L3, R3 plane after plane, right ones mirrored.
    private static Placement InPair(Block block, WindowGeometry geometry, bool isRight, int column, int row)
    {
        var plane = block.Nx * block.Ny;
        return new(geometry, block.Offset + (isRight ? plane : 0) + row * block.Nx + column, block.Nx, 2 * plane);
    }

    private static Placement InRow(UltracamXml xml, Block block, int label, int x, int y, int nx, int start, int xbin, int ybin, bool isAvalanche)
    {
        // The first 16 columns of the chip carry no light.
        var chopped = (Math.Max(0, 17 - x) + xbin - 1) / xbin;
        if (chopped > nx)
            throw new RunException($"{xml.Run}: window {label} of {nx} columns from column {x} ends before the {chopped} columns without light do.");
        var llx = isAvalanche ? Math.Max(1, 1074 - x - nx * xbin) : Math.Max(1, x + chopped * xbin - 16);
        return new(new($"{label}", llx, y, nx - chopped, block.Ny, xbin, ybin, isAvalanche ? "LR" : "LL"), block.Offset + start + chopped, block.Nx, 0);
    }
}
