using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace Alpaca.Hosting;

/// <summary>
/// Bounds the connections: in all, and per address, so that one client that opens connections without end is the only one who notices.
/// A connection too many is told so (503 with a sentence) if it speaks plain HTTP, and closed.
/// </summary>
/// <param name="limit">Connections in all.</param>
/// <param name="limitPerAddress">Connections of one address.</param>
/// <param name="isTls">Whether the clients expect TLS, so that a sentence in plain text would be noise.</param>
/// <param name="meter">Where refusals are counted.</param>
/// <param name="log">Where first connections and first refusals are told.</param>
internal sealed class ConnectionGate(int limit, int limitPerAddress, bool isTls, ServerMeter meter, ILogger log)
{
    /// <summary>Refused connections that may be held at once while their clients read why.</summary>
    public const int MaximumLeaving = 64;

    /// <summary>Addresses remembered as seen; beyond, first connections are no longer told.</summary>
    private const int MaximumKnown = 256;

    private static readonly TimeSpan s_leave = TimeSpan.FromSeconds(1);
    private static readonly object s_secured = new();
    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, int> _open = [];
    private readonly HashSet<IPAddress> _known = [];
    private int _openInAll;
    private long _accepted;
    private int _leaving;
    private bool _toldFull;

    /// <summary>Connections that may be open at once.</summary>
    public int Limit => limit;

    /// <summary>Connections that are open.</summary>
    public int Open => Volatile.Read(ref _openInAll);

    /// <summary>Connections accepted since the start.</summary>
    public long Accepted => Volatile.Read(ref _accepted);

    /// <summary>Addresses that hold connections.</summary>
    public int Addresses
    {
        get
        {
            lock (_lock)
                return _open.Count;
        }
    }

    /// <summary>Stands before everything else a connection passes.</summary>
    public ConnectionDelegate Before(ConnectionDelegate next) => async connection =>
    {
        var address = AddressOf(connection);
        if (Enter(address) is { } refusal)
        {
            meter.Refuse(refusal);
            await TurnAwayAsync(connection, refusal);
            return;
        }

        try
        {
            await next(connection);
            if (isTls && !connection.Items.ContainsKey(s_secured))
                meter.Refuse(Refusal.FailedHandshake);
        }
        finally
        {
            Leave(address);
        }
    };

    /// <summary>Stands behind TLS: who comes here has made the handshake.</summary>
    public static ConnectionDelegate AfterHandshake(ConnectionDelegate next) => connection =>
    {
        connection.Items[s_secured] = s_secured;
        return next(connection);
    };

    /// <summary>The connection has been answered without a handshake, which is none that failed.</summary>
    public static void Answered(ConnectionContext connection) => connection.Items[s_secured] = s_secured;

    private static IPAddress AddressOf(ConnectionContext connection)
    {
        var address = (connection.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None;
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
    }

    private Refusal? Enter(IPAddress address)
    {
        lock (_lock)
        {
            var own = _open.GetValueOrDefault(address);
            if (_openInAll >= limit)
            {
                if (!_toldFull)
                    HostLog.TooManyConnections(log, limit);
                _toldFull = true;
                return Refusal.TooManyConnections;
            }

            if (own >= limitPerAddress)
                return Refusal.TooManyConnectionsOfAddress;
            _open[address] = own + 1;
            if (own + 1 == limitPerAddress)
                HostLog.TooManyConnectionsOfAddress(log, address, limitPerAddress);
            _openInAll++;
            _accepted++;
            if (_known.Count < MaximumKnown && _known.Add(address))
                HostLog.ClientSeen(log, address);
            return null;
        }
    }

    private void Leave(IPAddress address)
    {
        lock (_lock)
        {
            _openInAll--;
            _toldFull &= _openInAll > limit / 2;
            if (--_open[address] is 0)
                _open.Remove(address);
        }
    }

    /// <summary>Says why, gives the client a moment to read it, and closes: closing on unread bytes would take the sentence back.</summary>
    private async Task TurnAwayAsync(ConnectionContext connection, Refusal refusal)
    {
        if (isTls || Interlocked.Increment(ref _leaving) > MaximumLeaving)
        {
            if (!isTls)
                Interlocked.Decrement(ref _leaving);
            connection.Abort();
            return;
        }

        try
        {
            using var deadline = new CancellationTokenSource(s_leave, TimeProvider.System);
            var message = Encoding.ASCII.GetBytes(refusal is Refusal.TooManyConnections
                ? $"This server has {limit} connections open and takes no more (security.max_connections). Try again later."
                : $"Your address has {limitPerAddress} connections open and gets no more (security.max_connections_per_address). Close some.");
            var head = Encoding.ASCII.GetBytes(
                $"HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: {message.Length}\r\nRetry-After: 10\r\nConnection: close\r\n\r\n");
            await connection.Transport.Output.WriteAsync((byte[])[.. head, .. message], deadline.Token);
            while (await connection.Transport.Input.ReadAsync(deadline.Token) is { IsCompleted: false, Buffer: var read })
                connection.Transport.Input.AdvanceTo(read.End);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException)
        {
            // The client has had its moment, or did not wait for it.
            connection.Abort();
        }
        finally
        {
            Interlocked.Decrement(ref _leaving);
        }
    }
}
