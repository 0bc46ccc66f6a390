using System.Buffers;
using System.Buffers.Text;

namespace DataServices.Hisparc.Events;

/// <summary>Base64 as Python's default decoder reads it: characters outside the alphabet are skipped, padding must be complete.</summary>
internal static class LenientBase64
{
    /// <summary>Decodes a text, or gives null when it is not Base64.</summary>
    /// <param name="text">In UTF-8; what is not ASCII makes it no Base64.</param>
    public static byte[]? Decode(ReadOnlySpan<byte> text)
    {
        if (text.Length % 4 == 0)
        {
            var pads = text.EndsWith("=="u8) ? 2 : text.EndsWith("="u8) ? 1 : 0;
            var strict = new byte[text.Length / 4 * 3 - (text.IsEmpty ? 0 : pads)];
            if (Base64.DecodeFromUtf8(text, strict, out var read, out var written) == OperationStatus.Done && read == text.Length && written == strict.Length)
                return strict;
        }

        return DecodeSlowly(text);
    }

    private static byte[]? DecodeSlowly(ReadOnlySpan<byte> text)
    {
        var bytes = new List<byte>(text.Length / 4 * 3 + 3);
        int position = 0, pads = 0, left = 0;
        foreach (var character in text)
        {
            if (character > 127)
                return null;
            if (character == '=')
            {
                if (position >= 2 && position + ++pads >= 4)
                    return [.. bytes];
                continue;
            }

            var value = Value(character);
            if (value < 0)
                continue;
            pads = 0;
            switch (position)
            {
                case 0:
                    left = value;
                    break;
                case 1:
                    bytes.Add((byte)(left << 2 | value >> 4));
                    left = value & 0x0F;
                    break;
                case 2:
                    bytes.Add((byte)(left << 4 | value >> 2));
                    left = value & 0x03;
                    break;
                default:
                    bytes.Add((byte)(left << 6 | value));
                    break;
            }

            position = (position + 1) % 4;
        }

        return position == 0 ? [.. bytes] : null;
    }

    private static int Value(byte character) => (char)character switch
    {
        >= 'A' and <= 'Z' => character - 'A',
        >= 'a' and <= 'z' => character - 'a' + 26,
        >= '0' and <= '9' => character - '0' + 52,
        '+' => 62,
        '/' => 63,
        _ => -1,
    };
}
