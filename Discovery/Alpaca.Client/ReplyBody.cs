using System.Buffers;

namespace Alpaca.Client;

/// <summary>A reply's bytes in pooled memory.</summary>
internal sealed class ReplyBody : IDisposable
{
    /// <summary>Larger than any answer but an image's; a bound on what a broken server can make us hold.</summary>
    private const int Maximum = 4 << 20;
    private byte[] _buffer;
    private int _length;

    private ReplyBody(int capacity) => _buffer = ArrayPool<byte>.Shared.Rent(capacity);

    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, _length);

    /// <exception cref="InvalidDataException">The reply is too long.</exception>
    public static async ValueTask<ReplyBody> ReadAsync(HttpContent content, CancellationToken cancel)
    {
        var expected = content.Headers.ContentLength ?? 0;
        var body = new ReplyBody((int)Math.Clamp(expected + 1, 512, Maximum));
        try
        {
            await using var stream = await content.ReadAsStreamAsync(cancel);
            while (await stream.ReadAsync(body._buffer.AsMemory(body._length), cancel) is > 0 and var read)
            {
                body._length += read;
                if (body._length == body._buffer.Length)
                    body.Grow();
            }

            return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _length = 0;
    }

    private void Grow()
    {
        if (_length >= Maximum)
            throw new InvalidDataException($"the answer is longer than {Maximum} bytes.");
        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        Bytes.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
