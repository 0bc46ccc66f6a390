using Alpaca.Contract;

namespace Alpaca.Hosting;

/// <summary>What the buttons of a device's page do. None of them makes anything move: connecting, disconnecting, and stopping what moves.</summary>
internal static class DeviceCommand
{
    /// <summary>What the stop button of a device says; null if there is nothing to stop.</summary>
    public static string? StopLabel(IAlpacaDevice device) => device switch
    {
        ICamera => "Abort exposure",
        ITelescope or IDome or IFocuser or IRotator or ICoverCalibrator => "Stop motion",
        _ => null,
    };

    /// <summary>Carries a command out; null if there is no such command.</summary>
    public static Task<Reading<string>>? Run(string command, IAlpacaDevice device, CancellationToken cancel) => command switch
    {
        "connect" => Reading.OfAsync(c => After(device.ConnectAsync(c), "Connecting."), cancel),
        "disconnect" => Reading.OfAsync(c => After(device.DisconnectAsync(c), "Disconnecting."), cancel),
        "stop" when StopLabel(device) is not null => Reading.OfAsync(c => After(StopAsync(device, c), "Stopped."), cancel),
        _ => null,
    };

    private static ValueTask StopAsync(IAlpacaDevice device, CancellationToken cancel) => device switch
    {
        ICamera camera => camera.AbortExposureAsync(cancel),
        ITelescope mount => mount.AbortSlewAsync(cancel),
        IDome dome => dome.AbortSlewAsync(cancel),
        IFocuser focuser => focuser.HaltAsync(cancel),
        IRotator rotator => rotator.HaltAsync(cancel),
        ICoverCalibrator cover => cover.HaltCoverAsync(cancel),
        _ => default,
    };

    private static async ValueTask<string> After(ValueTask command, string done)
    {
        await command;
        return done;
    }
}
