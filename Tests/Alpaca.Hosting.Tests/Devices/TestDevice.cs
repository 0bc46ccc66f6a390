using Alpaca.Contract;

namespace Alpaca.Hosting.Tests.Devices;

/// <summary>What the small devices of these tests have in common.</summary>
internal abstract class TestDevice
{
    public bool Connected { get; set; } = true;

    public ValueTask ConnectAsync(CancellationToken cancel = default) => SetConnectedAsync(true, cancel);

    public ValueTask DisconnectAsync(CancellationToken cancel = default) => SetConnectedAsync(false, cancel);

    public ValueTask<bool> ConnectingAsync(CancellationToken cancel = default) => new(false);

    public ValueTask<bool> ConnectedAsync(CancellationToken cancel = default) => new(Connected);

    public ValueTask SetConnectedAsync(bool connected, CancellationToken cancel = default)
    {
        Connected = connected;
        return default;
    }

    public virtual ValueTask<string> DescriptionAsync(CancellationToken cancel = default) => new("A device for tests");

    public ValueTask<string> DriverInfoAsync(CancellationToken cancel = default) => new("Alpaca tests");

    public ValueTask<string> DriverVersionAsync(CancellationToken cancel = default) => new("1.0");

    public ValueTask<string> NameAsync(CancellationToken cancel = default) => new(GetType().Name);

    protected void RequireConnected()
    {
        if (!Connected)
            throw AlpacaException.NotConnected(GetType().Name);
    }
}
