using System.Text;

namespace DataServices.Hdf5;

/// <summary>Attributes as PyTables writes them. Call under the library's gate.</summary>
internal static unsafe class Hdf5Attributes
{
    private const int Scalar = 0;
    private const int Null = 2;
    private const int Utf8 = 1;
    private const int NullTerminated = 0;

    /// <summary>Text: fixed length without terminator, UTF-8; an empty text has one byte of room and no data space.</summary>
    public static void WriteText(long item, string name, string value, string path)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        var type = NativeHdf5.TypeCopy(Hdf5Library.Variable("H5T_C_S1_g"));
        _ = NativeHdf5.TypeSetSize(type, (nuint)Math.Max(1, bytes.Length));
        _ = NativeHdf5.TypeSetPadding(type, NullTerminated);
        _ = NativeHdf5.TypeSetCharacters(type, Utf8);
        fixed (byte* data = bytes)
            Create(item, name, type, bytes.Length == 0 ? Null : Scalar, data, path);
        _ = NativeHdf5.TypeClose(type);
    }

    /// <summary>A scalar of a column's element type.</summary>
    public static void WriteElement(long item, string name, ColumnKind kind, ReadOnlySpan<byte> value, string path)
    {
        var type = Hdf5Types.Element(kind);
        fixed (byte* data = value)
            Create(item, name, type, Scalar, data, path);
        _ = NativeHdf5.TypeClose(type);
    }

    /// <summary>Sets a signed 64-bit scalar that exists already.</summary>
    public static void UpdateInt64(long item, string name, long value, string path)
    {
        var attribute = Hdf5Library.Check(NativeHdf5.AttributeOpen(item, name, 0), path, $"open the attribute {name}");
        var status = NativeHdf5.AttributeWrite(attribute, Hdf5Library.Variable("H5T_STD_I64LE_g"), &value);
        _ = NativeHdf5.AttributeClose(attribute);
        _ = Hdf5Library.Check(status, path, $"write the attribute {name}");
    }

    /// <summary>A signed 64-bit scalar, or null when there is none of that name.</summary>
    public static long? ReadInt64(long item, string name, string path)
    {
        if (NativeHdf5.AttributeExists(item, name) <= 0)
            return null;
        long value = 0;
        var attribute = Hdf5Library.Check(NativeHdf5.AttributeOpen(item, name, 0), path, $"open the attribute {name}");
        var status = NativeHdf5.AttributeRead(attribute, Hdf5Library.Variable("H5T_STD_I64LE_g"), &value);
        _ = NativeHdf5.AttributeClose(attribute);
        _ = Hdf5Library.Check(status, path, $"read the attribute {name}");
        return value;
    }

    /// <summary>A fixed-length text, or null when there is none of that name.</summary>
    public static string? ReadText(long item, string name, string path)
    {
        const int longest = 64 * 1024;
        if (NativeHdf5.AttributeExists(item, name) <= 0)
            return null;
        var attribute = Hdf5Library.Check(NativeHdf5.AttributeOpen(item, name, 0), path, $"open the attribute {name}");
        var type = NativeHdf5.AttributeType(attribute);
        var buffer = new byte[Math.Min(longest, (int)NativeHdf5.TypeSize(type))];
        int status;
        fixed (byte* data = buffer)
            status = NativeHdf5.AttributeRead(attribute, type, data);
        _ = NativeHdf5.TypeClose(type);
        _ = NativeHdf5.AttributeClose(attribute);
        _ = Hdf5Library.Check(status, path, $"read the attribute {name}");
        return Encoding.UTF8.GetString(buffer).TrimEnd('\0');
    }

    private static void Create(long item, string name, long type, int spaceKind, void* data, string path)
    {
        var space = NativeHdf5.SpaceCreate(spaceKind);
        var attribute = Hdf5Library.Check(NativeHdf5.AttributeCreate(item, name, type, space, 0, 0), path, $"create the attribute {name}");
        var status = spaceKind == Null ? 0 : NativeHdf5.AttributeWrite(attribute, type, data);
        _ = NativeHdf5.AttributeClose(attribute);
        _ = NativeHdf5.SpaceClose(space);
        _ = Hdf5Library.Check(status, path, $"write the attribute {name}");
    }
}
