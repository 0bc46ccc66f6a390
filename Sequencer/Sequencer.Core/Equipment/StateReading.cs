using System.Net;
using Alpaca.Contract;

namespace Sequencer.Core.Equipment;

/// <summary>
/// Reads several properties of a device at once: through DeviceState where the device has it (one request instead of one per property), and one by one what it does not tell there.
/// </summary>
/// <param name="device">The device.</param>
/// <param name="link">Its link; every call goes through it once it is known that the device has DeviceState.</param>
/// <param name="since">The version of its interface that brought DeviceState.</param>
internal sealed class StateReading(IAlpacaDevice device, DeviceLink link, int since)
{
    private bool? _has;
    private int _returns;

    /// <summary>Fetches the state, if the device has one.</summary>
    /// <exception cref="DeviceLostException">The device cannot be reached.</exception>
    public async Task<StateSnapshot> ReadAsync(CancellationToken cancel) => new(link, await ReadStateAsync(cancel));

    private async Task<IReadOnlyList<StateValue>> ReadStateAsync(CancellationToken cancel)
    {
        if (_has is null || _returns != link.Returns) return await AskAsync(cancel);
        if (_has is false) return [];
        try
        {
            return await link.CallAsync(device.DeviceStateAsync, cancel);
        }
        catch (AlpacaException)
        {
            // A device that cannot tell its state now may still tell its properties, or why not.
            return [];
        }
    }

    /// <summary>
    /// Finds out whether the device has DeviceState. Asked past the link: what an older server answers to a member it does not know would look like a lost one. If the device is really
    /// lost, the reading that follows says so.
    /// </summary>
    private async Task<IReadOnlyList<StateValue>> AskAsync(CancellationToken cancel)
    {
        _returns = link.Returns;
        try
        {
            if (link.IsLost) return [];
            var state = await device.InterfaceVersionAsync(cancel) >= since ? await device.DeviceStateAsync(cancel) : [];
            _has = state.Count > 0;
            return state;
        }
        catch (Exception error) when (error is AlpacaException { Error: not AlpacaError.NotConnected } or HttpRequestException { StatusCode: HttpStatusCode.BadRequest or HttpStatusCode.NotFound })
        {
            _has = false;
            return [];
        }
        catch (Exception error) when (!cancel.IsCancellationRequested && (error is AlpacaException || DeviceCalls.IsLost(error)))
        {
            // Not to be known now; asked again when the device is back, or at the next reading if it never went.
            _has = null;
            return [];
        }
    }
}

/// <summary>What a device told of itself at once; a property that is not there is read by itself.</summary>
internal readonly struct StateSnapshot(DeviceLink link, IReadOnlyList<StateValue> state)
{
    /// <summary>A property.</summary>
    /// <param name="name">Its name in DeviceState.</param>
    /// <param name="read">Reads it by itself.</param>
    /// <exception cref="DeviceLostException">The device cannot be reached.</exception>
    /// <exception cref="AlpacaException">The device answered with an error.</exception>
    public async Task<T> GetAsync<T>(string name, Func<CancellationToken, ValueTask<T>> read, CancellationToken cancel)
        where T : struct => Find<T>(name) ?? await link.CallAsync(read, cancel);

    /// <summary>A property that the device may lack.</summary>
    /// <returns>Null if the device does not implement it or has no value yet.</returns>
    /// <exception cref="DeviceLostException">The device cannot be reached.</exception>
    public async Task<T?> TryGetAsync<T>(string name, Func<CancellationToken, ValueTask<T>> read, CancellationToken cancel)
        where T : struct => Find<T>(name) ?? await link.ReadAsync(read, cancel);

    private T? Find<T>(string name)
        where T : struct
    {
        foreach (var value in state)
        {
            if (!string.Equals(value.Name, name, StringComparison.Ordinal)) continue;
            if (value.Value is T found) return found;

            // On the wire a member of an enumeration is a number, and a whole number has no point.
            if (value.Value is int number && typeof(T).IsEnum) return (T)Enum.ToObject(typeof(T), number);
            if (value.Value is int whole && typeof(T) == typeof(double)) return (T)(object)(double)whole;
        }

        return null;
    }
}
