namespace Conformance.Checks;

/// <summary>What a check needs the device to be.</summary>
internal enum Stage
{
    /// <summary>Connected to its hardware.</summary>
    Connected,

    /// <summary>Not connected: commands must be refused, so that any of them can be sent without moving anything.</summary>
    Disconnected,

    /// <summary>Anything: the check connects and disconnects by itself.</summary>
    Own,
}

/// <summary>One subject that devices are checked for.</summary>
internal abstract class DeviceCheck
{
    /// <summary>What reports call it.</summary>
    public abstract string Name { get; }

    public abstract Stage Stage { get; }

    /// <summary>Whether it moves hardware, takes images or switches power.</summary>
    public virtual bool Moves => false;

    public abstract Task RunAsync(Device device, CancellationToken cancel);
}
