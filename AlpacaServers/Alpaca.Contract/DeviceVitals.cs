namespace Alpaca.Contract;

/// <summary>
/// What a device that works through a queue, or over a link of its own, says about its inner life. It is no part of the ASCOM standard and nothing a client
/// can read; servers publish it with their metrics. Implemented beside the device interface; reading it must never wait for hardware.
/// </summary>
public interface IDeviceVitals
{
    /// <summary>The numbers now.</summary>
    DeviceVitals Vitals { get; }
}

/// <summary>How busy a device is inside, and how its link has fared since the start.</summary>
public readonly record struct DeviceVitals
{
    /// <summary>Commands that wait for the device's loop.</summary>
    public int QueueDepth { get; init; }

    /// <summary>How many may wait before more are refused.</summary>
    public int QueueCapacity { get; init; }

    /// <summary>Commands refused because the queue was full, since the start.</summary>
    public long QueueRefusals { get; init; }

    /// <summary>How often the link to the hardware was lost, since the start.</summary>
    public long LinkLosses { get; init; }

    /// <summary>How often a lost link came back, since the start.</summary>
    public long LinkRecoveries { get; init; }

    /// <summary>Exchanges with the hardware that failed and were repeated or given up, since the start.</summary>
    public long LinkErrors { get; init; }
}
