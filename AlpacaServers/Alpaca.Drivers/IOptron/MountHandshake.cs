using Alpaca.Contract;
using Alpaca.Devices.Links;
using Microsoft.Extensions.Logging;

namespace Alpaca.Drivers.IOptron;

/// <summary>
/// What is said between opening the port and calling the mount connected: who it is, in which dialect, and its settings put right. Nothing here moves
/// it, unparks it or starts tracking.
/// </summary>
internal sealed class MountHandshake(MountSession session, IOptronOptions options, TimeProvider clock, ILogger log, CancellationToken cancel)
{
    private const double SiteTolerance = 1.0 / 3600;
    private const double SiderealDegreesPerSecond = 15.0411 / 3600;
    private static readonly TimeSpan s_clockTolerance = TimeSpan.FromSeconds(1);
    private static readonly double[] s_arrowFactors = [1, 2, 8, 16, 64, 128, 256, 512];

    /// <summary>Finds out what is connected.</summary>
    /// <exception cref="LinkException">No answer, or something else than a mount.</exception>
    /// <exception cref="AlpacaException">A mount that this driver cannot drive.</exception>
    public async Task<MountFacts> IdentifyAsync()
    {
        var id = await session.SendAsync(MountLanguage.Model, MountLanguage.ReadModel, cancel);
        if (options.Model is { } expected && expected != id)
            throw new LinkException(LinkFault.WrongDevice, session.Port, $"a mount of model {id} answers, not of model {expected}: check the port, or the option \"model\"", MountLanguage.Model.Text);
        var language = await DialectAsync(id);
        var model = MountModel.Of(id, language.Dialect);
        var boards = await session.SendAsync(MountLanguage.MainFirmware, reply => MountLanguage.ReadFirmware(":FW1#", reply), cancel);
        var motors = await session.SendAsync(MountLanguage.MotorFirmware, reply => MountLanguage.ReadFirmware(":FW2#", reply), cancel);
        var warning = model.FirmwareWarning(boards.First);
        if (!model.IsKnown)
            warning = $"The model number {id} is not known; it is driven like any German mount of language {language.Name}.";
        if (warning.Length > 0)
            log.LogWarning("{Warning}", warning);
        var filter = model.HasEncoders && language.Dialect == Dialect.Version3 && await FilterIsOnAsync();
        if (filter)
            log.LogWarning("The guiding filter of this {Model} is on: it ignores all guide pulses in right ascension. Switch it off at the hand controller.", model.Name);
        return new MountFacts(model, language)
        {
            Firmware = [boards.First, boards.Second, motors.First, motors.Second],
            FirmwareWarning = warning,
            ArrowRates = [.. s_arrowFactors.Append(options.MaxSpeed ?? model.MaxSpeed).Select(f => f * SiderealDegreesPerSecond)],
            IgnoresRightAscensionPulses = filter,
        };
    }

    /// <summary>Puts site, clock, limits and rates right, as far as the options ask for it.</summary>
    public async Task SettleAsync(MountFacts facts, ParkRecord park)
    {
        var language = facts.Language;
        var status = await session.SendAsync(MountLanguage.Status, language.ReadStatus, cancel);
        if (options is { Latitude: { } latitude, Longitude: { } longitude })
        {
            if (Math.Abs(status.Latitude - latitude) > SiteTolerance || Math.Abs(Math.IEEERemainder(status.Longitude - longitude, 360)) > SiteTolerance)
            {
                foreach (var command in language.SetSite(longitude, latitude))
                    await AskForAsync(command);
            }
        }
        else
        {
            (latitude, longitude) = (status.Latitude, status.Longitude);
        }

        await AskForAsync(MountLanguage.SetSummerTime(false));
        if (options.UtcOffset is { } minutes)
            await AskForAsync(MountLanguage.SetUtcOffset(TimeSpan.FromMinutes(minutes)));
        if (options.SetTime)
            await SetClockAsync(language);
        if (!status.IsTracking && status.Rate is not (MountRate.Sidereal or null))
            await AskForAsync(MountLanguage.SelectRate(MountRate.Sidereal));
        await AskForAsync(MountLanguage.SetAltitudeLimit(options.Horizon));
        if (facts.IsGerman && MeridianText.TryParse(options.Meridian, out var meridian))
            await AskForAsync(MountLanguage.SetMeridian(meridian));
        await AskForAsync(MountLanguage.SelectArrowSpeed(9));
        if (language.Dialect == Dialect.Version2 && facts.CanParkItself)
            await DefineParkAsync(park.Position ?? new MountHorizontal(Math.Abs(latitude), latitude < 0 ? 180 : 0));
    }

    /// <summary>Compares the clocks, half of the way there and back taken off.</summary>
    /// <returns>How far the mount's clock is ahead.</returns>
    public async Task<TimeSpan> ClockErrorAsync(MountLanguage language)
    {
        var before = clock.GetUtcNow();
        var time = await session.SendAsync(language.Time, language.ReadTime, cancel);
        return time.Utc - (before + ((clock.GetUtcNow() - before) / 2));
    }

    private async Task<MountLanguage> DialectAsync(string id)
    {
        string reply;
        try
        {
            reply = await session.SendAsync(MountLanguage.Status, cancel);
        }
        catch (LinkException e) when (e.Fault == LinkFault.Timeout)
        {
            if ((await session.SendAsync(MountLanguage.ShortStatus, cancel)).Length == 6)
                throw Unsupported(id, "its firmware is of the time of command language 2.0");
            throw;
        }

        return MountLanguage.Of(reply) ?? throw Unsupported(id, $"its status \"{reply}\" has {reply.Length} characters, not {Version2.StatusLength} (language 2.x) or {Version3.StatusLength} (3.x)");
    }

    private static AlpacaException Unsupported(string id, string why) => new(
        DriverError.UnknownModel,
        $"The mount (model {id}) cannot be driven: {why}. This driver needs command language 2.5 or 3.x; update the mount's firmware with the maker's tool.");

    private async Task<bool> FilterIsOnAsync()
    {
        try
        {
            return await session.DoAsync(MountLanguage.GuidingFilter, cancel);
        }
        catch (LinkException e) when (e.Fault is LinkFault.Timeout or LinkFault.Malformed)
        {
            log.LogInformation("The mount does not say whether its guiding filter is on: {Reason}", e.Message);
            return false;
        }
    }

    private async Task SetClockAsync(MountLanguage language)
    {
        if ((await ClockErrorAsync(language)).Duration() <= s_clockTolerance)
            return;
        var time = await session.SendAsync(language.Time, language.ReadTime, cancel);
        foreach (var command in language.SetTime(clock.GetUtcNow(), time.Offset))
            await AskForAsync(command);
        var left = await ClockErrorAsync(language);
        if (left.Duration() > s_clockTolerance + s_clockTolerance)
            log.LogWarning("The mount's clock was set and is still {Seconds:0.0} s off.", left.TotalSeconds);
    }

    private async Task DefineParkAsync(MountHorizontal position)
    {
        await AskForAsync(MountLanguage.SetParkAzimuth(position.Azimuth));
        await AskForAsync(MountLanguage.SetParkAltitude(position.Altitude));
    }

    /// <summary>Sends a setting that the night can do without: a mount that refuses it, or does not know it, is said so once.</summary>
    private async Task AskForAsync(MountCommand command)
    {
        try
        {
            if (!await session.DoAsync(command, cancel))
                log.LogWarning("The mount refuses {Command}; it keeps its own setting.", command.Text);
        }
        catch (LinkException e) when (e.Fault is LinkFault.Timeout or LinkFault.Malformed)
        {
            log.LogWarning("The mount does not take {Command}: {Reason}", command.Text, e.Message);
        }
    }
}
