using System.Buffers.Binary;
using System.Globalization;
using DataServices.Fits;

namespace DataServices.Aartfaac;

/// <summary>Makes the bytes of a window as the original's emulator sends it: pixels column by column, RESTFREQ as text.</summary>
public static class EmulatorWindow
{
    /// <summary>The stamp as the emulator writes it: no zone, six decimals or none.</summary>
    public static string FormatStamp(DateTimeOffset stamp) =>
        stamp.UtcTicks % TimeSpan.TicksPerSecond / 10 == 0
            ? stamp.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture)
            : stamp.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffff", CultureInfo.InvariantCulture);

    /// <summary>A window whose pixel in column x of row y is y * width + x.</summary>
    public static byte[] Make(int width, int height, string frequency, string? stamp, Corruption? corruption = null)
    {
        var header = new FitsHeader().Set("SIMPLE", true).Set("BITPIX", -32).Set("NAXIS", 2)
            .Set("NAXIS1", corruption == Corruption.Size ? width + 1 : width).Set("NAXIS2", height).Set("TELESCOP", "AARTFAAC").Set("RESTFREQ", frequency);
        if (stamp is not null)
            header.Set("DATE-OBS", corruption == Corruption.Date ? "not a date at all." : stamp);
        var cards = header.ToBytes();
        var pixelBytes = width * height * sizeof(float);
        var window = new byte[WindowReader.PrologueLength + cards.Length + pixelBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(window, corruption == Corruption.Magic ? 0 : WindowReader.Magic);
        BinaryPrimitives.WriteUInt32LittleEndian(window.AsSpan(8), corruption == Corruption.Length ? uint.MaxValue : (uint)cards.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(window.AsSpan(12), (uint)pixelBytes);
        cards.CopyTo(window, WindowReader.PrologueLength);
        var pixels = window.AsSpan(WindowReader.PrologueLength + cards.Length);
        for (var x = 0; x < width; x++)
        {
            for (var y = 0; y < height; y++)
                BinaryPrimitives.WriteSingleLittleEndian(pixels[(sizeof(float) * (x * height + y))..], y * width + x);
        }

        return window;
    }
}
