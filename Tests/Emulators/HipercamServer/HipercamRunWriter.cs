using System.Buffers.Binary;
using System.Text;

namespace Emulators.HipercamServer;

/// <summary>Writes synthetic HiPERCAM runs word by word as the instrument does; knows nothing of how they are read.</summary>
public sealed class HipercamRunWriter
{
    private const int Ccds = 5;
    private const int Amplifiers = 4;
    private readonly Dictionary<string, string> _cards = [];

    /// <summary>A run with windows of the given sizes, prescan and overscan included.</summary>
    public HipercamRunWriter(string mode, params (int Nx, int Ny)[] sets)
    {
        Sets = sets;
        Set("READ CURNAME", $"'{mode}'");
        foreach (var flag in (string[])["CLRCCD", "DUMMY", "INCOVSCY", "INCPRSCX"])
            Set(flag, "F");
        foreach (var (key, value) in (ReadOnlySpan<(string, string)>)[("NSAMP", "4"), ("BINX1", "1"), ("BINY1", "1"), ("TDELAY", "250"), ("TREAD", "140"), ("TFT", "8"), ("TCLEAR", "8"), ("SPEED", "0")])
            Set(key, value);
        for (var ccd = 1; ccd <= Ccds; ccd++)
            Set($"NSKIPS{ccd}", "0");
    }

    /// <summary>Pixels read out per quadrant in each window set.</summary>
    public IReadOnlyList<(int Nx, int Ny)> Sets { get; }

    /// <summary>NAXIS3; null: the number of frames written.</summary>
    public int? FrameCount { get; set; }

    /// <summary>EXPTIME; null: there is no such card.</summary>
    public string? ExposureCard { get; set; }

    /// <summary>Whether pixels are sent in groups of four, as with NSAMP 1.</summary>
    public bool IsGrouped { get; set; }

    /// <summary>Bytes of a frame.</summary>
    public int FrameBytes => 36 + 2 * Ccds * Amplifiers * Sets.Sum(set => set.Nx * set.Ny);

    /// <summary>The word an amplifier sends for a pixel, counted in the order of its readout.</summary>
    public static ushort Word(int frame, int set, int ccd, int amplifier, int pixel) =>
        (ushort)(pixel * 7 + amplifier * 16411 + ccd * 3571 + set * 211 + frame * 29);

    /// <summary>Sets a card of the detector, replacing its former value.</summary>
    public HipercamRunWriter Set(string keyword, string value)
    {
        _cards[keyword] = value;
        return this;
    }

    /// <summary>Writes the run: header, frames with the given numbers (from 1), the filling of the last block.</summary>
    public void Write(string path, IReadOnlyList<int> numbers, Func<int, DateTime>? time = null)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite);
        file.Write(Header(FrameCount ?? numbers.Count));
        foreach (var number in numbers)
            file.Write(Frame(number, time?.Invoke(number) ?? new DateTime(2026, 12, 31, 23, 59, 55, DateTimeKind.Utc).AddSeconds(0.5 * (number - 1))));
        file.Write(new byte[(2880 - file.Length % 2880) % 2880]);
    }

    /// <summary>The header, filled to whole blocks.</summary>
    public byte[] Header(int frames)
    {
        var text = new StringBuilder();
        void Card(string keyword, string value) => text.Append($"{keyword,-8}= {value,20}".PadRight(80));
        Card("SIMPLE", "T");
        Card("BITPIX", "16");
        Card("NAXIS", "3");
        Card("NAXIS1", $"{FrameBytes / 2}");
        Card("NAXIS2", "1");
        Card("NAXIS3", $"{frames}");
        Card("BSCALE", "1.0");
        Card("BZERO", "32768.0");
        if (ExposureCard is not null)
            Card("EXPTIME", ExposureCard);
        foreach (var (keyword, value) in _cards)
            text.Append($"HIERARCH ESO DET {keyword} = {value}".PadRight(80));
        text.Append("END".PadRight(80));
        return Encoding.ASCII.GetBytes(text.ToString().PadRight((text.Length + 2879) / 2880 * 2880));
    }

    /// <summary>The bytes of one frame.</summary>
    public byte[] Frame(int number, DateTime time, sbyte satellites = 9, sbyte synced = 1)
    {
        var frame = new byte[FrameBytes];
        var word = 0;
        for (var set = 0; set < Sets.Count; set++)
        {
            var pixels = Sets[set].Nx * Sets[set].Ny;
            // Either a pixel of all amplifiers after the other, or four pixels of one chip before the next chip.
            var step = IsGrouped ? 4 : 1;
            for (var pixel = 0; pixel < pixels; pixel += step)
            {
                for (var ccd = 0; ccd < Ccds; ccd++)
                {
                    for (var sub = 0; sub < step; sub++)
                    {
                        for (var amplifier = 0; amplifier < Amplifiers; amplifier++)
                            Put(frame, word++, Word(number, set, ccd, amplifier, pixel + sub));
                    }
                }
            }
        }

        Span<byte> timing = stackalloc byte[34];
        var fraction = (uint)(time.Ticks % TimeSpan.TicksPerSecond * 100);
        ReadOnlySpan<uint> fields =
        [
            (uint)(number - 1), (uint)(number - 1), (uint)time.Year, (uint)time.DayOfYear, (uint)time.Hour, (uint)time.Minute, (uint)time.Second, fraction,
        ];
        for (var i = 0; i < fields.Length; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(timing[(4 * i)..], fields[i]);
        timing[32] = (byte)satellites;
        timing[33] = (byte)synced;
        for (var i = 0; i < 17; i++)
            Put(frame, word++, BinaryPrimitives.ReadUInt16LittleEndian(timing[(2 * i)..]));
        return frame;
    }

    private static void Put(byte[] frame, int index, ushort word) => BinaryPrimitives.WriteInt16BigEndian(frame.AsSpan(2 * index), (short)(word - 32768));
}
