using Alpaca.Contract;

namespace Alpaca.Hosting;

/// <summary>
/// Bounds the frames that are on their way out: each holds its pixels and a send buffer until the client has taken it. Clients in excess wait for a place,
/// before their camera is even asked for its image; who waits too long gets an error that says so, and who takes too long is cut off.
/// </summary>
internal sealed class ImageTraffic(AlpacaHostOptions options) : IDisposable
{
    private readonly SemaphoreSlim _places = new(options.ImagesInFlight);
    private int _waiting;
    private long _refused;

    /// <summary>Frames being read or sent.</summary>
    public int InFlight => options.ImagesInFlight - _places.CurrentCount;

    /// <summary>Clients waiting for a place.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Clients that have waited in vain.</summary>
    public long Refused => Volatile.Read(ref _refused);

    /// <summary>Answers a request for an image once there is a place for it.</summary>
    /// <param name="answer">Asks the camera and sends the reply.</param>
    /// <exception cref="AlpacaException">There was none for too long.</exception>
    public async ValueTask RunAsync(MemberHandler answer, IAlpacaDevice device, AlpacaExchange exchange)
    {
        await EnterAsync(exchange.Cancel);
        try
        {
            using var deadline = new CancellationTokenSource(options.ImageTimeout, TimeProvider.System);
            exchange.ImageDeadline = deadline.Token;
            await answer(device, exchange);
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();

    private async ValueTask EnterAsync(CancellationToken cancel)
    {
        Interlocked.Increment(ref _waiting);
        try
        {
            // Sockets live in real time, whatever clock the observatory runs on, and so does the wait for one.
            if (await _places.WaitAsync(options.ImageWait, cancel))
                return;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }

        Interlocked.Increment(ref _refused);
        throw new AlpacaException(AlpacaError.Driver, FormattableString.Invariant(
            $"The server is already sending {options.ImagesInFlight} images, and none was finished within {options.ImageWait.TotalSeconds:0.###} s. Ask again when other clients are done."));
    }
}
