using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Abstractions;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Benchmarks.Measuring;

/// <summary>The yardstick of a server: Kestrel with nothing on it that sends the same bytes whatever it is asked.</summary>
internal sealed class BareKestrel : IAsyncDisposable
{
    private readonly KestrelServer _server;

    private BareKestrel(KestrelServer server) => _server = server;

    public int Port { get; private set; }

    public static async Task<BareKestrel> StartAsync(byte[] reply, string contentType)
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Limits.MinResponseDataRate = null;
        options.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
        var server = new KestrelServer(
            Options.Create(options), new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance), NullLoggerFactory.Instance);
        await server.StartAsync(new Application(reply, contentType), default);
        return new BareKestrel(server) { Port = new Uri(server.Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port };
    }

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync(new CancellationToken(canceled: true));
        _server.Dispose();
    }

    private sealed class Application(byte[] reply, string contentType) : IHttpApplication<DefaultHttpContext>
    {
        public DefaultHttpContext CreateContext(IFeatureCollection contextFeatures)
        {
            // Kept from request to request, as the Alpaca server does it: the yardstick shall be as good as it can be.
            var container = (IHostContextContainer<DefaultHttpContext>)contextFeatures;
            var context = container.HostContext ??= new DefaultHttpContext();
            context.Initialize(contextFeatures);
            return context;
        }

        public Task ProcessRequestAsync(DefaultHttpContext context)
        {
            context.Response.ContentType = contentType;
            context.Response.ContentLength = reply.Length;
            return context.Response.Body.WriteAsync(reply).AsTask();
        }

        public void DisposeContext(DefaultHttpContext context, Exception? exception) => context.Uninitialize();
    }
}
