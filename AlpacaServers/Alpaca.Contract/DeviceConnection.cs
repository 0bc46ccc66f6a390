using System.Net;
using System.Reflection;

namespace Alpaca.Contract;

/// <summary>Connecting to any device, near or far, new or old.</summary>
public static class DeviceConnection
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>Connects the device to its hardware and returns when it is connected.</summary>
    /// <param name="clock">The clock of the waiting: the night's.</param>
    /// <param name="deadline">How long the hardware may take, on that clock.</param>
    /// <exception cref="TimeoutException">It took longer.</exception>
    /// <exception cref="AlpacaException">The device cannot be connected; the message says why.</exception>
    /// <exception cref="HttpRequestException">The device's server cannot be asked.</exception>
    public static async ValueTask ConnectAndWaitAsync(this IAlpacaDevice device, TimeProvider clock, TimeSpan deadline, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(clock);
        await ChangeAsync(device, connected: true, clock, deadline, cancel);
        if (!await device.ConnectedAsync(cancel))
            throw new AlpacaException(AlpacaError.NotConnected, $"{device} says that connecting is over and yet is not connected. Check its hardware and the server's log.");
    }

    /// <summary>Disconnects the device from its hardware and returns when it is done.</summary>
    /// <inheritdoc cref="ConnectAndWaitAsync"/>
    public static ValueTask DisconnectAndWaitAsync(this IAlpacaDevice device, TimeProvider clock, TimeSpan deadline, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(clock);
        return ChangeAsync(device, connected: false, clock, deadline, cancel);
    }

    private static async ValueTask ChangeAsync(IAlpacaDevice device, bool connected, TimeProvider clock, TimeSpan deadline, CancellationToken cancel)
    {
        var start = clock.GetTimestamp();
        if (!await ConnectsAsync(device, cancel) || !await TryStartAsync(device, connected, cancel))
        {
            await device.SetConnectedAsync(connected, cancel);
            return;
        }

        while (await device.ConnectingAsync(cancel))
        {
            if (clock.GetElapsedTime(start) >= deadline)
            {
                throw new TimeoutException(FormattableString.Invariant(
                    $"{device} has not {(connected ? "connected" : "disconnected")} within {deadline.TotalSeconds:0.#} s. Check the hardware's power and cable, and the server's log."));
            }

            await Task.Delay(PollInterval, clock, cancel);
        }
    }

    /// <summary>Whether the device's interface version has Connect and Connecting: they came with the versions that the contract describes.</summary>
    private static async ValueTask<bool> ConnectsAsync(IAlpacaDevice device, CancellationToken cancel)
    {
        var current = device.GetType().GetInterfaces().Max(i => i.GetCustomAttribute<AlpacaDeviceAttribute>()?.InterfaceVersion);
        try
        {
            return await device.InterfaceVersionAsync(cancel) >= current;
        }
        catch (AlpacaException)
        {
            // The oldest interfaces have no version at all, or do not tell it before they are connected.
            return false;
        }
    }

    /// <summary>Starts to connect or disconnect; false if the server claims the version and yet has no such member.</summary>
    private static async ValueTask<bool> TryStartAsync(IAlpacaDevice device, bool connected, CancellationToken cancel)
    {
        try
        {
            await (connected ? device.ConnectAsync(cancel) : device.DisconnectAsync(cancel));
            return true;
        }
        catch (AlpacaException e) when (e.Error is AlpacaError.NotImplemented or AlpacaError.ActionNotImplemented)
        {
            return false;
        }
        catch (HttpRequestException e) when (e.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotImplemented)
        {
            return false;
        }
    }
}
