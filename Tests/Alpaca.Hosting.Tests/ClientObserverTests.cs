using Alpaca.Contract;
using Alpaca.Hosting.Tests.Devices;

namespace Alpaca.Hosting.Tests;

/// <summary>Devices that must know which clients are still there hear of every request.</summary>
public sealed class ClientObserverTests
{
    [Fact]
    public async Task A_device_hears_of_every_request_with_its_clients_number_and_knows_who_asks_it()
    {
        var watchful = new WatchfulDome();
        await using var host = await RunningHost.StartAsync(watchful, new TestFocuser());
        await host.GetAsync("/api/v1/focuser/0/maxstep?ClientID=5");
        await host.PutAsync("/api/v1/focuser/0/connected", "Connected=true&ClientID=6");
        await host.GetAsync("/api/v1/focuser/0/maxstep");
        await host.PutAsync("/api/v1/dome/0/openshutter", "ClientID=42&ClientTransactionID=1");
        await host.GetAsync("/api/v1/dome/0/slewing?clientid=43");
        await host.GetAsync("/management/apiversions");
        Assert.Equal([5u, 6u, 0u, 42u, 43u], watchful.Clients);
        Assert.Equal(42u, watchful.Opener);
    }

    private sealed class WatchfulDome : TestDevice, IDome, IClientObserver
    {
        public List<uint> Clients { get; } = [];

        public uint Opener { get; private set; }

        public void Heard(uint client)
        {
            lock (Clients)
                Clients.Add(client);
        }

        public ValueTask<bool> SlewingAsync(CancellationToken cancel = default) => new(false);

        public ValueTask AbortSlewAsync(CancellationToken cancel = default) => default;

        public ValueTask OpenShutterAsync(CancellationToken cancel = default)
        {
            Opener = RequestingClient.Current;
            return default;
        }
    }
}
