using Alpaca.Contract;

namespace Sequencer.Core.Tests.Equipment;

/// <summary>What all devices of these tests share: they connect, and their link can be cut.</summary>
internal abstract class TestDevice(TimeProvider clock)
{
    protected TimeProvider Clock { get; } = clock;

    public bool LinkIsCut { get; set; }

    public bool Connected { get; set; }

    public List<string> Commands { get; } = [];

    protected ValueTask<T> Answer<T>(T value)
    {
        if (LinkIsCut) throw new HttpRequestException("Connection refused");
        if (!Connected) throw AlpacaException.NotConnected(GetType().Name);
        return new(value);
    }

    protected ValueTask Accept(string command)
    {
        if (LinkIsCut) throw new HttpRequestException("Connection refused");
        if (!Connected) throw AlpacaException.NotConnected(GetType().Name);
        Commands.Add(command);
        return ValueTask.CompletedTask;
    }

    public ValueTask ConnectAsync(CancellationToken cancel = default) => SetConnectedAsync(true, cancel);

    public ValueTask DisconnectAsync(CancellationToken cancel = default) => SetConnectedAsync(false, cancel);

    public ValueTask<bool> ConnectingAsync(CancellationToken cancel = default) => new(false);

    public ValueTask<bool> ConnectedAsync(CancellationToken cancel = default) => LinkIsCut ? throw new HttpRequestException("Connection refused") : new(Connected);

    public ValueTask SetConnectedAsync(bool connected, CancellationToken cancel = default)
    {
        if (LinkIsCut) throw new HttpRequestException("Connection refused");
        Connected = connected;
        return ValueTask.CompletedTask;
    }

    public ValueTask<string> DescriptionAsync(CancellationToken cancel = default) => new("For tests");

    public ValueTask<string> DriverInfoAsync(CancellationToken cancel = default) => new("For tests");

    public ValueTask<string> DriverVersionAsync(CancellationToken cancel = default) => new("1.0");

    public ValueTask<int> InterfaceVersionAsync(CancellationToken cancel = default) => new(4);

    public ValueTask<string> NameAsync(CancellationToken cancel = default) => new(GetType().Name);
}

/// <summary>A dome whose shutter takes a while, sticks, refuses, or lies.</summary>
internal sealed class TestDome(TimeProvider clock) : TestDevice(clock), IDome
{
    private ShutterState _from = ShutterState.Closed;
    private DateTimeOffset _arrives;
    private double _azimuth;

    public TimeSpan ShutterTime { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Close commands that are accepted and do nothing.</summary>
    public int StuckCloses { get; set; }

    public bool OpensNever { get; set; }

    public bool Turns { get; init; }

    /// <summary>Refuses to turn round on the way.</summary>
    public bool RefusesReversal { get; init; }

    public ShutterState State => Clock.GetUtcNow() >= _arrives
        ? _from is ShutterState.Opening ? ShutterState.Open : _from is ShutterState.Closing ? ShutterState.Closed : _from
        : _from;

    public ValueTask<bool> CanSetShutterAsync(CancellationToken cancel = default) => Answer(true);

    public ValueTask<bool> CanSetAzimuthAsync(CancellationToken cancel = default) => Answer(Turns);

    public ValueTask<double> AzimuthAsync(CancellationToken cancel = default) => Answer(_azimuth);

    public ValueTask<ShutterState> ShutterStatusAsync(CancellationToken cancel = default) => Answer(State);

    public ValueTask<bool> SlewingAsync(CancellationToken cancel = default) => Answer(State is ShutterState.Opening or ShutterState.Closing);

    public ValueTask AbortSlewAsync(CancellationToken cancel = default)
    {
        var accepted = Accept("abort");
        if (State is ShutterState.Opening or ShutterState.Closing) _from = ShutterState.Error;
        return accepted;
    }

    public ValueTask CloseShutterAsync(CancellationToken cancel = default)
    {
        if (RefusesReversal && State == ShutterState.Opening) throw AlpacaException.InvalidOperation("The shutter is on its way.");
        var accepted = Accept("close");
        if (StuckCloses-- <= 0) Move(ShutterState.Closing, State == ShutterState.Closed);
        return accepted;
    }

    public ValueTask OpenShutterAsync(CancellationToken cancel = default)
    {
        var accepted = Accept("open");
        if (!OpensNever) Move(ShutterState.Opening, State == ShutterState.Open);
        return accepted;
    }

    public ValueTask SlewToAzimuthAsync(double azimuth, CancellationToken cancel = default)
    {
        _azimuth = azimuth;
        return Accept(FormattableString.Invariant($"turn {azimuth:0}"));
    }

    private void Move(ShutterState way, bool isThere)
    {
        if (isThere) return;
        _from = way;
        _arrives = Clock.GetUtcNow() + ShutterTime;
    }
}

/// <summary>A safety monitor that says what the test wants.</summary>
internal sealed class TestMonitor(TimeProvider clock) : TestDevice(clock), ISafetyMonitor
{
    public bool Safe { get; set; } = true;

    public ValueTask<bool> IsSafeAsync(CancellationToken cancel = default) => Answer(Safe);
}
