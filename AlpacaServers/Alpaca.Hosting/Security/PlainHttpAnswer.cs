using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Connections;

namespace Alpaca.Hosting;

/// <summary>
/// Stands in front of TLS: who speaks plain HTTP on a port that speaks https is told so in words instead of being hung up on. Discovery cannot say https, so programs do try http.
/// </summary>
/// <param name="meter">Where it is counted.</param>
internal sealed class PlainHttpAnswer(ServerMeter meter)
{
    /// <summary>How long a client may take to send its first byte, and to read the answer.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan s_leave = TimeSpan.FromSeconds(1);
    private static readonly byte[] s_answer = Answer("This server speaks https on this port, not http: write https:// in front of its address.");

    public ConnectionDelegate Use(ConnectionDelegate next) => async connection =>
    {
        if (await SpeaksHttpAsync(connection) is not { } speaksHttp)
            return;
        if (!speaksHttp)
        {
            await next(connection);
            return;
        }

        meter.Refuse(Refusal.PlainHttp);
        ConnectionGate.Answered(connection);
        try
        {
            using var deadline = new CancellationTokenSource(s_leave, TimeProvider.System);
            var (input, output) = (connection.Transport.Input, connection.Transport.Output);
            await output.WriteAsync(s_answer, deadline.Token);

            // Closing on unread bytes would take the answer back.
            while (await input.ReadAsync(deadline.Token) is { IsCompleted: false, Buffer: var read })
                input.AdvanceTo(read.End);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException)
        {
            // The client has had its moment, or did not wait for it.
            connection.Abort();
        }
    };

    /// <summary>Whether the first byte is that of an HTTP request rather than of a TLS record; null if none came.</summary>
    private static async ValueTask<bool?> SpeaksHttpAsync(ConnectionContext connection)
    {
        var input = connection.Transport.Input;
        try
        {
            using var deadline = new CancellationTokenSource(s_patience, TimeProvider.System);
            var read = await input.ReadAsync(deadline.Token);
            bool? speaks = read.Buffer.IsEmpty ? null : char.IsAsciiLetter((char)read.Buffer.FirstSpan[0]);

            // Taken back: TLS begins with this byte.
            input.AdvanceTo(read.Buffer.Start);
            return speaks;
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException)
        {
            connection.Abort();
            return null;
        }
    }

    private static byte[] Answer(string sentence) => Encoding.ASCII.GetBytes(
        $"HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: {sentence.Length}\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n{sentence}");
}
