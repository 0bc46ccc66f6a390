using System.Globalization;
using System.Text;

namespace DataServices.Hisparc.Pickle;

/// <summary>The two escaped notations of protocol 0.</summary>
internal static class PickleEscapes
{
    /// <summary>The bytes of a quoted Python 2 string.</summary>
    public static byte[] PythonString(ReadOnlySpan<byte> line)
    {
        line = line.TrimEnd(" \t"u8);
        if (line.Length < 2 || line[0] != line[^1] || line[0] is not ((byte)'\'' or (byte)'"'))
            throw new PickleFormatException("a string without quotes");
        line = line[1..^1];
        if (!line.Contains((byte)'\\'))
            return line.ToArray();

        var bytes = new List<byte>(line.Length);
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] != '\\')
            {
                bytes.Add(line[i]);
                continue;
            }

            if (++i == line.Length)
                throw new PickleFormatException("a string that ends in a backslash");
            switch ((char)line[i])
            {
                case '\n': break;
                case '\\' or '\'' or '"': bytes.Add(line[i]); break;
                case 'a': bytes.Add(7); break;
                case 'b': bytes.Add(8); break;
                case 't': bytes.Add(9); break;
                case 'n': bytes.Add(10); break;
                case 'v': bytes.Add(11); break;
                case 'f': bytes.Add(12); break;
                case 'r': bytes.Add(13); break;
                case 'x':
                    bytes.Add((byte)Hexadecimal(line, i + 1, 2));
                    i += 2;
                    break;
                case >= '0' and <= '7':
                    var value = 0;
                    var end = Math.Min(line.Length, i + 3);
                    for (; i < end && line[i] is >= (byte)'0' and <= (byte)'7'; i++)
                        value = value * 8 + line[i] - '0';
                    i--;
                    bytes.Add((byte)value);
                    break;
                default:
                    bytes.Add((byte)'\\');
                    bytes.Add(line[i]);
                    break;
            }
        }

        return [.. bytes];
    }

    /// <summary>Text in which \u and \U stand for characters and every other byte for itself.</summary>
    public static string RawUnicode(ReadOnlySpan<byte> line)
    {
        if (!line.Contains((byte)'\\'))
            return Encoding.Latin1.GetString(line);
        var text = new StringBuilder(line.Length);
        for (var i = 0; i < line.Length; i++)
        {
            var digits = line[i] == '\\' && i + 1 < line.Length ? line[i + 1] switch { (byte)'u' => 4, (byte)'U' => 8, _ => 0 } : 0;
            if (digits == 0)
            {
                text.Append((char)line[i]);
                continue;
            }

            var code = Hexadecimal(line, i + 2, digits);
            if (code > 0x10FFFF)
                throw new PickleFormatException("a character beyond Unicode");
            if (code > 0xFFFF)
                text.Append(char.ConvertFromUtf32((int)code));
            else
                text.Append((char)code);
            i += digits + 1;
        }

        return text.ToString();
    }

    private static uint Hexadecimal(ReadOnlySpan<byte> line, int first, int digits) =>
        first + digits <= line.Length && uint.TryParse(Encoding.Latin1.GetString(line.Slice(first, digits)), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new PickleFormatException("an escape without its hexadecimal digits");
}
