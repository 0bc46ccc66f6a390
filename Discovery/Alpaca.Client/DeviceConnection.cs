using System.Reflection;
using Alpaca.Contract;

namespace Alpaca.Client;

/// <summary>Connecting to any device, near or far, new or old.</summary>
public static class DeviceConnection
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>Connects the device to its hardware and returns when it is connected.</summary>
    /// <param name="clock">The clock of the waiting: the night's.</param>
    /// <param name="deadline">How long the hardware may take, on that clock.</param>
    /// <exception cref="TimeoutException">It took longer.</exception>
    /// <exception cref="AlpacaException">The device cannot be connected; the message says why.</exception>
    /// <exception cref="AlpacaLinkException">The server cannot be asked.</exception>
    public static async ValueTask ConnectAndWaitAsync(this IAlpacaDevice device, TimeProvider clock, TimeSpan deadline, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(clock);
        var start = clock.GetTimestamp();
        if (!await ConnectsAsync(device, cancel) || !await TryStartAsync(device, cancel))
        {
            await device.SetConnectedAsync(true, cancel);
        }
        else
        {
            while (await device.ConnectingAsync(cancel))
            {
                if (clock.GetElapsedTime(start) >= deadline)
                {
                    throw new TimeoutException(FormattableString.Invariant(
                        $"{device} has not connected within {deadline.TotalSeconds:0.#} s. Check the hardware's power and cable, and the server's log."));
                }

                await Task.Delay(PollInterval, clock, cancel);
            }
        }

        if (!await device.ConnectedAsync(cancel))
            throw new AlpacaException(AlpacaError.NotConnected, $"{device} says that connecting is over and yet is not connected. Check its hardware and the server's log.");
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

    /// <summary>Starts to connect; false if the server claims the version and yet has no such member.</summary>
    private static async ValueTask<bool> TryStartAsync(IAlpacaDevice device, CancellationToken cancel)
    {
        try
        {
            await device.ConnectAsync(cancel);
            return true;
        }
        catch (AlpacaException e) when (e.Error is AlpacaError.NotImplemented or AlpacaError.ActionNotImplemented)
        {
            return false;
        }
        catch (AlpacaLinkException e) when (e.HttpStatus is 400 or 404 or 405 or 501)
        {
            return false;
        }
    }
}
