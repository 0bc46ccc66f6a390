using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace DataServices.Hisparc.Pickle;

public ref partial struct PickleReader
{
    private const int LongText = 64;

    private byte NextByte() => _position < _data.Length ? _data[_position++] : throw Truncated();

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > PickleLimits.StringLength)
            throw new PickleFormatException($"a string of {length} bytes, the limit is {PickleLimits.StringLength}");
        if (length > _data.Length - _position)
            throw Truncated();
        var taken = _data.Slice(_position, length);
        _position += length;
        return taken;
    }

    private void Skip(int length) => _ = Take(length);

    private int Length32()
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(Take(4));
        return length >= 0 && length <= _data.Length - _position ? length : throw Truncated();
    }

    private int Length64()
    {
        var length = BinaryPrimitives.ReadUInt64LittleEndian(Take(8));
        return length <= (ulong)(_data.Length - _position) ? (int)length : throw Truncated();
    }

    /// <summary>The bytes up to the next line feed.</summary>
    private ReadOnlySpan<byte> Line()
    {
        var rest = _data[_position..];
        var end = rest.IndexOf((byte)'\n');
        if (end < 0)
            throw Truncated();
        if (end > PickleLimits.StringLength)
            throw new PickleFormatException($"a string of {end} bytes, the limit is {PickleLimits.StringLength}");
        _position += end + 1;
        return end > 0 && rest[end - 1] == '\r' ? rest[..(end - 1)] : rest[..end];
    }

    private static string Ascii(ReadOnlySpan<byte> line) => Encoding.Latin1.GetString(line);

    private void Push(object? value)
    {
        if (_count == _stack.Length)
        {
            if (_count >= PickleLimits.Stack)
                throw new PickleFormatException($"more than {PickleLimits.Stack} values on the stack");
            Array.Resize(ref _stack, Math.Min(PickleLimits.Stack, _stack.Length * 2));
        }

        _stack[_count++] = value;
    }

    private object? PopAny()
    {
        if (_count == 0)
            throw new PickleFormatException("the stack is empty");
        var value = _stack[--_count];
        _stack[_count] = null;
        return value;
    }

    private object? Pop()
    {
        var value = PopAny();
        RequireValue(value);
        return value;
    }

    private readonly object? Peek()
    {
        if (_count == 0)
            throw new PickleFormatException("the stack is empty");
        var value = _stack[_count - 1];
        RequireValue(value);
        return value;
    }

    private static void RequireValue(object? value)
    {
        if (ReferenceEquals(value, _mark))
            throw new PickleFormatException("a mark where a value is needed");
    }

    private readonly int MarkPosition()
    {
        for (var i = _count - 1; i >= 0; i--)
        {
            if (ReferenceEquals(_stack[i], _mark))
                return i;
        }

        throw new PickleFormatException("no mark on the stack");
    }

    private readonly int RequireDepth(int depth) => _count >= depth ? _count - depth : throw new PickleFormatException("the stack is empty");

    private void PushTuple(int first)
    {
        var items = _stack.AsSpan(first, _count - first).ToArray();
        foreach (var item in items)
        {
            RequireValue(item);
            if (item is PickleContainer or PickleTuple)
                throw new PickleFormatException("a tuple that holds something else than plain values");
        }

        Charge(32 + 8 * items.Length);
        _count = first;
        Push(new PickleTuple(items));
    }

    private void PushContainer(PickleContainer container)
    {
        Charge(container is PickleList ? 64 : 128);
        Push(container);
    }

    private void PushInteger(long value)
    {
        var index = value + 1024;
        if (index >= 0 && index < _smallIntegers.Length)
        {
            Push(_smallIntegers[index]);
            return;
        }

        Charge(24);
        Push(value);
    }

    private void PushNumber(double value)
    {
        Charge(24);
        Push(value);
    }

    private void PushIntegerText(ReadOnlySpan<byte> line)
    {
        if (line.SequenceEqual("01"u8))
            Push(_true);
        else if (line.SequenceEqual("00"u8))
            Push(_false);
        else
            PushLongText(line);
    }

    private void PushLongText(ReadOnlySpan<byte> line)
    {
        line = line.Trim(" \t"u8);
        if (line.Length > 1 && line[^1] is (byte)'L' or (byte)'l')
            line = line[..^1];
        if (line.Length > 0 && line[0] == '+')
            line = line[1..];
        if (Utf8Parser.TryParse(line, out long value, out var used) && used == line.Length)
        {
            PushInteger(value);
            return;
        }

        if (line.Length > PickleLimits.IntegerLength || !BigInteger.TryParse(Ascii(line), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var big))
            throw new PickleFormatException("an integer that is none, or too long");
        Charge(64 + line.Length);
        Push(big);
    }

    private void PushLong(int length)
    {
        var bytes = Take(length);
        if (length > PickleLimits.IntegerLength)
            throw new PickleFormatException("an integer that is too long");
        var value = new BigInteger(bytes);
        if (value >= long.MinValue && value <= long.MaxValue)
        {
            PushInteger((long)value);
            return;
        }

        Charge(64 + length);
        Push(value);
    }

    private void PushFloatText(ReadOnlySpan<byte> line)
    {
        var text = Ascii(line).Trim();
        double value = text.ToLowerInvariant() switch
        {
            "nan" or "-nan" or "+nan" => double.NaN,
            "inf" or "+inf" or "infinity" => double.PositiveInfinity,
            "-inf" or "-infinity" => double.NegativeInfinity,
            _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) ? parsed : throw new PickleFormatException("a number that is none"),
        };
        PushNumber(value);
    }

    private void PushBytes(byte[] data, bool python2)
    {
        Charge(56 + data.Length);
        Push(new PickleBytes(data, python2));
    }

    private void PushText(string text)
    {
        Charge(24 + 2 * text.Length);
        Push(text);
    }

    private void PushUtf8(int length)
    {
        // A trace is read as Base64, byte by byte: it need not become text first.
        if (length >= LongText && length <= _data.Length - _position && System.Text.Ascii.IsValid(_data.Slice(_position, length)))
        {
            PushBytes(Take(length).ToArray(), python2: true);
            return;
        }

        try
        {
            PushText(_utf8.GetString(Take(length)));
        }
        catch (DecoderFallbackException error)
        {
            throw new PickleFormatException("text that is not UTF-8", error);
        }
    }

    private static long IndexText(ReadOnlySpan<byte> line) =>
        Utf8Parser.TryParse(line, out long index, out var used) && used == line.Length && index >= 0 ? index : throw new PickleFormatException("an index of the memo that is none");

    private void Memoise(long index)
    {
        var value = Peek();
        if (index >= PickleLimits.Memo)
            throw new PickleFormatException($"more than {PickleLimits.Memo} elements in the memo");
        if (index >= _memo.Length)
        {
            var length = (int)Math.Max(index + 1, Math.Min(PickleLimits.Memo, _memo.Length * 2L));
            Charge(8L * (length - _memo.Length));
            Array.Resize(ref _memo, length);
        }

        if (_memo[index] is null)
            _memoCount++;
        _memo[index] = value ?? DBNull.Value;
    }

    private void Recall(long index)
    {
        var value = index < _memo.Length ? _memo[index] : null;
        if (value is null)
            throw new PickleFormatException("a reference to something that was not kept");
        NoteSharing(value);
        Push(value is DBNull ? null : value);
    }

    private void NoteSharing(object? value) => _shared |= value is PickleContainer;

    private void Charge(long bytes)
    {
        _budget -= bytes;
        if (_budget < 0)
            throw new PickleFormatException("the values take much more memory than the pickle itself");
    }

    private static PickleFormatException Truncated() => new("the pickle ends in the middle");
}
