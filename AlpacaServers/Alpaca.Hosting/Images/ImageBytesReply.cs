using System.Runtime.InteropServices;
using System.Text;
using Alpaca.Contract;
using Microsoft.AspNetCore.Http;

namespace Alpaca.Hosting;

/// <summary>
/// Sends an image in ImageBytes form. Blocks of columns are transposed straight into the connection's send buffers;
/// the memory a frame takes on its way out is a few blocks, whatever its size.
/// </summary>
internal static class ImageBytesReply
{
    /// <summary>Bytes per block, unless a single column has more.</summary>
    public const int BlockBytes = 256 * 1024;

    public static async ValueTask SendAsync(AlpacaExchange exchange, ImageArray image)
    {
        var type = ImageColumns.SmallestType(image);
        var header = new ImageBytesHeader(
            0,
            exchange.ClientTransactionID,
            exchange.ServerTransactionID,
            ImageBytesHeader.Size,
            ImageElementType.Int32,
            type,
            image.Rank,
            image.Width,
            image.Height,
            image.Rank == 3 ? image.Planes : 0);
        var columnBytes = image.Height * image.Planes * type.SizeInBytes();
        var columnsPerBlock = Math.Max(1, BlockBytes / columnBytes);

        var response = exchange.Http.Response;
        response.ContentType = ImageBytesHeader.MediaType;
        response.ContentLength = ImageBytesHeader.Size + header.ElementCount * type.SizeInBytes();
        var body = response.BodyWriter;
        header.Write(body.GetSpan(ImageBytesHeader.Size));
        body.Advance(ImageBytesHeader.Size);
        for (var column = 0; column < image.Width; column += columnsPerBlock)
        {
            var bytes = Math.Min(columnsPerBlock, image.Width - column) * columnBytes;
            Copy(image, type, column, body.GetSpan(bytes)[..bytes]);
            body.Advance(bytes);
            if ((await body.FlushAsync(CancellationToken.None)).IsCompleted)
                return;
        }
    }

    /// <summary>Sends an error in ImageBytes form: the header, then the message.</summary>
    public static void SendError(AlpacaExchange exchange, int number, string message)
    {
        var length = Encoding.UTF8.GetByteCount(message);
        var bytes = new byte[ImageBytesHeader.Size + length];
        new ImageBytesHeader(
            number,
            exchange.ClientTransactionID,
            exchange.ServerTransactionID,
            ImageBytesHeader.Size,
            ImageElementType.Unknown,
            ImageElementType.Unknown,
            0,
            0,
            0,
            0).Write(bytes);
        Encoding.UTF8.GetBytes(message, bytes.AsSpan(ImageBytesHeader.Size));
        exchange.SendText(StatusCodes.Status200OK, ImageBytesHeader.MediaType, bytes);
    }

    private static void Copy(ImageArray image, ImageElementType type, int column, Span<byte> destination)
    {
        switch (type)
        {
            case ImageElementType.Byte:
                ImageColumns.Copy(image, column, destination);
                break;
            case ImageElementType.Int16:
                ImageColumns.Copy(image, column, MemoryMarshal.Cast<byte, short>(destination));
                break;
            case ImageElementType.UInt16:
                ImageColumns.Copy(image, column, MemoryMarshal.Cast<byte, ushort>(destination));
                break;
            default:
                ImageColumns.Copy(image, column, MemoryMarshal.Cast<byte, int>(destination));
                break;
        }
    }
}
