using Alpaca.Contract;

namespace Sequencer.Core.Equipment;

/// <summary>What a mount can do, read once per connection.</summary>
internal sealed record MountCapabilities
{
    public bool Slew { get; private init; }

    public bool SetTracking { get; private init; }

    public bool Sync { get; private init; }

    public bool Park { get; private init; }

    public bool PulseGuide { get; private init; }

    public bool FindHome { get; private init; }

    public static async Task<MountCapabilities> ReadAsync(ITelescope telescope, DeviceLink link, CancellationToken cancel) => new()
    {
        Slew = await link.CallAsync(telescope.CanStartSlewAsync, cancel),
        SetTracking = await link.CallAsync(telescope.CanSetTrackingAsync, cancel),
        Sync = await link.CallAsync(telescope.CanSyncAsync, cancel),
        Park = await link.CallAsync(telescope.CanParkAsync, cancel),
        PulseGuide = await link.CallAsync(telescope.CanPulseGuideAsync, cancel),
        FindHome = await link.CallAsync(telescope.CanFindHomeAsync, cancel),
    };
}

/// <summary>Reads how fast guide pulses move the mount.</summary>
internal sealed class GuideRateReader(ITelescope telescope, DeviceLink link)
{
    /// <summary>360 degrees per sidereal day.</summary>
    private const double SiderealDegreesPerSecond = 360 / 86164.0905;

    private const double Usual = 0.9;

    public async Task<(double RightAscension, double Declination)> ReadAsync(CancellationToken cancel) =>
        (await RateAsync(telescope.GuideRateRightAscensionAsync, cancel), await RateAsync(telescope.GuideRateDeclinationAsync, cancel));

    private async Task<double> RateAsync(Func<CancellationToken, ValueTask<double>> read, CancellationToken cancel) =>
        await link.ReadAsync(read, cancel) is { } rate and > 0 ? rate / SiderealDegreesPerSecond : Usual;
}
