using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace DataServices.Hisparc.Pickle;

/// <summary>The globals that the data of stations contain, each modelled as what it makes. Nothing else is ever made.</summary>
internal static class PickleGlobals
{
    private enum Global
    {
        DateTime,
        Encode,
        NumPyScalar,
        NumPyType,
    }

    /// <summary>Stands for a global of the list.</summary>
    /// <exception cref="PickleFormatException">It is not on the list.</exception>
    public static object Find(string module, string name) => (module, name) switch
    {
        ("datetime", "datetime") => Global.DateTime,
        ("_codecs", "encode") => Global.Encode,
        ("numpy.core.multiarray" or "numpy._core.multiarray", "scalar") => Global.NumPyScalar,
        ("numpy", "dtype") => Global.NumPyType,
        _ => throw new PickleFormatException($"the global {Printable(module)}.{Printable(name)} is not allowed") { AskedForForeignGlobal = true },
    };

    /// <summary>What a global makes of its arguments.</summary>
    public static object? Call(object? callable, object?[] arguments) => callable switch
    {
        Global.DateTime => MakeDateTime(arguments),
        Global.Encode => Encode(arguments),
        Global.NumPyScalar => Scalar(arguments),
        Global.NumPyType => MakeType(arguments),
        _ => throw new PickleFormatException("a call of something that cannot be called"),
    };

    /// <summary>Completes a NumPy type with its byte order.</summary>
    public static void Build(object? target, object? state)
    {
        if (target is not NumPyType type || state is not PickleTuple { Items.Length: >= 2 } tuple)
            throw new PickleFormatException("state for something that has none");
        type.BigEndian = PickleText.Of(tuple.Items[1]) switch
        {
            "<" or "|" or "=" => false,
            ">" => true,
            _ => throw new PickleFormatException("a NumPy type of unknown byte order"),
        };
    }

    private static PickleDateTime MakeDateTime(object?[] arguments)
    {
        var state = arguments.Length == 1 ? arguments[0] : null;
        var bytes = state switch
        {
            PickleBytes found => found.Data,
            string text when text.All(c => c <= 0xFF) => Encoding.Latin1.GetBytes(text),
            _ => throw new PickleFormatException("a date with a time zone or without its state"),
        };
        if (bytes.Length != 10)
            throw new PickleFormatException("a date whose state is not 10 bytes");
        try
        {
            // The top bit of the month is the fold of a repeated hour, which a station's clock does not have.
            return new PickleDateTime(new DateTime(bytes[0] << 8 | bytes[1], bytes[2] & 0x7F, bytes[3], bytes[4], bytes[5], bytes[6], DateTimeKind.Unspecified)
                .AddMicroseconds(bytes[7] << 16 | bytes[8] << 8 | bytes[9]));
        }
        catch (ArgumentOutOfRangeException error)
        {
            throw new PickleFormatException("a date that does not exist", error);
        }
    }

    private static PickleBytes Encode(object?[] arguments)
    {
        if (arguments.Length != 2 || PickleText.Of(arguments[0]) is not { } text || PickleText.Of(arguments[1]) is not "latin1" || text.Any(c => c > 0xFF))
            throw new PickleFormatException("an encoding other than latin1");
        return new PickleBytes(Encoding.Latin1.GetBytes(text), isText: false);
    }

    private static NumPyType MakeType(object?[] arguments)
    {
        var name = arguments.Length is >= 1 and <= 3 ? PickleText.Of(arguments[0]) : null;
        if (name is not { Length: 2 } || !"biuf".Contains(name[0], StringComparison.Ordinal) || name[1] is not ('1' or '2' or '4' or '8') || name is "f1" or "b2" or "b4" or "b8")
            throw new PickleFormatException("a NumPy type other than a number");
        return new NumPyType(name[0], name[1] - '0');
    }

    private static object Scalar(object?[] arguments)
    {
        var data = arguments.Length == 2 ? arguments[1] switch
        {
            PickleBytes bytes => bytes.Data,
            string text when text.All(c => c <= 0xFF) => Encoding.Latin1.GetBytes(text),
            _ => null,
        } : null;
        if (data is null || arguments[0] is not NumPyType type || data.Length != type.Size)
            throw new PickleFormatException("a NumPy number without its type or its bytes");

        Span<byte> little = stackalloc byte[8];
        data.CopyTo(little);
        if (type.BigEndian)
            little[..type.Size].Reverse();
        return (type.Kind, type.Size) switch
        {
            ('b', _) => little[0] != 0,
            ('i', 1) => (long)(sbyte)little[0],
            ('i', 2) => (long)BinaryPrimitives.ReadInt16LittleEndian(little),
            ('i', 4) => (long)BinaryPrimitives.ReadInt32LittleEndian(little),
            ('i', _) => BinaryPrimitives.ReadInt64LittleEndian(little),
            ('u', < 8) => (long)BinaryPrimitives.ReadUInt64LittleEndian(little),
            ('u', _) when BinaryPrimitives.ReadUInt64LittleEndian(little) > long.MaxValue => new System.Numerics.BigInteger(BinaryPrimitives.ReadUInt64LittleEndian(little)),
            ('u', _) => (long)BinaryPrimitives.ReadUInt64LittleEndian(little),
            ('f', 2) => (double)BinaryPrimitives.ReadHalfLittleEndian(little),
            ('f', 4) => (double)BinaryPrimitives.ReadSingleLittleEndian(little),
            _ => BinaryPrimitives.ReadDoubleLittleEndian(little),
        };
    }

    private static string Printable(string name) =>
        string.Create(CultureInfo.InvariantCulture, $"{string.Concat(name.Take(64).Select(c => c is > ' ' and <= '~' ? c : '?'))}");

    private sealed class NumPyType(char kind, int size)
    {
        public char Kind => kind;

        public int Size => size;

        public bool BigEndian { get; set; }
    }
}
