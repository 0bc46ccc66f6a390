using System.Globalization;
using System.Text.Json;
using Alpaca.Contract;
using Alpaca.Devices.Drivers;
using Alpaca.Devices.Links;
using Alpaca.Devices.Wire;
using Microsoft.Extensions.Logging;

namespace Alpaca.Devices.Loop;

/// <summary>
/// A device behind a port. Derive from it and say how the device is spoken to, who it is and how its state is read; the connection's life, recovery,
/// pace, deadlines, recording and counters are here.
/// </summary>
/// <typeparam name="TProtocol">The device's protocol: its commands as methods, over a <see cref="Dialogue"/>.</typeparam>
/// <typeparam name="TState">What is known of the device, immutable.</typeparam>
/// <remarks>
/// Members of the device interface answer from <see cref="State"/>, send by <see cref="DoAsync"/>, start motions by <see cref="StartAsync"/> and stop
/// by <see cref="AbortAsync"/>. None of them touches the link itself.
/// </remarks>
public abstract class LinkedDevice<TProtocol, TState> : DeviceBase, ILoopDriver<TProtocol, TState>, IDeviceVitals
    where TProtocol : class
    where TState : class
{
    private const string StatusAction = "Link:Status";
    private const string RecordAction = "Link:Record";

    private readonly DriverContext _context;
    private readonly string _port;
    private readonly SerialSettings _serial;
    private readonly LoopTiming _timing;
    private readonly DeviceLoop<TProtocol, TState> _loop;

    /// <param name="context">What the driver got from the program.</param>
    /// <param name="port">The port's name, as configured.</param>
    /// <param name="serial">How to set a serial line.</param>
    /// <param name="timing">Pace and deadlines, if the defaults do not suit.</param>
    protected LinkedDevice(DriverContext context, string port, SerialSettings serial, LoopTiming? timing = null)
        : base(context.Identity, context.Clock)
    {
        (_context, _port, _serial, _timing) = (context, port, serial, timing ?? new LoopTiming());
        Log = context.Loggers.CreateLogger(GetType().Name);
        _loop = new DeviceLoop<TProtocol, TState>(this, context.Clock, _timing, Log);
        Recorder = new WireRecorder(context.Record ?? Path.Combine(context.RecordFolder, $"{context.Identity.UniqueId}.wire"), context.Clock);
        if (context.Record is not null)
            Recorder.Start();
    }

    /// <summary>Records what goes over the wire, while it is switched on.</summary>
    public WireRecorder Recorder { get; }

    /// <summary>What happened in the loop since the program began.</summary>
    public LoopCounters Counters => _loop.Counters;

    /// <inheritdoc/>
    public DeviceVitals Vitals => new()
    {
        QueueDepth = _loop.QueueDepth,
        QueueCapacity = _timing.QueueLength,
        QueueRefusals = Counters.Refusals,
        LinkLosses = Counters.Losses,
        LinkRecoveries = Counters.Recoveries,
        LinkErrors = Counters.Failures,
    };

    /// <inheritdoc/>
    string ILoopDriver<TProtocol, TState>.Name => Identity.Name;

    /// <inheritdoc/>
    Func<TProtocol, TState, CancellationToken, ValueTask<TState>>? ILoopDriver<TProtocol, TState>.Listen => Listen;

    /// <summary>Where the driver reports.</summary>
    protected ILogger Log { get; }

    /// <summary>The state, if the device is connected and the state fresh; never an old one.</summary>
    /// <exception cref="AlpacaException">NotConnected, or a driver error if the device has not answered for too long.</exception>
    protected TState State => Fresh.Value;

    /// <summary>The state with the time when it was read, if the device is connected and the state fresh.</summary>
    protected Snapshot<TState> Fresh
    {
        get
        {
            EnsureConnected();
            return _loop.Fresh();
        }
    }

    /// <summary>The newest state however old, for drivers that can say something about it all the same; null while not connected.</summary>
    protected Snapshot<TState>? Last => _loop.Last;

    /// <summary>Who answered when the link was opened: make, model, serial number.</summary>
    protected string? Identification => _loop.Identification;

    /// <inheritdoc/>
    protected override AlpacaException? Outage => _loop.Loss is { } loss
        ? new AlpacaException(OutageNumber(loss), $"{Identity.Name} has lost its hardware and is looking for it. {loss.Message}", loss)
        : null;

    /// <summary>The error number that clients get while the link is lost; NotConnected unless a driver knows better.</summary>
    protected virtual int OutageNumber(LinkException loss) => (int)AlpacaError.NotConnected;

    /// <summary>The loop has deadlines of its own, on the link's time.</summary>
    protected override TimeSpan ConnectionDeadline => Timeout.InfiniteTimeSpan;

    /// <summary>For devices that speak unasked: see <see cref="ILoopDriver{TProtocol, TState}.Listen"/>.</summary>
    protected virtual Func<TProtocol, TState, CancellationToken, ValueTask<TState>>? Listen => null;

    /// <inheritdoc/>
    public virtual ValueTask<IReadOnlyList<string>> SupportedActionsAsync(CancellationToken cancel = default) => new([StatusAction, RecordAction]);

    /// <summary>
    /// The actions that every device behind a port has: <c>Link:Status</c> (JSON: port, state, counters) and <c>Link:Record</c> (<c>on</c> or <c>off</c>; answers
    /// with the recording's file).
    /// </summary>
    public virtual ValueTask<string> ActionAsync(string action, string parameters, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(action);
        if (action.Equals(StatusAction, StringComparison.OrdinalIgnoreCase))
            return new(LinkStatus());
        if (action.Equals(RecordAction, StringComparison.OrdinalIgnoreCase))
            return new(SwitchRecording(parameters));
        throw AlpacaException.UnknownAction(action);
    }

    /// <inheritdoc/>
    async ValueTask<ILink> ILoopDriver<TProtocol, TState>.OpenAsync(TimeSpan deadline, CancellationToken cancel) =>
        new RecordingLink(await OpenLinkAsync(_context.Links, _port, _serial, deadline, cancel), Recorder);

    /// <inheritdoc/>
    TProtocol ILoopDriver<TProtocol, TState>.Speak(ILink link) => Speak(link);

    /// <inheritdoc/>
    ValueTask<string> ILoopDriver<TProtocol, TState>.IdentifyAsync(TProtocol protocol, CancellationToken cancel) => IdentifyAsync(protocol, cancel);

    /// <inheritdoc/>
    ValueTask<TState> ILoopDriver<TProtocol, TState>.PollAsync(TProtocol protocol, TState? last, CancellationToken cancel) => PollAsync(protocol, last, cancel);

    /// <inheritdoc/>
    ValueTask<TState> ILoopDriver<TProtocol, TState>.PollSlowAsync(TProtocol protocol, TState last, CancellationToken cancel) => PollSlowAsync(protocol, last, cancel);

    /// <inheritdoc/>
    bool ILoopDriver<TProtocol, TState>.IsMoving(TState state) => IsMoving(state);

    /// <inheritdoc/>
    void ILoopDriver<TProtocol, TState>.OnFound() => OnFound();

    /// <inheritdoc/>
    void ILoopDriver<TProtocol, TState>.OnLost() => OnLost();

    /// <summary>Opens the port; override it where the speed of the line has to be found out.</summary>
    protected virtual ValueTask<ILink> OpenLinkAsync(LinkFactory links, string port, SerialSettings serial, TimeSpan deadline, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(links);
        return links.OpenAsync(port, serial, deadline, cancel);
    }

    /// <inheritdoc cref="ILoopDriver{TProtocol, TState}.Speak"/>
    protected abstract TProtocol Speak(ILink link);

    /// <inheritdoc cref="ILoopDriver{TProtocol, TState}.IdentifyAsync"/>
    protected abstract ValueTask<string> IdentifyAsync(TProtocol protocol, CancellationToken cancel);

    /// <inheritdoc cref="ILoopDriver{TProtocol, TState}.PollAsync"/>
    protected abstract ValueTask<TState> PollAsync(TProtocol protocol, TState? last, CancellationToken cancel);

    /// <inheritdoc cref="ILoopDriver{TProtocol, TState}.PollSlowAsync"/>
    protected virtual ValueTask<TState> PollSlowAsync(TProtocol protocol, TState last, CancellationToken cancel) => new(last);

    /// <inheritdoc cref="ILoopDriver{TProtocol, TState}.IsMoving"/>
    protected virtual bool IsMoving(TState state) => false;

    /// <inheritdoc cref="ILoopDriver{TProtocol, TState}.OnFound"/>
    protected virtual void OnFound()
    {
    }

    /// <inheritdoc cref="ILoopDriver{TProtocol, TState}.OnLost"/>
    protected virtual void OnLost()
    {
    }

    /// <inheritdoc cref="DeviceLoop{TProtocol, TState}.DoAsync"/>
    protected ValueTask DoAsync(string name, Func<TProtocol, CancellationToken, ValueTask> work, CancellationToken cancel = default)
    {
        EnsureConnected();
        return _loop.DoAsync(name, work, cancel);
    }

    /// <inheritdoc cref="DeviceLoop{TProtocol, TState}.StartAsync(Motion, Func{TProtocol, CancellationToken, ValueTask}, MotionPlan{TProtocol, TState}, CancellationToken)"/>
    protected ValueTask StartAsync(Motion motion, Func<TProtocol, CancellationToken, ValueTask> work, MotionPlan<TProtocol, TState> plan, CancellationToken cancel = default)
    {
        EnsureConnected();
        return _loop.StartAsync(motion, work, plan, cancel);
    }

    /// <inheritdoc cref="DeviceLoop{TProtocol, TState}.Drive"/>
    /// <remarks>Does not ask whether a client is connected, so that <see cref="OnFound"/> may use it.</remarks>
    protected Task Drive(Motion motion, Func<TProtocol, CancellationToken, ValueTask> work, TimeSpan deadline, bool overtakes = false)
    {
        return _loop.Drive(motion, work, deadline, overtakes);
    }

    /// <inheritdoc cref="DeviceLoop{TProtocol, TState}.AbortAsync"/>
    protected ValueTask AbortAsync(string name, Func<TProtocol, CancellationToken, ValueTask> work, CancellationToken cancel = default)
    {
        EnsureConnected();
        return _loop.AbortAsync(name, work, cancel);
    }

    /// <summary>Makes known what a command changed, without waiting for the next reading. Only from the loop: inside the work of a command or a motion.</summary>
    protected void Update(Func<TState, TState> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        if (_loop.Last is { } last)
            _loop.Publish(change(last.Value));
    }

    /// <inheritdoc/>
    protected override ValueTask OpenAsync(CancellationToken cancel) => _loop.Loss is null ? _loop.StartAsync(cancel) : _loop.RetryAsync();

    /// <inheritdoc/>
    protected override ValueTask CloseAsync(CancellationToken cancel) => _loop.StopAsync();

    private string SwitchRecording(string parameters)
    {
        switch (parameters.Trim().ToUpperInvariant())
        {
            case "ON":
                Recorder.Start();
                return Recorder.File;
            case "OFF":
                Recorder.Stop();
                return Recorder.File;
            default:
                throw AlpacaException.InvalidValue($"{RecordAction} takes \"on\" or \"off\", not \"{parameters}\".");
        }
    }

    private string LinkStatus()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("port", _port);
            json.WriteString("state", IsConnected ? "up" : Outage is not null ? "lost" : "closed");
            json.WriteString("reason", _loop.Loss?.Message);
            json.WriteString("device", Identification);
            json.WriteString("read", Last?.MeasuredAt.ToString("O", CultureInfo.InvariantCulture));
            json.WriteNumber("readings", Counters.Readings);
            json.WriteNumber("failures", Counters.Failures);
            json.WriteNumber("losses", Counters.Losses);
            json.WriteNumber("recoveries", Counters.Recoveries);
            json.WriteNumber("refusals", Counters.Refusals);
            json.WriteNumber("waiting", _loop.QueueDepth);
            json.WriteBoolean("recording", Recorder.IsOn);
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
