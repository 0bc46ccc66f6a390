using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Alpaca.Contract;

namespace Alpaca.Hosting;

/// <summary>Streams an image as nested JSON arrays, <c>[x][y]</c> or <c>[x][y][plane]</c>, in memory that does not grow with it.</summary>
internal static class JsonImageReply
{
    /// <summary>The standard's number for 32-bit integers, the element type of every image.</summary>
    public const int Int32Type = 2;

    private const int BlockElements = 16 * 1024;

    /// <summary>The longest a number gets, with the brackets and the comma around it.</summary>
    private const int LongestElement = 16;

    /// <returns>The bytes sent.</returns>
    public static async ValueTask<long> SendAsync(AlpacaExchange exchange, ImageArray image)
    {
        var sent = 0L;
        // Refuses what no reply could carry while there is still time for an error.
        _ = ImageColumns.SmallestType(image);
        exchange.Http.Response.ContentType = JsonReply.ContentType;
        var body = exchange.Http.Response.BodyWriter;
        WriteText(body, $"{{\"Type\":{Int32Type},\"Rank\":{image.Rank},\"Value\":[");

        var columnLength = image.Height * image.Planes;
        var columnsPerBlock = Math.Max(1, BlockElements / columnLength);
        var elements = ArrayPool<int>.Shared.Rent(columnsPerBlock * columnLength);
        try
        {
            for (var column = 0; column < image.Width; column += columnsPerBlock)
            {
                var columns = Math.Min(columnsPerBlock, image.Width - column);
                ImageColumns.Copy(image, column, elements.AsSpan(0, columns * columnLength));
                for (var i = 0; i < columns; i++)
                {
                    WriteColumn(body, elements.AsSpan(i * columnLength, columnLength), image.Planes, isFirst: column + i == 0);
                    if (body.UnflushedBytes < BlockElements)
                        continue;
                    sent += body.UnflushedBytes;
                    if ((await body.FlushAsync(CancellationToken.None)).IsCompleted)
                        return sent;
                }
            }
        }
        finally
        {
            ArrayPool<int>.Shared.Return(elements);
        }

        WriteText(
            body,
            $"],\"ClientTransactionID\":{exchange.ClientTransactionID},\"ServerTransactionID\":{exchange.ServerTransactionID},\"ErrorNumber\":0,\"ErrorMessage\":\"\"}}");
        return sent + body.UnflushedBytes;
    }

    private static void WriteColumn(PipeWriter body, ReadOnlySpan<int> column, int planes, bool isFirst)
    {
        var text = body.GetSpan(LongestElement);
        var length = 0;
        if (!isFirst)
            text[length++] = (byte)',';
        text[length++] = (byte)'[';
        for (var i = 0; i < column.Length; i++)
        {
            if (text.Length - length < LongestElement)
            {
                body.Advance(length);
                text = body.GetSpan(LongestElement);
                length = 0;
            }

            if (i > 0)
                text[length++] = (byte)',';
            if (planes > 1 && i % planes == 0)
                text[length++] = (byte)'[';
            column[i].TryFormat(text[length..], out var digits, provider: CultureInfo.InvariantCulture);
            length += digits;
            if (planes > 1 && i % planes == planes - 1)
                text[length++] = (byte)']';
        }

        body.Advance(length);
        body.GetSpan(1)[0] = (byte)']';
        body.Advance(1);
    }

    private static void WriteText(PipeWriter body, FormattableString text)
    {
        var written = FormattableString.Invariant(text);
        body.Advance(Encoding.ASCII.GetBytes(written, body.GetSpan(written.Length)));
    }
}
