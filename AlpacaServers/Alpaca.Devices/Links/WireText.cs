using System.Globalization;
using System.Text;

namespace Alpaca.Devices.Links;

/// <summary>Bytes of a protocol as printable text and back: <c>:GLS#</c>, <c>!\r\n</c>, <c>\x06</c>. A backslash is doubled.</summary>
public static class WireText
{
    /// <summary>The bytes as printable ASCII.</summary>
    public static string Escape(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        foreach (var b in bytes)
        {
            _ = b switch
            {
                (byte)'\\' => text.Append(@"\\"),
                (byte)'\r' => text.Append(@"\r"),
                (byte)'\n' => text.Append(@"\n"),
                (byte)'\t' => text.Append(@"\t"),
                >= 0x20 and < 0x7F => text.Append((char)b),
                _ => text.Append(CultureInfo.InvariantCulture, $@"\x{b:X2}"),
            };
        }

        return text.ToString();
    }

    /// <summary>The bytes that <see cref="Escape"/> shows.</summary>
    /// <exception cref="FormatException">An escape that is none, or a character beyond ASCII.</exception>
    public static byte[] Unescape(ReadOnlySpan<char> text)
    {
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] > 0x7E || text[i] < 0x20)
                throw new FormatException($"\"{text}\" has a character that must be written as \\xHH.");
            if (text[i] != '\\')
            {
                bytes.Add((byte)text[i]);
                continue;
            }

            i++;
            bytes.Add((i < text.Length ? text[i] : '\0') switch
            {
                '\\' => (byte)'\\',
                'r' => (byte)'\r',
                'n' => (byte)'\n',
                't' => (byte)'\t',
                'x' when i + 2 < text.Length && byte.TryParse(text.Slice(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) => value,
                _ => throw new FormatException($"\"{text}\" has a backslash that begins no escape; known are \\\\, \\r, \\n, \\t and \\xHH."),
            });
            if (text[i] == 'x')
                i += 2;
        }

        return [.. bytes];
    }
}
