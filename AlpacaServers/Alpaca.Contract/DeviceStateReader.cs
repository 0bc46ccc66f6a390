namespace Alpaca.Contract;

/// <summary>Collects a device's operational state, value by value: what generated DeviceState members are made of.</summary>
public sealed class DeviceStateReader
{
    private readonly List<StateValue> _values = [];

    /// <summary>What has been read so far.</summary>
    public IReadOnlyList<StateValue> Values => _values;

    /// <summary>
    /// Adds a property unless the device lacks it or cannot read it now: the standard wants such properties left out.
    /// A device that is not connected has no state at all, so that error passes through.
    /// </summary>
    /// <param name="name">The property's name in the reply.</param>
    /// <param name="read">Reads it; may throw at once or later.</param>
    /// <param name="cancel">Passed on to the device.</param>
    public async ValueTask AddAsync<T>(string name, Func<CancellationToken, ValueTask<T>> read, CancellationToken cancel)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(read);
        try
        {
            _values.Add(new StateValue(name, await read(cancel)));
        }
        catch (AlpacaException e) when (e.Error != AlpacaError.NotConnected)
        {
            return;
        }
    }
}
