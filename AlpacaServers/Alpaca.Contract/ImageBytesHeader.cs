using System.Buffers.Binary;

namespace Alpaca.Contract;

/// <summary>
/// The metadata in front of an image in ImageBytes form, version 1: eleven little-endian 32-bit numbers. The pixels begin at <see cref="DataStart"/>,
/// the last dimension varying fastest: y, then x; for colour the plane, then y, then x. After an error the message in UTF-8 begins there instead.
/// </summary>
/// <param name="ErrorNumber">0, or what went wrong.</param>
/// <param name="ClientTransactionID">The client's number of this transaction.</param>
/// <param name="ServerTransactionID">The server's number of this transaction.</param>
/// <param name="DataStart">Offset of the pixels or of the error message, bytes from the start of the header.</param>
/// <param name="ImageElementType">The type the pixels have for the application.</param>
/// <param name="TransmissionElementType">The type in which they are sent: the smallest that holds every value.</param>
/// <param name="Rank">2 for monochrome and Bayer images, 3 for colour; 0 after an error.</param>
/// <param name="Dimension1">Width.</param>
/// <param name="Dimension2">Height.</param>
/// <param name="Dimension3">Planes, or 0 for rank 2.</param>
public readonly record struct ImageBytesHeader(
    int ErrorNumber,
    uint ClientTransactionID,
    uint ServerTransactionID,
    int DataStart,
    ImageElementType ImageElementType,
    ImageElementType TransmissionElementType,
    int Rank,
    int Dimension1,
    int Dimension2,
    int Dimension3)
{
    /// <summary>Bytes the header takes.</summary>
    public const int Size = 44;

    /// <summary>The only version there is.</summary>
    public const int MetadataVersion = 1;

    /// <summary>The media type of a body that begins with this header.</summary>
    public const string MediaType = "application/imagebytes";

    /// <summary>Pixels times planes: how many elements follow.</summary>
    public long ElementCount => (long)Dimension1 * Dimension2 * (Rank == 3 ? Dimension3 : 1);

    /// <summary>Reads a header.</summary>
    /// <exception cref="InvalidDataException">Fewer than <see cref="Size"/> bytes, or another version.</exception>
    public static ImageBytesHeader Read(ReadOnlySpan<byte> source)
    {
        if (source.Length < Size)
            throw new InvalidDataException($"An ImageBytes reply begins with {Size} bytes of metadata; this one has {source.Length} bytes in all.");
        var version = Number(source, 0);
        if (version != MetadataVersion)
            throw new InvalidDataException($"The ImageBytes metadata has version {version}; only version {MetadataVersion} is known.");
        return new ImageBytesHeader(
            Number(source, 1),
            (uint)Number(source, 2),
            (uint)Number(source, 3),
            Number(source, 4),
            (ImageElementType)Number(source, 5),
            (ImageElementType)Number(source, 6),
            Number(source, 7),
            Number(source, 8),
            Number(source, 9),
            Number(source, 10));
    }

    /// <summary>Writes the header into the first <see cref="Size"/> bytes of <paramref name="destination"/>.</summary>
    public void Write(Span<byte> destination)
    {
        ReadOnlySpan<int> numbers =
        [
            MetadataVersion,
            ErrorNumber,
            (int)ClientTransactionID,
            (int)ServerTransactionID,
            DataStart,
            (int)ImageElementType,
            (int)TransmissionElementType,
            Rank,
            Dimension1,
            Dimension2,
            Dimension3,
        ];
        for (var i = 0; i < numbers.Length; i++)
            BinaryPrimitives.WriteInt32LittleEndian(destination[(i * sizeof(int))..], numbers[i]);
    }

    private static int Number(ReadOnlySpan<byte> source, int index) => BinaryPrimitives.ReadInt32LittleEndian(source[(index * sizeof(int))..]);
}
