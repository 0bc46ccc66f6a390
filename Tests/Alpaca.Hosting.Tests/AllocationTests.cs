using System.Net;
using Alpaca.Contract;
using Alpaca.Hosting.Tests.Devices;
using Alpaca.Hosting.Tests.Transport;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Abstractions;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Alpaca.Hosting.Tests;

/// <summary>Memory per request, counted in bytes for the whole process: nothing else may run beside these tests.</summary>
[Collection("alone")]
public sealed class AllocationTests
{
    private const int Requests = 2000;

    [Theory]
    [InlineData("/api/v1/focuser/0/position?ClientID=42&ClientTransactionID=7")]
    [InlineData("/api/v1/focuser/0/ismoving")]
    [InlineData("/api/v1/focuser/0/stepsize?clientid=42")]
    [InlineData("/api/v1/telescope/0/utcdate")]
    [InlineData("/api/v1/telescope/0/trackingrate")]
    [InlineData("/api/v1/switch/0/getswitchvalue?Id=0")]
    public async Task A_small_get_allocates_no_more_than_kestrel_itself(string path)
    {
        await using var host = await RunningHost.StartAsync(new TestFocuser(), new TestTelescope(), new TestSwitch());
        await using var bare = await BareServer.StartAsync();
        using var alpacaClient = new RawConnection(host.Address);
        using var bareClient = new RawConnection(bare.Address);
        var request = RawConnection.Get(path);

        // A background thread of the runtime may allocate in between; the least of several counts is the request's own.
        var least = double.MaxValue;
        for (var i = 0; i < 10 && least > 4; i++)
        {
            var kestrel = PerRequest(bareClient, request);
            least = Math.Min(least, PerRequest(alpacaClient, request) - kestrel);
        }

        Assert.True(least <= 4, $"{least:0.0} bytes per request beyond Kestrel's own");
    }

    [Fact]
    public async Task A_frame_allocates_nothing_that_grows_with_it()
    {
        const int Width = 2400;
        const int Height = 1600;
        using var image = ImageArray.CopyOf<ushort>(new ushort[Width * Height], Width, Height);
        using var wide = ImageArray.CopyOf<int>([.. Enumerable.Range(0, Width * Height).Select(i => i % 60_000)], Width, Height);
        var camera = new TestCamera();
        await using var host = await RunningHost.StartAsync(camera);
        using var client = new RawConnection(host.Address);
        foreach (var frame in new[] { image, wide })
        {
            camera.Image = frame.Share;
            var request = RawConnection.Get("/api/v1/camera/0/imagearray", "Accept: application/imagebytes\r\n");
            var least = double.MaxValue;
            for (var i = 0; i < 10 && least > 20_000; i++)
                least = Math.Min(least, PerRequest(client, request, 5));
            Assert.True(least <= 20_000, $"{least:0} bytes per frame");
        }
    }

    private static double PerRequest(RawConnection client, byte[] request, int count = Requests)
    {
        for (var i = 0; i < Math.Min(count, 50); i++)
            Exchange();
        var before = GC.GetTotalAllocatedBytes(precise: true);
        for (var i = 0; i < count; i++)
            Exchange();
        return (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)count;

        void Exchange()
        {
            client.Send(request);
            client.Skip();
        }
    }

    /// <summary>Kestrel with nothing on it.</summary>
    private sealed class BareServer : IHttpApplication<DefaultHttpContext>, IAsyncDisposable
    {
        private static readonly byte[] s_reply = """{"Value":25000,"ClientTransactionID":7,"ServerTransactionID":1234,"ErrorNumber":0,"ErrorMessage":""}"""u8.ToArray();
        private readonly KestrelServer _server;

        private BareServer()
        {
            var options = new KestrelServerOptions { AddServerHeader = false };
            options.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
            _server = new KestrelServer(
                Options.Create(options), new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance), NullLoggerFactory.Instance);
        }

        public Uri Address => new(_server.Features.Get<IServerAddressesFeature>()!.Addresses.First());

        public static async Task<BareServer> StartAsync()
        {
            var server = new BareServer();
            await server._server.StartAsync(server, default);
            return server;
        }

        public DefaultHttpContext CreateContext(IFeatureCollection contextFeatures)
        {
            var context = ((IHostContextContainer<DefaultHttpContext>)contextFeatures).HostContext ??= new DefaultHttpContext();
            context.Initialize(contextFeatures);
            return context;
        }

        public Task ProcessRequestAsync(DefaultHttpContext context)
        {
            context.Response.ContentType = "application/json; charset=utf-8";
            context.Response.ContentLength = s_reply.Length;
            return context.Response.Body.WriteAsync(s_reply).AsTask();
        }

        public void DisposeContext(DefaultHttpContext context, Exception? exception) => context.Uninitialize();

        public async ValueTask DisposeAsync()
        {
            await _server.StopAsync(new CancellationToken(canceled: true));
            _server.Dispose();
        }
    }
}

/// <summary>Tests that run while no other does.</summary>
[CollectionDefinition("alone", DisableParallelization = true)]
public sealed class AloneCollection;
