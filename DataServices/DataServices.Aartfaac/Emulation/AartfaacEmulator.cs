using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace DataServices.Aartfaac;

/// <summary>
/// A server of synthetic subbands: any number of clients per port, one window per tick and port with the same stamp everywhere, and a
/// script of what goes wrong. Listens on this machine only unless told otherwise.
/// </summary>
public sealed class AartfaacEmulator : IAsyncDisposable
{
    private const double FirstFrequency = 6.0e6;
    private const double FrequencyStep = 5e5;

    // A client that does not read is cut off rather than served from ever more memory.
    private const int MaxQueue = 64;
    private readonly List<Subband> _subbands;
    private readonly IReadOnlyList<EmulatorAction> _script;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _cadence;
    private readonly (int Width, int Height) _size;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<Task, bool> _tasks = new();
    private DateTimeOffset _start;
    private int _disposals;

    private AartfaacEmulator(List<Subband> subbands, EmulatorOptions options)
    {
        _subbands = subbands;
        _script = options.Script;
        _clock = options.Clock;
        _cadence = options.Cadence;
        _size = (options.Width, options.Height);
    }

    /// <summary>Where clients connect, one per subband.</summary>
    public IReadOnlyList<AartfaacEndpoint> Endpoints => [.. _subbands.Select(subband => new AartfaacEndpoint(subband.Address.ToString(), subband.Port))];

    /// <summary>Ticks so far.</summary>
    public int Ticks { get; private set; }

    /// <summary>Connected clients.</summary>
    public int Clients => _subbands.Sum(subband => subband.Clients.Count);

    /// <summary>Starts listening; ticks start with <see cref="RunAsync"/> or come one by one with <see cref="Tick"/>.</summary>
    public static AartfaacEmulator Start(EmulatorOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var subbands = new List<Subband>();
        try
        {
            foreach (var port in options.Ports)
            {
                var listener = new TcpListener(options.Address, port);
                listener.Start();
                var frequency = FirstFrequency + FrequencyStep * subbands.Count;
                subbands.Add(new Subband(listener, options.Address, ((IPEndPoint)listener.LocalEndpoint).Port, frequency.ToString("0", CultureInfo.InvariantCulture)));
            }
        }
        catch
        {
            foreach (var subband in subbands)
                subband.Listener.Dispose();
            throw;
        }

        var emulator = new AartfaacEmulator(subbands, options) { _start = options.Clock.GetUtcNow() };
        foreach (var subband in subbands)
            emulator.Track(emulator.AcceptAsync(subband));
        return emulator;
    }

    /// <summary>Ticks at the cadence, the first at once, without drift.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; there is no other end.</exception>
    public async Task RunAsync(CancellationToken cancel)
    {
        var begun = _clock.GetTimestamp();
        for (var tick = 0; ; tick++)
        {
            cancel.ThrowIfCancellationRequested();
            Tick();
            var wait = _cadence * (tick + 1) - _clock.GetElapsedTime(begun);
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, _clock, cancel);
        }
    }

    /// <summary>One tick: every port sends its window, or what the script says.</summary>
    public void Tick()
    {
        var tick = Ticks++;
        var stamp = EmulatorWindow.FormatStamp(_start + _cadence * tick);
        foreach (var subband in _subbands)
        {
            var deeds = _script.Where(action => (action.Port ?? subband.Port) == subband.Port && (action.Tick ?? tick) == tick).ToList();
            var corruption = deeds.Find(deed => deed.Deed == EmulatorDeed.Corrupt)?.Corruption;
            var window = EmulatorWindow.Make(_size.Width, _size.Height, subband.Frequency, stamp, corruption);
            var late = deeds.Find(deed => deed.Deed == EmulatorDeed.Late);
            if (late is not null)
                subband.Held.Add((tick + late.Ticks, window));
            else if (!deeds.Exists(deed => deed.Deed == EmulatorDeed.Drop))
                subband.Send(new Parcel(window, deeds.Find(deed => deed.Deed == EmulatorDeed.Delay)?.Pause ?? TimeSpan.Zero));
            if (deeds.Exists(deed => deed.Deed == EmulatorDeed.Duplicate))
                subband.Send(new Parcel(window, TimeSpan.Zero));
            foreach (var held in subband.Held.Where(held => held.Tick == tick))
                subband.Send(new Parcel(held.Window, TimeSpan.Zero));
            subband.Held.RemoveAll(held => held.Tick <= tick);
            if (deeds.Exists(deed => deed.Deed == EmulatorDeed.Close))
                subband.CloseClients();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposals, 1) > 0)
            return;
        await _stop.CancelAsync();
        foreach (var subband in _subbands)
        {
            subband.Listener.Dispose();
            subband.CloseClients();
        }

        await Task.WhenAll(_tasks.Keys);
        _stop.Dispose();
    }

    private async Task AcceptAsync(Subband subband)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                Track(ServeAsync(subband, await subband.Listener.AcceptSocketAsync(_stop.Token)));
            }
            catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(Subband subband, Socket socket)
    {
        var queue = Channel.CreateBounded<Parcel>(MaxQueue);
        subband.Clients[socket] = queue.Writer;
        try
        {
            await using var stream = new NetworkStream(socket, ownsSocket: true);
            Track(WatchAsync(stream, queue.Writer));
            await foreach (var parcel in queue.Reader.ReadAllAsync(_stop.Token))
            {
                if (parcel.Pause > TimeSpan.Zero)
                    await Task.Delay(parcel.Pause, _clock, _stop.Token);
                await stream.WriteAsync(parcel.Window, _stop.Token);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The client went away, or the emulator stops: the others go on.
        }
        finally
        {
            subband.Clients.TryRemove(socket, out _);
        }
    }

    // Clients never write: when a read returns, they have gone.
    private async Task WatchAsync(NetworkStream stream, ChannelWriter<Parcel> queue)
    {
        var bytes = new byte[64];
        try
        {
            while (await stream.ReadAsync(bytes, _stop.Token) > 0)
            {
            }
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The same, said otherwise.
        }

        queue.TryComplete();
    }

    private void Track(Task task)
    {
        _tasks[task] = true;
        _ = task.ContinueWith(done => _tasks.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private sealed record Parcel(byte[] Window, TimeSpan Pause);

    private sealed record Subband(TcpListener Listener, IPAddress Address, int Port, string Frequency)
    {
        public ConcurrentDictionary<Socket, ChannelWriter<Parcel>> Clients { get; } = new();

        public List<(int Tick, byte[] Window)> Held { get; } = [];

        public void Send(Parcel parcel)
        {
            foreach (var (socket, queue) in Clients)
            {
                if (!queue.TryWrite(parcel))
                    socket.Dispose();
            }
        }

        // What is queued is still sent.
        public void CloseClients()
        {
            foreach (var queue in Clients.Values)
                queue.TryComplete();
        }
    }
}
