using Alpaca.Contract;

namespace Sequencer.Core.Equipment;

/// <summary>What a camera needs of its devices: connecting with a deadline, optional values, and telling a lost link from a refusal.</summary>
internal static class DeviceCalls
{
    /// <summary>Connects and waits until connected. Harmless when connected.</summary>
    /// <exception cref="TimeoutException">Not connected by the deadline.</exception>
    /// <exception cref="AlpacaException">The device says what went wrong.</exception>
    public static async ValueTask ConnectAsync(IAlpacaDevice device, TimeSpan deadline, TimeProvider clock, CancellationToken cancel)
    {
        if (!await device.ConnectedAsync(cancel))
            await device.ConnectAndWaitAsync(clock, deadline, cancel);
    }

    /// <summary>A value that a device may lack or be unable to read now: null then, and when the device cannot be reached.</summary>
    public static async ValueTask<T?> TryAsync<T>(Func<ValueTask<T>> read)
        where T : struct
    {
        try
        {
            return await read();
        }
        catch (Exception error) when (error is AlpacaException || IsLost(error))
        {
            return null;
        }
    }

    /// <summary>A text that a device may lack or be unable to read now.</summary>
    public static async ValueTask<string?> TryTextAsync(Func<ValueTask<string>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception error) when (error is AlpacaException || IsLost(error))
        {
            return null;
        }
    }

    /// <summary>A list that a device may lack or be unable to read now; empty then.</summary>
    public static async ValueTask<IReadOnlyList<T>> TryListAsync<T>(Func<ValueTask<IReadOnlyList<T>>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception error) when (error is AlpacaException || IsLost(error))
        {
            return [];
        }
    }

    /// <summary>True if an error means that the device cannot be reached or is no longer connected, as opposed to a device that answers no.</summary>
    public static bool IsLost(Exception error) =>
        error is HttpRequestException or TimeoutException or IOException
        || error is AlpacaException { Error: AlpacaError.NotConnected }
        || (error is OperationCanceledException && error.InnerException is TimeoutException);
}
