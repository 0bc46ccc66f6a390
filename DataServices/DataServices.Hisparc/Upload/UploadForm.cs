using System.Globalization;
using System.Text;

namespace DataServices.Hisparc.Upload;

/// <summary>The four fields of an upload.</summary>
/// <param name="StationId">Text of the station's number.</param>
/// <param name="Password">The offered password; empty when there was none.</param>
/// <param name="Checksum">MD5 of the pickle, hexadecimal.</param>
/// <param name="Data">The pickle: each character of the field as one byte. Null when a character is beyond U+00FF.</param>
/// <param name="RawData">The bytes of the field before they are read as UTF-8: what clients send that percent-encode bytes as they are.</param>
public sealed record UploadForm(string StationId, string Password, string Checksum, byte[]? Data, ReadOnlyMemory<byte> RawData)
{
    /// <summary>Reads a body; null when a field is missing or empty. The first of a repeated field counts, others are ignored.</summary>
    /// <param name="signed">Whether the request is signed, so that the password need not be in it.</param>
    public static UploadForm? Parse(ReadOnlyMemory<byte> body, bool signed = false)
    {
        var span = body.Span;
        if (span.EndsWith("\n"u8))
            span = span[..^1];
        if (span.EndsWith("\r"u8))
            span = span[..^1];

        string? station = null, password = null, checksum = null;
        byte[]? data = null;
        var length = 0;
        while (!span.IsEmpty)
        {
            var end = span.IndexOf((byte)'&');
            var field = end < 0 ? span : span[..end];
            span = end < 0 ? [] : span[(end + 1)..];
            var equals = field.IndexOf((byte)'=');
            if (equals < 0 || equals == field.Length - 1)
                continue;
            ReadOnlySpan<byte> name = field[..equals], value = field[(equals + 1)..];
            if (name.ContainsAny((byte)'%', (byte)'+'))
                name = Encoding.UTF8.GetBytes(Text(name));
            if (name.SequenceEqual("data"u8) && data is null)
            {
                data = new byte[value.Length];
                length = Decode(value, data);
            }
            else if (name.SequenceEqual("station_id"u8))
                station ??= Text(value);
            else if (name.SequenceEqual("password"u8))
                password ??= Text(value);
            else if (name.SequenceEqual("checksum"u8))
                checksum ??= Text(value);
        }

        if (station is null || (password is null && !signed) || checksum is null || data is null)
            return null;
        var raw = data.AsMemory(0, length);
        return new UploadForm(station, password ?? "", checksum, Latin1(raw.Span), raw);
    }

    /// <summary>
    /// The station's number as Python reads an integer: blanks around, a sign, zeros in front and single underscores are tolerated. A number no station
    /// can have is -1; null is no number.
    /// </summary>
    public static int? Number(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        text = text.Trim();
        var digits = text.StartsWith('+') || text.StartsWith('-') ? text[1..] : text;
        if (digits.Length == 0 || digits[0] == '_' || digits[^1] == '_' || digits.Contains("__", StringComparison.Ordinal) || digits.Any(digit => digit != '_' && !char.IsAsciiDigit(digit)))
            return null;
        var known = int.TryParse(digits.Replace("_", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        return known && (number == 0 || text[0] != '-') ? number : -1;
    }

    private static string Text(ReadOnlySpan<byte> value)
    {
        var decoded = new byte[value.Length];
        return Encoding.UTF8.GetString(decoded, 0, Decode(value, decoded));
    }

    private static int Decode(ReadOnlySpan<byte> value, Span<byte> target)
    {
        var count = 0;
        for (var i = 0; i < value.Length; i++)
        {
            var current = value[i];
            if (current == '+')
                current = (byte)' ';
            else if (current == '%' && i + 2 < value.Length && Digit(value[i + 1]) is >= 0 and var high && Digit(value[i + 2]) is >= 0 and var low)
            {
                current = (byte)(high << 4 | low);
                i += 2;
            }

            target[count++] = current;
        }

        return count;
    }

    private static int Digit(byte character) => character switch
    {
        >= (byte)'0' and <= (byte)'9' => character - '0',
        >= (byte)'a' and <= (byte)'f' => character - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => character - 'A' + 10,
        _ => -1,
    };

    // UTF-8 of U+0000 to U+00FF has one byte below 0x80, or C2/C3 and a continuation.
    private static byte[]? Latin1(ReadOnlySpan<byte> utf8)
    {
        var bytes = new byte[utf8.Length];
        var count = 0;
        for (var i = 0; i < utf8.Length; i++)
        {
            var current = utf8[i];
            if (current >= 0x80)
            {
                if (current is not (0xC2 or 0xC3) || i + 1 >= utf8.Length || (utf8[i + 1] & 0xC0) != 0x80)
                    return null;
                current = (byte)(current << 6 | utf8[++i] & 0x3F);
            }

            bytes[count++] = current;
        }

        Array.Resize(ref bytes, count);
        return bytes;
    }
}
