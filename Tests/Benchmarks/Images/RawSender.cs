using System.Net;
using System.Net.Sockets;

namespace Benchmarks.Images;

/// <summary>The yardstick of sending: a socket that gives a whole frame to the operating system at once, for every byte it receives.</summary>
internal sealed class RawSender : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Task _serving;

    public RawSender(byte[] frame)
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        _serving = Task.Factory.StartNew(() => Serve(frame), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    /// <summary>The client must have closed its connection before.</summary>
    public void Dispose()
    {
        _serving.Wait();
        _listener.Dispose();
    }

    private void Serve(byte[] frame)
    {
        using var client = _listener.Accept();
        client.NoDelay = true;
        var asked = new byte[1];
        while (client.Receive(asked) > 0)
            client.Send(frame);
    }
}
