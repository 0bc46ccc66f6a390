using System.Buffers.Binary;
using System.Text;
using Alpaca.Contract;

namespace Alpaca.Client.Tests;

/// <summary>Writes ImageBytes bodies number by number, as the standard describes them.</summary>
internal static class ImageBody
{
    public static byte[] Header(params int[] numbers)
    {
        var bytes = new byte[numbers.Length * 4];
        for (var i = 0; i < numbers.Length; i++)
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(i * 4), numbers[i]);
        return bytes;
    }

    /// <param name="pixel">The bytes of the element at x, y and plane.</param>
    public static byte[] Image(int width, int height, int planes, ImageElementType type, Func<int, int, int, byte[]> pixel, int gap = 0)
    {
        var body = new List<byte>(Header(1, 0, 1, 1, 44 + gap, 2, (int)type, planes == 1 ? 2 : 3, width, height, planes == 1 ? 0 : planes));
        body.AddRange(new byte[gap]);
        for (var x = 0; x < width; x++)
        {
            for (var y = 0; y < height; y++)
            {
                for (var plane = 0; plane < planes; plane++)
                    body.AddRange(pixel(x, y, plane));
            }
        }

        return [.. body];
    }

    public static byte[] Error(int number, string message) => [.. Header(1, number, 1, 1, 44, 0, 0, 0, 0, 0, 0), .. Encoding.UTF8.GetBytes(message)];

    public static byte[] Reply(byte[] body, int? length = null) => RawServer.Reply(body, "application/imagebytes", length: length);

    /// <summary>Without Content-Length: the body ends with the connection.</summary>
    public static byte[] Endless(byte[] body) => [.. "HTTP/1.1 200 OK\r\nContent-Type: application/imagebytes\r\nConnection: close\r\n\r\n"u8, .. body];
}
