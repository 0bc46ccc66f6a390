using System.Text;
using Alpaca.Contract;
using Microsoft.AspNetCore.Http;

namespace Alpaca.Hosting;

/// <summary>
/// Sends an image in ImageBytes form. Blocks of columns are turned straight into the connection's send buffer, the first behind the header;
/// the memory a frame takes on its way out is one block, whatever its size.
/// </summary>
internal static class ImageBytesReply
{
    /// <summary>
    /// Bytes per block, as far as the image's height allows. Each block visits every row of the frame, and so every page of its memory: fewer, larger blocks spare the
    /// processor's address tables, while the block must still be in its cache when it is sent. With the headers in front it just fits into a pooled buffer.
    /// </summary>
    public const int BlockBytes = (2048 - 4) * 1024;

    public static async ValueTask SendAsync(AlpacaExchange exchange, ImageArray image, CancellationToken deadline)
    {
        var type = WireElements.SmallestType(image);
        var header = new ImageBytesHeader(
            0,
            exchange.ClientTransactionID,
            exchange.ServerTransactionID,
            ImageBytesHeader.Size,
            type is ImageElementType.Single or ImageElementType.Double ? ImageElementType.Double : ImageElementType.Int32,
            type,
            image.Rank,
            image.Width,
            image.Height,
            image.Rank == 3 ? image.Planes : 0);
        var columnBytes = image.Height * image.Planes * type.SizeInBytes();
        var columnsPerBlock = ImageColumns.PerBlock(image, type, BlockBytes);

        var response = exchange.Http.Response;
        response.ContentType = ImageBytesHeader.MediaType;
        response.ContentLength = ImageBytesHeader.Size + (header.ElementCount * type.SizeInBytes());

        // Once the response has started, the writer hands out the send buffer itself instead of memory to be copied later.
        await response.StartAsync(deadline);
        var body = response.BodyWriter;
        var before = ImageBytesHeader.Size;
        for (var column = 0; column < image.Width; column += columnsPerBlock)
        {
            var columns = Math.Min(columnsPerBlock, image.Width - column);
            var bytes = columns * columnBytes;
            Fill(body.GetSpan(before + bytes)[..(before + bytes)], column, columns);
            body.Advance(before + bytes);
            before = 0;
            if ((await body.FlushAsync(deadline)).IsCompleted)
                return;
        }

        void Fill(Span<byte> block, int column, int columns)
        {
            if (column == 0)
                header.Write(block);
            ImageColumns.Copy(image, type, column, columns, block[before..]);
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
}
