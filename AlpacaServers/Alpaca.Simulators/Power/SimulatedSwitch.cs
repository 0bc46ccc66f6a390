using Alpaca.Contract;
using Alpaca.Devices;

namespace Alpaca.Simulators.Power;

/// <summary>A power box with relays, a dimmer and gauges. Gauges of a range wider than on and off fluctuate a little about their mean.</summary>
public sealed class SimulatedSwitch : DeviceBase, ISwitch
{
    private readonly IReadOnlyList<SwitchChannel> _channels;
    private readonly SeededNoise _noise;
    private readonly Timeline<Setting>[] _settings;

    internal SimulatedSwitch(DeviceIdentity identity, SwitchOptions options, long seed, TimeProvider clock)
        : base(identity, clock)
    {
        _channels = options.Channels;
        _noise = new SeededNoise(seed, "switch gauges");
        var now = clock.GetUtcNow();
        _settings = [.. _channels.Select(c => new Timeline<Setting>(clock, new Setting(c.Name, Travel.AtRest(c.Initial, now), WasCancelled: false)))];
    }

    public ValueTask<int> MaxSwitchAsync(CancellationToken cancel = default)
    {
        EnsureConnected();
        return new(_channels.Count);
    }

    public ValueTask<bool> CanStartChangeAsync(int id, CancellationToken cancel = default) => new(Channel(id).CanWrite);

    public ValueTask<bool> CanWriteAsync(int id, CancellationToken cancel = default) => new(Channel(id).CanWrite);

    public ValueTask<bool> GetSwitchAsync(int id, CancellationToken cancel = default) => new(Value(id) > Channel(id).Minimum);

    public ValueTask<string> GetSwitchDescriptionAsync(int id, CancellationToken cancel = default) => new(Channel(id).Description);

    public ValueTask<string> GetSwitchNameAsync(int id, CancellationToken cancel = default)
    {
        Channel(id);
        return new(_settings[id].Current.Name);
    }

    public ValueTask<double> GetSwitchValueAsync(int id, CancellationToken cancel = default) => new(Value(id));

    public ValueTask<double> MinSwitchValueAsync(int id, CancellationToken cancel = default) => new(Channel(id).Minimum);

    public ValueTask<double> MaxSwitchValueAsync(int id, CancellationToken cancel = default) => new(Channel(id).Maximum);

    public ValueTask<double> SwitchStepAsync(int id, CancellationToken cancel = default) => new(Channel(id).Step);

    public ValueTask<bool> StateChangeCompleteAsync(int id, CancellationToken cancel = default)
    {
        var channel = Channel(id);
        var setting = _settings[id].Current;
        return setting.WasCancelled
            ? throw new AlpacaException(AlpacaError.OperationCancelled, $"The last change of {channel.Name} was cancelled.")
            : new(!setting.Level.IsMovingAt(Clock.GetUtcNow()));
    }

    public ValueTask StartSetSwitchAsync(int id, bool state, CancellationToken cancel = default)
    {
        var channel = Writable(id);
        Start(id, state ? channel.Maximum : channel.Minimum);
        return default;
    }

    public ValueTask StartSetSwitchValueAsync(int id, double value, CancellationToken cancel = default)
    {
        var channel = Writable(id);
        AlpacaException.ThrowIfOutOfRange(value, channel.Minimum, channel.Maximum);
        Start(id, channel.Minimum + (Math.Round((value - channel.Minimum) / channel.Step) * channel.Step));
        return default;
    }

    public async ValueTask SetSwitchAsync(int id, bool state, CancellationToken cancel = default)
    {
        await StartSetSwitchAsync(id, state, cancel);
        await ChangeEndsAsync(id, cancel);
    }

    public async ValueTask SetSwitchValueAsync(int id, double value, CancellationToken cancel = default)
    {
        await StartSetSwitchValueAsync(id, value, cancel);
        await ChangeEndsAsync(id, cancel);
    }

    public ValueTask SetSwitchNameAsync(int id, string name, CancellationToken cancel = default)
    {
        Channel(id);
        if (string.IsNullOrWhiteSpace(name))
            throw AlpacaException.InvalidValue("A switch needs a name.");
        _settings[id].Change((setting, _) => setting with { Name = name });
        return default;
    }

    public ValueTask CancelChangeAsync(int id, CancellationToken cancel = default)
    {
        Writable(id);
        _settings[id].Change((setting, now) => setting.Level.IsMovingAt(now)
            ? setting with { Level = setting.Level.StoppedAt(now), WasCancelled = true }
            : setting);
        return default;
    }

    private SwitchChannel Channel(int id)
    {
        if (id < 0 || id >= _channels.Count)
            throw AlpacaException.InvalidValue($"There is no switch {id}; the switches are 0 to {_channels.Count - 1}.");
        EnsureConnected();
        return _channels[id];
    }

    private SwitchChannel Writable(int id)
    {
        var channel = Channel(id);
        return channel.CanWrite
            ? channel
            : throw new AlpacaException(AlpacaError.NotImplemented, $"Switch {id} ({channel.Name}) is a gauge and cannot be set.");
    }

    private void Start(int id, double value)
    {
        var channel = _channels[id];
        _settings[id].Change((setting, now) =>
        {
            var from = setting.Level.PositionAt(now);
            var takesTime = channel.SecondsPerChange > 0 && from != value;
            var level = takesTime ? new Travel(from, value, Math.Abs(value - from) / channel.SecondsPerChange, now) : Travel.AtRest(value, now);
            return setting with { Level = level, WasCancelled = false };
        });
    }

    private async ValueTask ChangeEndsAsync(int id, CancellationToken cancel) => await Clock.UntilAsync(_settings[id].Current.Level.Ends, cancel);

    private double Value(int id)
    {
        var channel = Channel(id);
        var now = Clock.GetUtcNow();
        var value = _settings[id].Current.Level.PositionAt(now);
        if (channel.CanWrite || channel.Maximum - channel.Minimum <= channel.Step)
            return value;
        var measured = value * (1 + (0.05 * _noise.For(id).Smooth(now, TimeSpan.FromSeconds(20))));
        return Math.Round(Math.Clamp(measured, channel.Minimum, channel.Maximum), 3);
    }

    private sealed record Setting(string Name, Travel Level, bool WasCancelled);
}
