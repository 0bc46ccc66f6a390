using Alpaca.Contract;
using Sequencer.Core.Records;

namespace Sequencer.Core.Equipment;

/// <summary>
/// The link to one device. Every call goes through it: what is not an answer of the device (no route, no reply, a reply that makes no sense, "not connected" after a
/// restart) is a lost link. Loss and return are journalled once each. The next call after a loss connects anew first.
/// </summary>
/// <param name="name">What the person at the telescope calls the device.</param>
/// <param name="device">The device or a client of it; the same object serves before and after a loss.</param>
/// <param name="clock">The night's clock.</param>
/// <param name="journal">Takes the <c>device</c> events.</param>
public sealed class DeviceLink(string name, IAlpacaDevice device, TimeProvider clock, Journal journal)
{
    private static readonly TimeSpan ConnectDeadline = TimeSpan.FromSeconds(60);

    private volatile bool _lost;

    /// <summary>Being disconnected by our own wish: a reading that comes too late for it finds no device, and none was lost.</summary>
    private volatile bool _leaving;
    private bool _wasConnected;
    private Task? _connecting;

    /// <summary>What the person at the telescope calls the device.</summary>
    public string Name => name;

    /// <summary>True from the first call that got no answer until the device is connected again.</summary>
    public bool IsLost => _lost;

    /// <summary>Why the link is lost; null while it is not.</summary>
    public string? Fault { get; private set; }

    /// <summary>How often the device came back. Whoever finds this changed must read the hardware anew: a restarted server knows nothing of what was before.</summary>
    public int Returns { get; private set; }

    /// <summary>Calls the device. An answer that is an error of the device itself passes through as it is.</summary>
    /// <exception cref="DeviceLostException">The device cannot be reached.</exception>
    /// <exception cref="AlpacaException">The device answered with an error.</exception>
    public async Task<T> CallAsync<T>(Func<CancellationToken, ValueTask<T>> call, CancellationToken cancel)
    {
        if (_lost) await ConnectAsync(cancel);
        return await TryAsync(call, cancel);
    }

    /// <inheritdoc cref="CallAsync{T}"/>
    public Task CallAsync(Func<CancellationToken, ValueTask> call, CancellationToken cancel) =>
        CallAsync(
            async token =>
            {
                await call(token);
                return true;
            },
            cancel);

    /// <summary>Reads a property that the device may lack.</summary>
    /// <returns>Null if the device does not implement it or has no value yet.</returns>
    /// <exception cref="DeviceLostException">The device cannot be reached.</exception>
    public async Task<T?> ReadAsync<T>(Func<CancellationToken, ValueTask<T>> call, CancellationToken cancel)
        where T : struct
    {
        try
        {
            return await CallAsync(call, cancel);
        }
        catch (AlpacaException error) when (error.Error is AlpacaError.NotImplemented or AlpacaError.ValueNotSet)
        {
            return null;
        }
    }

    /// <summary>Connects the device to its hardware and waits for it. Harmless when connected.</summary>
    /// <exception cref="DeviceLostException">It does not connect.</exception>
    public async Task ConnectAsync(CancellationToken cancel)
    {
        // Two callers that find the link lost at the same time must not connect it twice.
        var connecting = _connecting;
        if (connecting is null or { IsCompleted: true }) _connecting = connecting = ConnectOnceAsync(CancellationToken.None);
        await connecting.WaitAsync(cancel);
    }

    /// <summary>Disconnects; a device that cannot be reached any more is left as it is.</summary>
    public async Task DisconnectAsync(CancellationToken cancel)
    {
        if (_lost) return;
        _leaving = true;
        try
        {
            await TryAsync(
                async token =>
                {
                    await device.DisconnectAndWaitAsync(clock, ConnectDeadline, token);
                    return true;
                },
                cancel);
        }
        catch (Exception error) when (error is DeviceLostException or AlpacaException)
        {
            journal.Warning($"{name} was not disconnected: {error.Message}");
        }
    }

    private async Task ConnectOnceAsync(CancellationToken cancel)
    {
        _leaving = false;
        try
        {
            await TryAsync(
                async token =>
                {
                    await DeviceCalls.ConnectAsync(device, ConnectDeadline, clock, token);
                    return true;
                },
                cancel);
        }
        catch (AlpacaException error)
        {
            throw Lose(error);
        }
        if (_wasConnected && !_lost) return;
        journal.Device(name, _wasConnected ? "restored" : "connected");
        if (_wasConnected) Returns++;
        _wasConnected = true;
        _lost = false;
        Fault = null;
    }

    private async Task<T> TryAsync<T>(Func<CancellationToken, ValueTask<T>> call, CancellationToken cancel)
    {
        try
        {
            return await call(cancel);
        }
        catch (AlpacaException error) when (error.Error != AlpacaError.NotConnected)
        {
            throw;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            throw;
        }
        catch (DeviceLostException)
        {
            throw;
        }
        catch (Exception error)
        {
            // The seam to every kind of client: whatever is not an answer of the device means that there was none.
            throw Lose(error);
        }
    }

    private DeviceLostException Lose(Exception cause)
    {
        Fault = cause.Message;
        if (!_lost && !_leaving)
        {
            _lost = true;
            journal.Device(name, "lost", cause.Message);
        }
        return new DeviceLostException(name, cause);
    }
}
