namespace Alpaca.Devices.Links;

/// <summary>What can go wrong between a driver and its hardware.</summary>
public enum LinkFault
{
    /// <summary>There is no such port: nothing plugged in, a wrong name, or a host that refuses.</summary>
    NotFound,

    /// <summary>The port is there, but this user may not open it.</summary>
    Denied,

    /// <summary>Another program has the port.</summary>
    InUse,

    /// <summary>The port does not take the settings asked for, or is no serial port.</summary>
    Settings,

    /// <summary>No answer in time.</summary>
    Timeout,

    /// <summary>The cable was pulled, the peer closed, or the link was disposed.</summary>
    Lost,

    /// <summary>An answer that cannot be one.</summary>
    Malformed,

    /// <summary>The device understood and refused.</summary>
    Rejected,

    /// <summary>Something answers, but not the device that belongs here.</summary>
    WrongDevice,
}
