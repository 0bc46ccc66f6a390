using DataServices.Fits;

namespace DataServices.Hipercam;

/// <summary>Reads and writes .hcm files: FITS, one image extension per window. Blocks while it reads or writes.</summary>
public static class HcmFile
{
    private const string TypeKey = "HIPERCAM";
    private static readonly string[] _placing =
    [
        "CCDSUM", "CCDSEC", "AMPSEC", "DATASEC", "DETSEC", "ATM1_1", "ATM2_2", "ATV1", "ATV2", "LTM1_1", "LTM2_2", "LTV1", "LTV2", "DTM1_1", "DTM2_2", "DTV1",
        "DTV2", "WCSNAMEP", "CTYPE1", "CTYPE2", "CRPIX1", "CRPIX2", "CRVAL1", "CRVAL2", "CD1_1", "CD2_2",
    ];

    private static readonly HashSet<string> _structure = [.. _placing, "EXTNAME", "CCD", "WINDOW", "NXTOT", "NYTOT", "NUMWIN"];

    /// <summary>Reads a file of several chips.</summary>
    /// <param name="path">The file; no extension is added.</param>
    /// <param name="precision">How pixels are kept.</param>
    /// <exception cref="RunException">It is missing, or holds something else.</exception>
    public static Mccd ReadMccd(string path, HcmPrecision precision = HcmPrecision.Single)
    {
        using var file = Open(path, out var type);
        if (type != "MCCD")
            throw new RunException($"{path}: HIPERCAM = '{type}': one chip, not the several of an 'MCCD' file.");
        var header = file.ReadHeader(0);
        header.Remove("NUMCCD");
        header.Remove(TypeKey);
        var ccds = new List<Ccd>();
        var builder = new CcdBuilder(path, "");
        for (var hdu = 1; hdu < file.HduCount; hdu++)
        {
            var cards = file.ReadHeader(hdu);
            var label = Label(cards, "CCD") ?? throw new RunException($"{path}: HDU {hdu} does not say which CCD it belongs to.");
            if (builder.Windows.Count > 0 && builder.Label != label)
            {
                ccds.Add(builder.Build());
                builder = new CcdBuilder(path, label);
            }
            else if (builder.Windows.Count == 0)
            {
                builder = new CcdBuilder(path, label);
            }

            builder.Add(ReadWindow(file, hdu, cards, builder.NextLabel, precision), cards);
        }

        if (builder.Windows.Count > 0)
            ccds.Add(builder.Build());
        return Checked(path, () => new Mccd(ccds, header));
    }

    /// <summary>Reads a file of one chip.</summary>
    /// <inheritdoc cref="ReadMccd"/>
    public static Ccd ReadCcd(string path, HcmPrecision precision = HcmPrecision.Single)
    {
        using var file = Open(path, out var type);
        if (type != "CCD")
            throw new RunException($"{path}: HIPERCAM = '{type}': several chips, not the one of a 'CCD' file.");
        var builder = new CcdBuilder(path, "1");
        for (var hdu = 0; hdu < file.HduCount; hdu++)
        {
            var cards = file.ReadHeader(hdu);
            cards.Remove(TypeKey);
            builder.Add(ReadWindow(file, hdu, cards, builder.NextLabel, precision), cards);
        }

        return builder.Build();
    }

    /// <summary>Reads a file of either kind; one chip comes as a frame of it, called 1.</summary>
    /// <inheritdoc cref="ReadMccd"/>
    public static Mccd Read(string path, HcmPrecision precision = HcmPrecision.Single)
    {
        using (Open(path, out var type))
        {
            if (type == "MCCD")
                return ReadMccd(path, precision);
        }

        var ccd = ReadCcd(path, precision);
        return new Mccd([ccd], ccd.Header);
    }

    /// <summary>Writes a frame; pixels as 32-bit floats, with the cards that let DS9 show the chips as a mosaic.</summary>
    /// <param name="path">The file, which must not exist unless <paramref name="overwrite"/>.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="overwrite">Whether a file of that name may be replaced.</param>
    public static void Write(string path, Mccd frame, bool overwrite = false)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var top = new FitsHeader(frame.Header).Set("NUMCCD", frame.Ccds.Count, "number of CCDs").Set(TypeKey, "MCCD", "type of file");
        FitsWriter.Write(
            path,
            file =>
            {
                file.AppendImage<byte>([], [], top);
                var places = HcmCards.Mosaic(frame.Ccds);
                for (var i = 0; i < frame.Ccds.Count; i++)
                {
                    // A window without pixels is left out: the pipeline cannot read one back.
                    var windows = frame.Ccds[i].Windows.Where(window => window.Nx > 0 && window.Ny > 0).ToList();
                    foreach (var window in windows)
                        file.AppendImage<float>(window.ToFloats(), [window.Nx, window.Ny], HcmCards.Of(frame.Ccds[i], places[i], window, window == windows[0], windows.Count));
                }
            },
            overwrite);
    }

    private static FitsFile Open(string path, out string type)
    {
        if (!File.Exists(path))
            throw new RunNotFoundException($"{path}: there is no such file.");
        var file = FitsFile.Open(path);
        try
        {
            var card = file.ReadHeader(0)[TypeKey] ?? throw new RunException($"{path}: the primary header has no {TypeKey}: this is not a .hcm file.");
            type = card.Value as string ?? "";
            return type is "MCCD" or "CCD" ? file : throw new RunException($"{path}: {TypeKey} = '{card.Value}' is neither 'CCD' nor 'MCCD'.");
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static Window ReadWindow(FitsFile file, int hdu, FitsHeader cards, string nextLabel, HcmPrecision precision)
    {
        var image = file.Hdu(hdu);
        if (!image.IsImage || image.Shape.Count != 2)
            throw new RunException($"{file.Path}: HDU {hdu} is not an image of two axes.");
        int Card(string key, int min) => cards.Integer(key) is { } value && value >= min && value <= 100_000 ? (int)value
            : cards.Integer(key) is null ? throw new RunException($"{file.Path}: HDU {hdu} has no {key}.")
            : throw new RunException($"{file.Path}: HDU {hdu}: {key} = {cards.Integer(key)} is out of range.");
        var geometry = new WindowGeometry(
            Label(cards, "WINDOW") ?? nextLabel, Card("LLX", -100_000), Card("LLY", -100_000), image.Width, image.Height, Card("XBIN", 1), Card("YBIN", 1),
            cards.Text("OUTAMP") ?? "");
        var own = new FitsHeader(cards.Where(card => !_structure.Contains(card.Keyword)));
        return precision == HcmPrecision.AsStored && image.PixelType == FitsPixelType.Float64
            ? new Window(geometry, file.ReadPixels<double>(hdu), own)
            : new Window(geometry, file.ReadPixels<float>(hdu), own);
    }

    // Labels are text, but a number typed without quotes is one too.
    private static string? Label(FitsHeader cards, string key) => cards[key]?.Value switch
    {
        null => null,
        IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        var text => $"{text}",
    };

    private static T Checked<T>(string path, Func<T> make)
    {
        try
        {
            return make();
        }
        catch (ArgumentException error)
        {
            throw new RunException($"{path}: {error.Message}", error);
        }
    }

    private sealed class CcdBuilder(string path, string label)
    {
        private CcdSize _size;

        public string Label { get; } = label;

        public List<Window> Windows { get; } = [];

        public string NextLabel => $"{Windows.Count + 1}";

        public void Add(Window window, FitsHeader cards)
        {
            if (Windows.Count == 0)
            {
                int Size(string key, bool isRequired) => cards.Integer(key) is >= 0 and < 1_000_000 and var value ? (int)value
                    : isRequired ? throw new RunException($"{path}: CCD {Label}: the first window has no {key}.") : 0;
                _size = new CcdSize(Size("NXTOT", true), Size("NYTOT", true), Size("NXPAD", false), Size("NYPAD", false));
            }

            Windows.Add(window);
        }

        public Ccd Build() => Checked(path, () => new Ccd(Label, Windows, _size, Windows[0].Header));
    }
}
