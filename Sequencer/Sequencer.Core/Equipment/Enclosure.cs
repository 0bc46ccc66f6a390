using Alpaca.Contract;
using Sequencer.Core.Configuration;
using Sequencer.Core.Records;

namespace Sequencer.Core.Equipment;

/// <summary>
/// What shelters the telescope: a dome, roof or clamshell, and the telescope's cover. Both are optional; without them opening and closing succeed. A command is only done
/// when the shutter's own sensor says so. Closing is idempotent, tried several times, and any number of callers may ask for it at once.
/// </summary>
public sealed class Enclosure
{
    /// <summary>A turning dome that is off by less than this is left alone, degrees.</summary>
    private const double AzimuthTolerance = 3;

    /// <summary>How far the dome is turned to free a shutter that does not move, degrees.</summary>
    private const double FreeingTurn = 5;

    private static readonly TimeSpan AzimuthDeadline = TimeSpan.FromMinutes(5);

    private readonly IDome? _dome;
    private readonly DomeOptions _options;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _poll;
    private readonly Journal _journal;
    private readonly DeviceLink? _link;
    private readonly TelescopeCover? _cover;
    private bool _canTurn;
    private bool _hasShutter = true;
    private string? _said;
    private Task<bool>? _closing;

    /// <param name="dome">The dome, or null for a telescope under the open sky.</param>
    /// <param name="cover">The telescope's cover, or null.</param>
    /// <param name="options">Deadlines and retries.</param>
    /// <param name="poll">How often a moving dome is looked at.</param>
    /// <param name="clock">The night's clock.</param>
    /// <param name="journal">Takes the <c>dome</c> events.</param>
    public Enclosure(IDome? dome, ICoverCalibrator? cover, DomeOptions options, TimeSpan poll, TimeProvider clock, Journal journal)
    {
        _dome = dome;
        _options = options;
        _poll = poll;
        _clock = clock;
        _journal = journal;
        _link = dome is null ? null : new DeviceLink("dome", dome, clock, journal);
        _cover = cover is null ? null : new TelescopeCover(cover, poll, clock, journal);
    }

    /// <summary>True if there is a dome.</summary>
    public bool HasDome => _dome is not null;

    /// <summary>What the shutter's sensor said last; null before the first reading, and without a dome.</summary>
    public ShutterState? Shutter { get; private set; }

    /// <summary>Why the dome could not be closed; null while there is no such trouble. Held until it is closed.</summary>
    public string? Fault { get; private set; }

    /// <summary>The links of dome and cover.</summary>
    public IEnumerable<DeviceLink> Links => new[] { _link, _cover?.Link }.OfType<DeviceLink>();

    /// <summary>True if the dome was last seen closed, or there is none to close.</summary>
    public bool IsClosed => _dome is null || !_hasShutter || Shutter == ShutterState.Closed;

    /// <summary>True if the dome was last seen fully open, or there is none in the way.</summary>
    public bool IsOpen => _dome is null || !_hasShutter || Shutter == ShutterState.Open;

    /// <summary>The shutter in the words of the interlock.</summary>
    public Safety.ShutterState SafetyShutter => _dome is null || !_hasShutter ? Safety.ShutterState.None : Shutter switch
    {
        ShutterState.Open => Safety.ShutterState.Open,
        ShutterState.Closed => Safety.ShutterState.Closed,
        ShutterState.Opening => Safety.ShutterState.Opening,
        ShutterState.Closing => Safety.ShutterState.Closing,
        ShutterState.Error => Safety.ShutterState.Error,
        _ => Safety.ShutterState.Unknown,
    };

    /// <summary>Connects dome and cover and reads what they can do and where they are.</summary>
    /// <exception cref="DeviceLostException">One of them does not connect.</exception>
    public async Task ConnectAsync(CancellationToken cancel)
    {
        if (_cover is not null) await _cover.Link.ConnectAsync(cancel);
        if (_dome is null) return;
        await _link!.ConnectAsync(cancel);
        _hasShutter = await _link.CallAsync(_dome.CanSetShutterAsync, cancel);
        _canTurn = _options.FollowMount && await _link.CallAsync(_dome.CanSetAzimuthAsync, cancel);
        await ReadAsync(cancel);
    }

    /// <summary>Disconnects dome and cover.</summary>
    public async Task DisconnectAsync(CancellationToken cancel)
    {
        foreach (var link in Links) await link.DisconnectAsync(cancel);
    }

    /// <summary>Reads the shutter's sensor.</summary>
    /// <returns>Null without a shutter.</returns>
    /// <exception cref="DeviceLostException">The dome cannot be reached; <see cref="Shutter"/> is then unknown.</exception>
    public async Task<ShutterState?> ReadAsync(CancellationToken cancel)
    {
        if (_dome is null || !_hasShutter) return null;
        try
        {
            Shutter = await _link!.CallAsync(_dome.ShutterStatusAsync, cancel);
        }
        catch (DeviceLostException)
        {
            Shutter = null;
            Say("unknown");
            throw;
        }
        Say(Word(Shutter.Value));
        if (Shutter == ShutterState.Closed && Fault is not null)
        {
            Fault = null;
            _journal.Warning("The dome is closed after all.");
        }
        return Shutter;
    }

    /// <summary>Opens dome and cover, and verifies it.</summary>
    /// <param name="mayOpen">Asked right before each command; a reason not to open ends the attempt.</param>
    /// <returns>False if it did not open; it is then being closed again by whoever called.</returns>
    /// <exception cref="DeviceLostException">The dome cannot be reached.</exception>
    public async Task<bool> OpenAsync(Func<Safety.Permission> mayOpen, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(mayOpen);
        if (_closing is { IsCompleted: false } closing) await closing.WaitAsync(cancel);
        if (mayOpen() is { Allowed: false } refusal)
        {
            _journal.Warning($"The dome stays closed: {refusal.Reason}.");
            return false;
        }
        if (_dome is not null && _hasShutter)
        {
            await _link!.CallAsync(_dome.OpenShutterAsync, cancel);
            if (!await ReachAsync(ShutterState.Open, _options.OpenTimeout, cancel))
            {
                _journal.Warning(FormattableString.Invariant($"The dome did not open within {_options.OpenTimeout.TotalSeconds:0} s: its shutter says {Word(Shutter!.Value)}."));
                return false;
            }
        }
        return _cover is null || await _cover.OpenAsync(cancel);
    }

    /// <summary>
    /// Closes dome and cover, and verifies it: the command goes out before this returns for the first time, then tries follow until one succeeds or all are used up.
    /// Callers that come while it is closing share the result. Not cancelled by anything: the token only ends this caller's wait.
    /// </summary>
    /// <returns>False if the dome is not closed: <see cref="Fault"/> says why, and an alarm has been raised.</returns>
    public Task<bool> CloseAsync(CancellationToken cancel = default)
    {
        var closing = _closing;
        if (closing is null or { IsCompleted: true }) _closing = closing = CloseOnceAsync();
        return closing.WaitAsync(cancel);
    }

    /// <summary>Turns the dome's opening to an azimuth, if it turns and is not there already, and waits for it.</summary>
    /// <param name="azimuth">Degrees from north through east.</param>
    /// <exception cref="DeviceLostException">The dome cannot be reached.</exception>
    public async Task PointAsync(double azimuth, CancellationToken cancel)
    {
        if (!_canTurn) return;
        var wanted = Azimuth(azimuth);
        var now = await _link!.CallAsync(_dome!.AzimuthAsync, cancel);
        if (Math.Abs(Math.IEEERemainder(now - wanted, 360)) < AzimuthTolerance) return;
        if (await _link.CallAsync(_dome.SlewingAsync, cancel)) return;
        await _link.CallAsync(token => _dome.SlewToAzimuthAsync(wanted, token), cancel);
        var started = _clock.GetTimestamp();
        while (await _link.CallAsync(_dome.SlewingAsync, cancel))
        {
            if (_clock.GetElapsedTime(started) > AzimuthDeadline)
            {
                await _link.CallAsync(_dome.AbortSlewAsync, cancel);
                _journal.Warning(FormattableString.Invariant($"The dome did not reach azimuth {wanted:0} deg within {AzimuthDeadline.TotalMinutes:0} min and was stopped."));
                return;
            }
            await Task.Delay(_poll, _clock, cancel);
        }
    }

    private static double Azimuth(double azimuth)
    {
        var wrapped = azimuth % 360;
        return wrapped < 0 ? wrapped + 360 : wrapped;
    }

    private static string Word(ShutterState state) => state switch
    {
        ShutterState.Open => "open",
        ShutterState.Closed => "closed",
        ShutterState.Opening => "opening",
        ShutterState.Closing => "closing",
        _ => "error",
    };

    private async Task<bool> CloseOnceAsync()
    {
        var closed = await CloseShutterAsync();
        // The dome first: rain does not wait for the cover.
        var covered = _cover is null || await _cover.CloseAsync();
        return closed && covered;
    }

    private async Task<bool> CloseShutterAsync()
    {
        if (_dome is null || !_hasShutter) return true;
        string? trouble = null;
        for (var attempt = 1; attempt <= _options.CloseAttempts; attempt++)
        {
            try
            {
                if (attempt > 1) await FreeAsync();
                await CommandCloseAsync();
                if (await ReachAsync(ShutterState.Closed, _options.CloseTimeout, CancellationToken.None)) return true;
                trouble = FormattableString.Invariant($"its shutter says {Word(Shutter!.Value)} {_options.CloseTimeout.TotalSeconds:0} s after the command");
            }
            catch (Exception error) when (error is DeviceLostException or AlpacaException)
            {
                trouble = error.Message;
            }
        }
        if (Fault is null)
            _journal.Alarm($"The dome does not close: {trouble}. Go and close it by hand; it is tried again every {_options.RetryInterval.TotalSeconds:0} s.");
        Fault = trouble;
        return false;
    }

    private async Task CommandCloseAsync()
    {
        try
        {
            await _link!.CallAsync(_dome!.CloseShutterAsync, CancellationToken.None);
        }
        catch (AlpacaException)
        {
            // Some shutters refuse to turn round on their way: stop, then close.
            await _link!.CallAsync(_dome!.AbortSlewAsync, CancellationToken.None);
            await _link.CallAsync(_dome.CloseShutterAsync, CancellationToken.None);
        }
        await ReadAsync(CancellationToken.None);
    }

    /// <summary>A shutter that is stuck often comes free when the dome turns a little.</summary>
    private async Task FreeAsync()
    {
        if (!_canTurn) return;
        try
        {
            var azimuth = await _link!.CallAsync(_dome!.AzimuthAsync, CancellationToken.None);
            await PointAsync(azimuth + FreeingTurn, CancellationToken.None);
        }
        catch (AlpacaException error)
        {
            _journal.Warning($"The dome did not turn to free its shutter: {error.Message}");
        }
    }

    private async Task<bool> ReachAsync(ShutterState wanted, TimeSpan deadline, CancellationToken cancel)
    {
        var started = _clock.GetTimestamp();
        while (true)
        {
            var state = await ReadAsync(cancel);
            if (state == wanted) return true;
            if (state == ShutterState.Error && await StillAsync(cancel)) return false;
            if (_clock.GetElapsedTime(started) > deadline) return false;
            await Task.Delay(_poll, _clock, cancel);
        }
    }

    private async Task<bool> StillAsync(CancellationToken cancel) => !await _link!.CallAsync(_dome!.SlewingAsync, cancel);

    private void Say(string shutter)
    {
        if (_said == shutter) return;
        _said = shutter;
        _journal.Dome(shutter);
    }
}
