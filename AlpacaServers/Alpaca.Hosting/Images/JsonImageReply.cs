using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using Alpaca.Contract;

namespace Alpaca.Hosting;

/// <summary>Streams an image as nested JSON arrays, <c>[x][y]</c> or <c>[x][y][plane]</c>, in memory that does not grow with it.</summary>
internal static class JsonImageReply
{
    /// <summary>The standard's number for 32-bit integers, the element type of every image of a camera that counts electrons.</summary>
    public const int Int32Type = 2;

    private const int DoubleType = 3;
    private const int BlockBytes = 64 * 1024;
    private const int TextBlock = 60 * 1024;

    /// <summary>The longest a number gets, with the brackets and the comma around it.</summary>
    private const int LongestElement = 32;

    /// <returns>The bytes sent.</returns>
    public static async ValueTask<long> SendAsync(AlpacaExchange exchange, ImageArray image, CancellationToken deadline)
    {
        // Refuses what no reply could carry while there is still time for an error.
        var type = WireElements.SmallestType(image);
        var isFloating = type is ImageElementType.Single or ImageElementType.Double;
        exchange.Http.Response.ContentType = JsonReply.ContentType;
        await exchange.Http.Response.StartAsync(deadline);
        var body = exchange.Http.Response.BodyWriter;
        var sent = WriteText(body, $"{{\"Type\":{(isFloating ? DoubleType : Int32Type)},\"Rank\":{image.Rank},\"Value\":[");

        var columnBytes = image.Height * image.Planes * type.SizeInBytes();
        var columnsPerBlock = ImageColumns.PerBlock(image, type, BlockBytes);
        var elements = ArrayPool<byte>.Shared.Rent(columnsPerBlock * columnBytes);
        try
        {
            for (var column = 0; column < image.Width; column += columnsPerBlock)
            {
                var columns = Math.Min(columnsPerBlock, image.Width - column);
                ImageColumns.Copy(image, type, column, columns, elements.AsSpan(0, columns * columnBytes));
                for (var i = 0; i < columns; i++)
                {
                    sent += WriteText(body, column + i > 0 ? ",["u8 : "["u8);
                    for (var done = 0; done < columnBytes;)
                    {
                        var (taken, written) = Write(body, type, elements.AsSpan(i * columnBytes, columnBytes), done, image.Planes);
                        done += taken;
                        sent += written;
                        if (body.UnflushedBytes >= TextBlock / 2 && (await body.FlushAsync(deadline)).IsCompleted)
                            return sent;
                    }

                    sent += WriteText(body, "]"u8);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(elements);
        }

        return sent + WriteText(
            body,
            $"],\"ClientTransactionID\":{exchange.ClientTransactionID},\"ServerTransactionID\":{exchange.ServerTransactionID},\"ErrorNumber\":0,\"ErrorMessage\":\"\"}}");
    }

    private static (int Taken, int Written) Write(PipeWriter body, ImageElementType type, ReadOnlySpan<byte> column, int done, int planes) => type switch
    {
        ImageElementType.Byte => Write<byte>(body, column, done, planes),
        ImageElementType.Int16 => Write<short>(body, column, done, planes),
        ImageElementType.UInt16 => Write<ushort>(body, column, done, planes),
        ImageElementType.Int32 => Write<int>(body, column, done, planes),
        ImageElementType.Single => Write<float>(body, column, done, planes),
        _ => Write<double>(body, column, done, planes),
    };

    /// <summary>Writes elements of a column, as many as one block of text takes.</summary>
    /// <returns>Bytes of the column that have been taken, and bytes of text.</returns>
    private static (int Taken, int Written) Write<T>(PipeWriter body, ReadOnlySpan<byte> column, int done, int planes)
        where T : unmanaged, INumber<T>
    {
        var elements = MemoryMarshal.Cast<byte, T>(column);
        var text = body.GetSpan(body.UnflushedBytes == 0 ? TextBlock : LongestElement);
        var length = 0;
        var i = done / Marshal.SizeOf<T>();
        for (; i < elements.Length && text.Length - length >= LongestElement; i++)
        {
            if (i > 0)
                text[length++] = (byte)',';
            if (planes > 1 && i % planes == 0)
                text[length++] = (byte)'[';
            length += WriteNumber(text[length..], elements[i]);
            if (planes > 1 && i % planes == planes - 1)
                text[length++] = (byte)']';
        }

        body.Advance(length);
        return ((i * Marshal.SizeOf<T>()) - done, length);
    }

    private static int WriteNumber<T>(Span<byte> text, T number)
        where T : unmanaged, INumber<T>
    {
        number.TryFormat(text, out var length, default, CultureInfo.InvariantCulture);
        return length;
    }

    private static long WriteText(PipeWriter body, ReadOnlySpan<byte> text)
    {
        text.CopyTo(body.GetSpan(text.Length));
        body.Advance(text.Length);
        return text.Length;
    }

    private static long WriteText(PipeWriter body, FormattableString text) => WriteText(body, Encoding.ASCII.GetBytes(FormattableString.Invariant(text)));
}
