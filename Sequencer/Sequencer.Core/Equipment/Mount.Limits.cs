using Alpaca.Astronomy;
using Alpaca.Contract;
using Sequencer.Core.Records;

namespace Sequencer.Core.Equipment;

/// <content>Meridian and altitude limits: no exposure is begun that would end beyond them.</content>
public sealed partial class Mount
{
    /// <summary>Between asking and the start of the exposure.</summary>
    private static readonly TimeSpan StartAllowance = TimeSpan.FromSeconds(5);

    /// <summary>Between two questions whether the mount would turn over now.</summary>
    private static readonly TimeSpan FlipPoll = TimeSpan.FromSeconds(10);

    private const double SiderealHoursPerHour = 1.00273791;

    /// <summary>How far beyond a limit the mount is stopped, whatever it is doing, degrees: four minutes of time.</summary>
    private const double HardMarginDegrees = 1;

    private PierSide _sideOfSlew = PierSide.Unknown;

    /// <summary>How far the mount may follow the sky.</summary>
    public MountLimits Limits { get; private set; } = new();

    /// <summary>Whether an exposure of this length may begin on the present target.</summary>
    /// <exception cref="DeviceLostException">The mount cannot be reached.</exception>
    /// <exception cref="MountException">Its position is no position.</exception>
    public async Task<ExposureClearance> ClearanceAsync(TimeSpan exposure, CancellationToken cancel)
    {
        if (Target is not { } target) return new ExposureClearance(Clearance.Clear);
        var reading = await ReadAsync(cancel);
        var now = _clock.GetUtcNow();
        var end = now + exposure + StartAllowance;
        var lowest = Math.Min(AltitudeDegrees(target, now), AltitudeDegrees(target, end));
        if (lowest < Limits.AltitudeDegrees)
        {
            return new ExposureClearance(Clearance.Refused, FormattableString.Invariant(
                $"{_targetName} would be at {lowest:0.0} deg during an exposure of {exposure.TotalSeconds:0} s, below the altitude limit of {Limits.AltitudeDegrees:0.#} deg"));
        }
        var side = SideOf(reading);
        return side == PierSide.Unknown ? new ExposureClearance(Clearance.Clear) : await MeridianAsync(target, side, now, end, exposure, cancel);
    }

    /// <summary>Why the mount, as last read, must not track on: it is beyond a limit that an exposure which began in time never reaches.</summary>
    public string? BeyondLimits()
    {
        if (Last is not { OnTheSky: true } reading) return null;
        var now = _clock.GetUtcNow();
        var altitude = AltitudeDegrees(reading.Position, now);
        if (altitude < Limits.AltitudeDegrees - HardMarginDegrees)
            return FormattableString.Invariant($"the telescope is at {altitude:0.0} deg, below the altitude limit of {Limits.AltitudeDegrees:0.#} deg");
        var side = SideOf(reading);
        if (Limits.MeridianDegrees is not { } limit || side == PierSide.Unknown) return null;
        var past = PastMeridianDegrees(reading.Position, side, now);
        return past > limit + HardMarginDegrees
            ? FormattableString.Invariant($"the telescope is {past:0.0} deg past the meridian; the limit is {limit:0.#} deg")
            : null;
    }

    /// <summary>Stops following the sky, where the mount is; it can be moved afterwards.</summary>
    /// <returns>False if the mount still tracks.</returns>
    public async Task<bool> StopTrackingAsync()
    {
        try
        {
            if (_can.SetTracking) await _link.CallAsync(token => _telescope.SetTrackingAsync(false, token), CancellationToken.None);
            return !(await ReadAsync(CancellationToken.None)).Tracking;
        }
        catch (Exception error) when (error is DeviceLostException or AlpacaException or MountException)
        {
            _journal.Warning($"The mount's tracking was not stopped: {error.Message}");
            return false;
        }
    }

    private async Task<ExposureClearance> MeridianAsync(
        SkyPosition target, PierSide side, DateTimeOffset now, DateTimeOffset end, TimeSpan exposure, CancellationToken cancel)
    {
        var (past, pastAtEnd) = (PastMeridianDegrees(target, side, now), PastMeridianDegrees(target, side, end));
        // The mount may say where it would stand then: the place that is now as far west as the target will be.
        var (rightAscension, declination) = _coordinates.FromSky(target, now);
        var later = ((rightAscension - ((end - now).TotalHours * SiderealHoursPerHour) + 24) % 24 + 24) % 24;
        var isBeyond = Limits.MeridianDegrees is { } limit
            ? pastAtEnd > limit
            : pastAtEnd > 0 && await DestinationAsync(later, declination, cancel) != side;
        if (!isBeyond) return new ExposureClearance(Clearance.Clear);

        var reason = FormattableString.Invariant(
            $"an exposure of {exposure.TotalSeconds:0} s would end {pastAtEnd:0.0} deg past the meridian; the limit is {Limits.MeridianDegrees ?? 0:0.#} deg");
        var destination = await DestinationAsync(rightAscension, declination, cancel);
        if (destination is { } other ? other != side : past > 0) return new ExposureClearance(Clearance.Flip, reason);
        // A slew now would end on the same side. It turns over at the meridian, or wherever the mount itself thinks right.
        if (past <= 0) return new ExposureClearance(Clearance.Wait, reason, Shorter(TimeSpan.FromHours(-past / 15 / SiderealHoursPerHour) + TimeSpan.FromSeconds(1), exposure));
        return past <= (Limits.MeridianDegrees ?? pastAtEnd)
            ? new ExposureClearance(Clearance.Wait, reason, FlipPoll)
            : new ExposureClearance(Clearance.Refused, $"{reason}, and the mount would not turn over");
    }

    private static TimeSpan Shorter(TimeSpan wait, TimeSpan exposure) => wait < exposure + StartAllowance ? wait : exposure + StartAllowance;

    private async Task<PierSide?> DestinationAsync(double rightAscension, double declination, CancellationToken cancel)
    {
        try
        {
            var side = await _link.CallAsync(token => _telescope.DestinationSideOfPierAsync(rightAscension, declination, token), cancel);
            return side == PierSide.Unknown ? null : side;
        }
        catch (AlpacaException)
        {
            // Many mounts cannot tell; the hour angle does, then.
            return null;
        }
    }

    /// <summary>The mount's word, or, for a mount that must turn over and does not say where it stands, the side that its last slew led to.</summary>
    private PierSide SideOf(MountStatus reading) =>
        reading.PierSide != PierSide.Unknown ? reading.PierSide : Limits.IsGerman || Limits.MeridianDegrees is not null ? _sideOfSlew : PierSide.Unknown;

    private void NoteSide(SkyPosition target) => _sideOfSlew = _coordinates.HourAngleHours(target, _clock.GetUtcNow()) < 0 ? PierSide.West : PierSide.East;

    private double AltitudeDegrees(SkyPosition position, DateTimeOffset time) => SkyTransform.At(_site, time).Observed(position).Altitude.Degrees;

    /// <summary>
    /// How far the counterweights are above the telescope: on the west side of the pier, looking east, from the upper meridian on; on the east side from the lower one.
    /// </summary>
    private double PastMeridianDegrees(SkyPosition position, PierSide side, DateTimeOffset time) =>
        Math.IEEERemainder((_coordinates.HourAngleHours(position, time) * 15) - (side == PierSide.East ? 180 : 0), 360);
}
