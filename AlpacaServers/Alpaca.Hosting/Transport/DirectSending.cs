using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Alpaca.Hosting;

/// <summary>Connection middleware that puts <see cref="SocketOutput"/> under everything that follows: HTTP itself, or TLS under HTTP.</summary>
internal static class DirectSending
{
    public static ConnectionDelegate Use(ConnectionDelegate next) => async connection =>
    {
        if (connection.Features.Get<IConnectionSocketFeature>() is not { } feature)
        {
            await next(connection);
            return;
        }

        var transport = connection.Transport;
        var output = new SocketOutput(feature.Socket, transport.Output);
        connection.Transport = new Pipes(transport.Input, output);
        try
        {
            await next(connection);
        }
        finally
        {
            await output.CompleteAsync();
            connection.Transport = transport;
        }
    };

    private sealed record Pipes(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
