using Alpaca.Astronomy;
using Alpaca.Contract;
using Sequencer.Core.Configuration;
using Sequencer.Core.Records;

namespace Sequencer.Core.Equipment;

/// <summary>
/// Compares the mount's idea of place and time with ours. A mount that is an hour or some degrees wrong points somewhere else entirely, and with bad luck into its pier: it is set
/// right if it lets us, and not slewed if it does not.
/// </summary>
internal sealed class MountCheck(ITelescope telescope, DeviceLink link, MountOptions options, Site site, TimeProvider clock, Journal journal)
{
    /// <summary>Differences above these are set right where the mount allows it; below, they are rounding.</summary>
    private const double WorthSettingDegrees = 0.001;

    private const double WorthSettingMetres = 10;

    private static readonly TimeSpan WorthSetting = TimeSpan.FromSeconds(1);

    /// <returns>Why the mount must not be slewed, with both values; null if it may.</returns>
    public async Task<string?> CompareAsync(CancellationToken cancel) => await CompareSiteAsync(cancel) ?? await CompareClockAsync(cancel);

    private async Task<string?> CompareSiteAsync(CancellationToken cancel)
    {
        var latitude = await AgreeAsync(telescope.SiteLatitudeAsync, telescope.SetSiteLatitudeAsync, site.Latitude.Degrees, WorthSettingDegrees, cancel);
        var longitude = await AgreeAsync(telescope.SiteLongitudeAsync, telescope.SetSiteLongitudeAsync, site.Longitude.Degrees, WorthSettingDegrees, cancel);
        await AgreeAsync(telescope.SiteElevationAsync, telescope.SetSiteElevationAsync, site.Elevation, WorthSettingMetres, cancel);
        var off = Math.Max(
            latitude is { } north ? Math.Abs(north - site.Latitude.Degrees) : 0,
            longitude is { } east ? Math.Abs(Math.IEEERemainder(east - site.Longitude.Degrees, 360)) : 0);
        if (off <= options.SiteToleranceDegrees) return null;
        return FormattableString.Invariant(
            $"The mount believes it stands at {latitude:0.000}, {longitude:0.000} deg; the configuration says {site.Latitude.Degrees:0.000}, {site.Longitude.Degrees:0.000} deg. It is not slewed: correct whichever is wrong");
    }

    private async Task<double?> AgreeAsync(
        Func<CancellationToken, ValueTask<double>> read, Func<double, CancellationToken, ValueTask> write, double ours, double worth, CancellationToken cancel)
    {
        var theirs = await link.ReadAsync(read, cancel);
        if (theirs is null || Math.Abs(theirs.Value - ours) <= worth) return theirs;
        try
        {
            await link.CallAsync(token => write(ours, token), cancel);
            return await link.ReadAsync(read, cancel);
        }
        catch (AlpacaException)
        {
            // A mount that cannot be told keeps its own idea; the caller judges whether that will do.
            return theirs;
        }
    }

    private async Task<string?> CompareClockAsync(CancellationToken cancel)
    {
        if (await OffsetAsync(cancel) is not { } offset || offset.Duration() <= WorthSetting) return null;
        try
        {
            await link.CallAsync(token => telescope.SetUTCDateAsync(clock.GetUtcNow(), token), cancel);
            offset = await OffsetAsync(cancel) ?? offset;
        }
        catch (AlpacaException)
        {
            // As above.
        }
        if (offset.Duration() > options.ClockTolerance)
        {
            return FormattableString.Invariant(
                $"The mount's clock says {clock.GetUtcNow() + offset:HH:mm:ss} UTC and ours {clock.GetUtcNow():HH:mm:ss} UTC. It is not slewed: correct whichever is wrong");
        }
        if (offset.Duration() > WorthSetting) journal.Warning(FormattableString.Invariant($"The mount's clock is {offset.TotalSeconds:+0.0;-0.0} s off ours and cannot be set."));
        return null;
    }

    /// <summary>How far the mount's clock is ahead of ours beyond what the call itself took, which on an accelerated clock can be many seconds.</summary>
    private async Task<TimeSpan?> OffsetAsync(CancellationToken cancel)
    {
        var before = clock.GetUtcNow();
        if (await link.ReadAsync(telescope.UTCDateAsync, cancel) is not { } theirs) return null;
        var after = clock.GetUtcNow();
        return theirs < before ? theirs - before : theirs > after ? theirs - after : TimeSpan.Zero;
    }
}
