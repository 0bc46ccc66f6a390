using System.Net;
using System.Net.Sockets;
using System.Text;
using DataServices.Aartfaac;

namespace Benchmarks.Streams;

/// <summary>Bare servers that send windows as fast as they are taken, one second of DATE-OBS apart, time step after time step to every port.</summary>
internal sealed class SubbandSenders : IAsyncDisposable
{
    private static readonly DateTimeOffset _first = new(2026, 3, 14, 0, 0, 0, 0, 1, TimeSpan.Zero);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<TcpListener> _listeners;
    private readonly Task _sending;

    private SubbandSenders(List<TcpListener> listeners, byte[] window)
    {
        _listeners = listeners;
        WindowBytes = window.Length;
        _sending = SendAsync(window, _stop.Token);
    }

    /// <summary>No image is dropped: the subbands wait for each other, and for the consumer.</summary>
    public static StreamOptions Options => new()
    {
        Overflow = OverflowPolicy.Wait,
        WindowsPerEndpoint = 2,
        GroupCapacity = 2,
        Grouping = new GroupingOptions { MaxWait = TimeSpan.FromMinutes(10) },
        SilentCadences = 1000,
    };

    public int WindowBytes { get; }

    public IReadOnlyList<AartfaacEndpoint> Endpoints => [.. _listeners.Select(listener => new AartfaacEndpoint("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port))];

    public static Task<SubbandSenders> StartAsync(int subbands, int side)
    {
        var listeners = Enumerable.Range(0, subbands).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(listener => listener.Start());
        return Task.FromResult(new SubbandSenders(listeners, EmulatorWindow.Make(side, side, "6000000", EmulatorWindow.FormatStamp(_first))));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listeners.ForEach(listener => listener.Dispose());
        await _sending;
        _stop.Dispose();
    }

    private async Task SendAsync(byte[] window, CancellationToken cancel)
    {
        var streams = new List<NetworkStream>();
        try
        {
            foreach (var listener in _listeners)
                streams.Add(new NetworkStream(await listener.AcceptSocketAsync(cancel), ownsSocket: true));
            var stamp = window.AsMemory(window.AsSpan().IndexOf(Encoding.ASCII.GetBytes(EmulatorWindow.FormatStamp(_first))));
            for (var i = 0; !cancel.IsCancellationRequested; i++)
            {
                Encoding.ASCII.GetBytes(EmulatorWindow.FormatStamp(_first.AddSeconds(i)), stamp.Span);
                foreach (var stream in streams)
                    await stream.WriteAsync(window, cancel);
            }
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Measured enough.
        }
        finally
        {
            streams.ForEach(stream => stream.Dispose());
        }
    }
}
