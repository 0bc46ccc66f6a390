namespace Alpaca.Contract;

/// <summary>Says whether it is safe to observe (ASCOM ISafetyMonitorV3).</summary>
[AlpacaDevice("safetymonitor", InterfaceVersion = 3)]
public partial interface ISafetyMonitor : IAlpacaDevice
{
    /// <summary>True if observing is safe. False while disconnected, and whenever the monitor does not know.</summary>
    [Get, InDeviceState] ValueTask<bool> IsSafeAsync(CancellationToken cancel = default);
}
