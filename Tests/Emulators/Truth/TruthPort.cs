using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Emulators.Truth;

/// <summary>
/// Tells whoever listens the true state of an emulator's mechanics: one JSON object a line on a TCP port of this machine. A line is in the listeners'
/// sockets when <see cref="Tell"/> returns, so an emulator that tells the truth before it answers a command is never behind its own answers.
/// </summary>
public sealed class TruthPort : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly List<Socket> _listeners = [];
    private readonly Func<IEnumerable<string>> _greeting;
    private readonly Socket _door;

    private TruthPort(Socket door, Func<IEnumerable<string>> greeting) => (_door, _greeting) = (door, greeting);

    /// <summary>The port.</summary>
    public int Port => ((IPEndPoint)_door.LocalEndPoint!).Port;

    /// <summary>Opens the port.</summary>
    /// <param name="port">The TCP port; 0 for a free one.</param>
    /// <param name="greeting">The lines that tell a new listener everything that holds now.</param>
    public static TruthPort Open(int port, Func<IEnumerable<string>> greeting)
    {
        var door = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        door.Bind(new IPEndPoint(IPAddress.Loopback, port));
        door.Listen();
        var opened = new TruthPort(door, greeting);
        _ = opened.AcceptAsync();
        return opened;
    }

    /// <summary>Tells all listeners; one that has gone, or does not listen, is let go.</summary>
    public void Tell(string line)
    {
        lock (_gate)
            _listeners.RemoveAll(listener => !Send(listener, line));
    }

    public void Dispose()
    {
        _door.Dispose();
        lock (_gate)
        {
            foreach (var listener in _listeners)
                listener.Dispose();
            _listeners.Clear();
        }
    }

    private static bool Send(Socket listener, string line)
    {
        try
        {
            listener.Send(Encoding.UTF8.GetBytes(line + "\n"));
            return true;
        }
        catch (SocketException)
        {
            listener.Dispose();
            return false;
        }
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            Socket listener;
            try
            {
                listener = await _door.AcceptAsync();
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // The port was closed.
                return;
            }

            listener.NoDelay = true;
            listener.SendTimeout = (int)s_patience.TotalMilliseconds;
            lock (_gate)
            {
                if (_greeting().All(line => Send(listener, line)))
                    _listeners.Add(listener);
            }
        }
    }
}
