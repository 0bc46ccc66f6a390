namespace DataServices.Aartfaac.Tests;

/// <summary>A stream that gives its bytes in pieces of odd sizes, as a network does.</summary>
internal sealed class PieceStream(byte[] bytes) : MemoryStream(bytes)
{
    private static readonly int[] _sizes = [1, 7, 511, 3, 4096, 2];
    private int _piece;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        base.ReadAsync(buffer[..Math.Min(buffer.Length, _sizes[_piece++ % _sizes.Length])], cancellationToken);
}
