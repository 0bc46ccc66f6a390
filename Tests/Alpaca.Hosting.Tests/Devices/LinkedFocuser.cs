using Alpaca.Contract;

namespace Alpaca.Hosting.Tests.Devices;

/// <summary>A focuser whose link stands as the test wants, and that tells its vitals.</summary>
internal sealed class LinkedFocuser : IFocuser, IDeviceVitals
{
    public bool IsConnected { get; set; }

    public bool IsConnecting { get; set; }

    public string? Fault { get; set; }

    public DeviceVitals Vitals { get; init; }

    public ValueTask ConnectAsync(CancellationToken cancel = default) => default;

    public ValueTask DisconnectAsync(CancellationToken cancel = default) => default;

    public ValueTask<bool> ConnectingAsync(CancellationToken cancel = default) =>
        Fault is null ? new(IsConnecting) : throw new AlpacaException(AlpacaError.Driver, Fault);

    public ValueTask<bool> ConnectedAsync(CancellationToken cancel = default) => new(IsConnected);

    public ValueTask SetConnectedAsync(bool connected, CancellationToken cancel = default) => default;

    public ValueTask<string> DescriptionAsync(CancellationToken cancel = default) => new("linked");

    public ValueTask<string> DriverInfoAsync(CancellationToken cancel = default) => new("linked");

    public ValueTask<string> DriverVersionAsync(CancellationToken cancel = default) => new("1.0");

    public ValueTask<string> NameAsync(CancellationToken cancel = default) => new("Linked");

    public ValueTask<bool> AbsoluteAsync(CancellationToken cancel = default) => new(true);

    public ValueTask<bool> IsMovingAsync(CancellationToken cancel = default) => new(false);

    public ValueTask<int> MaxIncrementAsync(CancellationToken cancel = default) => new(100);

    public ValueTask<int> MaxStepAsync(CancellationToken cancel = default) => new(100);

    public ValueTask MoveAsync(int position, CancellationToken cancel = default) => default;
}
