using Alpaca.Devices.Links;

namespace Alpaca.Drivers.Astrohaven;

/// <summary>The wire: bytes out, bytes in, no frames, no checksums. Reading never sends anything, since any byte may move the dome.</summary>
internal sealed class AstrohavenProtocol(ILink link)
{
    private static readonly TimeSpan s_sending = TimeSpan.FromSeconds(1);

    private readonly LinkReader _reader = new(link);

    /// <summary>The link's name and time.</summary>
    public ILink Link => link;

    /// <summary>Sends one command byte; the leaf it is for moves for a fraction of a second and stops.</summary>
    /// <remarks>Not cancellable: a byte that is on its way cannot be called back.</remarks>
    public ValueTask SendAsync(byte command) => link.WriteAsync(new[] { command }, s_sending, CancellationToken.None);

    /// <summary>The next byte, or null if none comes in time.</summary>
    public ValueTask<byte?> HearAsync(TimeSpan within, CancellationToken cancel) => _reader.TryReadByteAsync(within, cancel);

    /// <summary>Forgets what has come in.</summary>
    public void Discard() => _reader.Discard();

    /// <summary>Lets time pass, on the link's time.</summary>
    public Task PassAsync(TimeSpan time, CancellationToken cancel) => Task.Delay(time, link.Time, cancel);
}
