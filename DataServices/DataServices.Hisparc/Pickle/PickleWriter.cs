using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace DataServices.Hisparc.Pickle;

/// <summary>Writes pickles that every Python from 3.0 on reads: protocol 3, without memo.</summary>
public sealed class PickleWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new();

    /// <summary>Starts a pickle.</summary>
    public PickleWriter() => _buffer.Write((ReadOnlySpan<byte>)[0x80, 3]);

    /// <summary>Finishes the pickle.</summary>
    public byte[] Finish()
    {
        _buffer.Write((ReadOnlySpan<byte>)[(byte)'.']);
        return _buffer.WrittenSpan.ToArray();
    }

    /// <summary>Writes a value of those that <see cref="PickleReader"/> gives, or a sequence or dictionary of them.</summary>
    public void Write(object? value)
    {
        switch (value)
        {
            case null: _buffer.Write((ReadOnlySpan<byte>)[(byte)'N']); break;
            case bool flag: _buffer.Write((ReadOnlySpan<byte>)[flag ? (byte)0x88 : (byte)0x89]); break;
            case int number: WriteLong(number); break;
            case long number: WriteLong(number); break;
            case BigInteger big: WriteBig(big); break;
            case double real:
                _buffer.Write((ReadOnlySpan<byte>)[(byte)'G']);
                WriteNumber(buffer => BinaryPrimitives.WriteDoubleBigEndian(buffer, real), 8);
                break;
            case string text: WriteSized((byte)'X', Encoding.UTF8.GetBytes(text)); break;
            case PickleBytes { IsText: true } bytes: WriteSized((byte)'X', Encoding.UTF8.GetBytes(bytes.Text)); break;
            case PickleBytes bytes: WriteSized((byte)'B', bytes.Data); break;
            case PickleDateTime moment: WriteDateTime(moment.Value); break;
            case PickleTuple tuple:
                _buffer.Write((ReadOnlySpan<byte>)[(byte)'(']);
                foreach (var item in tuple.Items)
                    Write(item);
                _buffer.Write((ReadOnlySpan<byte>)[(byte)'t']);
                break;
            case PickleList list: WriteList(list.Items); break;
            case PickleDictionary dictionary: WriteDictionary(dictionary.Entries); break;
            case IReadOnlyDictionary<string, object?> dictionary: WriteDictionary(dictionary); break;
            case IEnumerable<object?> items: WriteList(items); break;
            default: throw new ArgumentException($"A {value.GetType().Name} cannot be written as a pickle.", nameof(value));
        }
    }

    private void WriteList(IEnumerable<object?> items)
    {
        _buffer.Write("]("u8);
        foreach (var item in items)
            Write(item);
        _buffer.Write((ReadOnlySpan<byte>)[(byte)'e']);
    }

    private void WriteDictionary(IEnumerable<KeyValuePair<string, object?>> entries)
    {
        _buffer.Write("}("u8);
        foreach (var (key, value) in entries)
        {
            Write(key);
            Write(value);
        }

        _buffer.Write((ReadOnlySpan<byte>)[(byte)'u']);
    }

    private void WriteLong(long number)
    {
        if (number is < int.MinValue or > int.MaxValue)
        {
            WriteBig(number);
            return;
        }

        _buffer.Write((ReadOnlySpan<byte>)[(byte)'J']);
        WriteNumber(buffer => BinaryPrimitives.WriteInt32LittleEndian(buffer, (int)number), 4);
    }

    private void WriteBig(BigInteger number)
    {
        var bytes = number.ToByteArray();
        if (bytes.Length > byte.MaxValue)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"An integer of {bytes.Length} bytes cannot be written."), nameof(number));
        _buffer.Write((ReadOnlySpan<byte>)[0x8a, (byte)bytes.Length]);
        _buffer.Write(bytes.AsSpan());
    }

    private void WriteDateTime(DateTime value)
    {
        var microseconds = (int)(value.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond);
        _buffer.Write("cdatetime\ndatetime\n"u8);
        byte[] state =
        [
            (byte)(value.Year >> 8), (byte)value.Year, (byte)value.Month, (byte)value.Day, (byte)value.Hour, (byte)value.Minute, (byte)value.Second,
            (byte)(microseconds >> 16), (byte)(microseconds >> 8), (byte)microseconds,
        ];
        WriteSized((byte)'B', state);
        _buffer.Write((ReadOnlySpan<byte>)[0x85, (byte)'R']);
    }

    private void WriteSized(byte opcode, byte[] bytes)
    {
        _buffer.Write((ReadOnlySpan<byte>)[opcode]);
        WriteNumber(buffer => BinaryPrimitives.WriteInt32LittleEndian(buffer, bytes.Length), 4);
        _buffer.Write(bytes.AsSpan());
    }

    private void WriteNumber(Action<Span<byte>> write, int length)
    {
        Span<byte> buffer = stackalloc byte[8];
        write(buffer);
        _buffer.Write((ReadOnlySpan<byte>)buffer[..length]);
    }
}
