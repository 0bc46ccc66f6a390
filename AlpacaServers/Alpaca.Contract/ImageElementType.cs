namespace Alpaca.Contract;

/// <summary>The type of a pixel, numbered as ImageBytes numbers it.</summary>
public enum ImageElementType
{
    Unknown = 0,
    Int16 = 1,
    Int32 = 2,
    Double = 3,
    Single = 4,
    UInt64 = 5,
    Byte = 6,
    Int64 = 7,
    UInt16 = 8,
    UInt32 = 9,
}

/// <summary>Facts of element types.</summary>
public static class ImageElementTypes
{
    /// <summary>Bytes an element takes.</summary>
    public static int SizeInBytes(this ImageElementType type) => type switch
    {
        ImageElementType.Byte => 1,
        ImageElementType.Int16 or ImageElementType.UInt16 => 2,
        ImageElementType.Int32 or ImageElementType.UInt32 or ImageElementType.Single => 4,
        ImageElementType.Int64 or ImageElementType.UInt64 or ImageElementType.Double => 8,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not an element type."),
    };
}
