using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using DataServices.Aartfaac;

namespace Benchmarks.Streams;

/// <summary>AARTFAAC windows of 1024 x 1024 pixels, from memory and through sockets of this machine.</summary>
internal static class ImageStreams
{
    private const int Side = 1024;
    private const string Stamp = "2026-03-14T23:59:50";

    public static async IAsyncEnumerable<Measurement> AllAsync(TimeSpan length, [EnumeratorCancellation] CancellationToken cancel)
    {
        var window = EmulatorWindow.Make(Side, Side, "6000000", Stamp);
        using var memory = new MemoryStream(window);
        yield return Measurement.Of("AARTFAAC window, read and rebuilt, from memory", window.Length, length, 46, () =>
        {
            memory.Position = 0;
            using var read = new WindowReader(memory, "memory").ReadAsync(cancel).AsTask().GetAwaiter().GetResult()!.Value.Window;
        });
        foreach (var subbands in (int[])[1, 3, 6])
            yield return await SocketsAsync(window, subbands, length, cancel);
    }

    private static async Task<Measurement> SocketsAsync(byte[] window, int subbands, TimeSpan length, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var listeners = Enumerable.Range(0, subbands).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(listener => listener.Start());
        var sending = listeners.ConvertAll(listener => SendAsync(listener, window, stop.Token));
        var readers = new List<WindowReader>();
        var sockets = new List<TcpClient>();
        foreach (var listener in listeners)
        {
            var client = new TcpClient();
            await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint, cancel);
            sockets.Add(client);
            readers.Add(new WindowReader(client.GetStream(), "socket"));
        }

        var measured = Measurement.Of(
            $"AARTFAAC windows through sockets, {subbands} subband(s)", (long)window.Length * subbands, length, subbands == 3 ? 15.2 * 4 * Side * Side / 1e6 : 0,
            () => Task.WhenAll(readers.Select(async reader => (await reader.ReadAsync(cancel))!.Value.Window!.Dispose())).GetAwaiter().GetResult());
        await stop.CancelAsync();
        sockets.ForEach(socket => socket.Dispose());
        listeners.ForEach(listener => listener.Dispose());
        await Task.WhenAll(sending);
        return measured;
    }

    private static async Task SendAsync(TcpListener listener, byte[] window, CancellationToken cancel)
    {
        using var socket = await listener.AcceptSocketAsync(cancel);
        try
        {
            await using var stream = new NetworkStream(socket);
            while (!cancel.IsCancellationRequested)
                await stream.WriteAsync(window, cancel);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            // Measured enough.
        }
    }
}
