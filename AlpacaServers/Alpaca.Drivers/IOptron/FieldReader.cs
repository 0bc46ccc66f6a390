using System.Globalization;

namespace Alpaca.Drivers.IOptron;

/// <summary>
/// Takes an answer apart, field by field. Every field has a fixed width, and nothing may be left over: what does not fit to the last character is
/// refused, because half an answer, or the answer to another question, looks much like a whole one.
/// </summary>
internal ref struct FieldReader(string command, string reply)
{
    private readonly ReadOnlySpan<char> _text = reply;
    private int _at;

    /// <summary>True if there is nothing more to read.</summary>
    public readonly bool IsAtEnd => _at == _text.Length;

    /// <summary>Characters not yet read.</summary>
    public readonly int Left => _text.Length - _at;

    /// <summary>So many digits: a number from 0 to <paramref name="maximum"/>.</summary>
    public long Unsigned(int digits, long maximum = long.MaxValue)
    {
        if (Left < digits)
            throw Malformed("it is too short");
        var field = _text.Slice(_at, digits);
        if (!long.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
            throw Malformed($"\"{field}\" is not a number");
        if (value > maximum)
            throw Malformed(FormattableString.Invariant($"{value} is more than {maximum}"));
        _at += digits;
        return value;
    }

    /// <summary>A sign and so many digits: a number from -<paramref name="maximum"/> to <paramref name="maximum"/>.</summary>
    public long Signed(int digits, long maximum = long.MaxValue)
    {
        if (Left == 0 || _text[_at] is not ('+' or '-'))
            throw Malformed("there is no sign where one belongs");
        var isNegative = _text[_at++] == '-';
        var value = Unsigned(digits, maximum);
        return isNegative ? -value : value;
    }

    /// <summary>One digit.</summary>
    public int Digit(int maximum = 9) => (int)Unsigned(1, maximum);

    /// <summary>The answer must end here.</summary>
    public readonly void End()
    {
        if (!IsAtEnd)
            throw Malformed("it is too long");
    }

    public readonly MalformedReplyException Malformed(string why) => new(command, reply, why);
}
