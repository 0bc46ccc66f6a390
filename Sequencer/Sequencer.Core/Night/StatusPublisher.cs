using System.Globalization;
using Alpaca.Astronomy;
using Alpaca.Astronomy.Clocks;
using Alpaca.Contract;
using Sequencer.Core.Equipment;
using Sequencer.Core.Records;

namespace Sequencer.Core.Night;

/// <summary>Writes the <c>status</c> record: where the night stands, for whoever looks. All angles in degrees, field_ha included (the reference writes hours there).</summary>
internal sealed class StatusPublisher(NightContext night)
{
    private DateTimeOffset? _tableAt;
    private OrderedFields? _table;

    public Task PublishAsync(CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        using var hold = night.Observatory.Clock.Hold();
        night.Observatory.Records.InsertCurrent("status", Status(), permanent: false);
        return Task.CompletedTask;
    }

    private OrderedFields Status()
    {
        var observatory = new OrderedFields { { "can_observe", night.Observatory.CanObserve } };
        if (night.Observatory.Mount is { IsInitialized: true, Last: { } reading } mount) Section(observatory, "mount", () => MountSection(mount, reading));
        if (night.Observatory.Enclosure.HasDome) Section(observatory, "dome", DomeSection);
        if (night.Observatory.Scheduler?.CurrentObservation is { } observation) Section(observatory, "observation", () => ObservationSection(observation));
        Section(observatory, "observer", ObserverSection);
        return new OrderedFields
        {
            { "state", night.State },
            { "next_state", night.NextState },
            { "system", new OrderedFields { { "free_space", FreeSpace() } } },
            { "observatory", observatory },
        };
    }

    /// <summary>A section that fails is left out: the rest is worth having.</summary>
    private void Section(OrderedFields parent, string name, Func<OrderedFields> make)
    {
        try
        {
            parent.Add(name, make());
        }
        catch (Exception error) when (error is AlpacaException or InvalidOperationException or ArgumentException)
        {
            night.Observatory.Journal.Warning($"The status has no section \"{name}\": {error.Message}");
        }
    }

    private string? FreeSpace() =>
        night.Observatory.Surroundings.Space.Images is { } bytes ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.0} Gbyte") : null;

    private OrderedFields MountSection(Mount mount, MountStatus reading)
    {
        var sky = SkyTransform.At(night.Observatory.Site, night.Now);
        var fields = new OrderedFields
        {
            { "state", reading.Parked ? "parked" : reading.Slewing ? "slewing" : reading.Tracking ? "tracking" : "stopped" },
            { "tracking_rate_ra", 1.0 },
            { "ra_guide_rate", mount.GuideRates.RightAscension },
            { "dec_guide_rate", mount.GuideRates.Declination },
            { "current_ra", Degrees(reading.Position.RightAscension) },
            { "current_dec", Degrees(reading.Position.Declination) },
            { "current_ha", Degrees(sky.HourAngle(sky.Apparent(reading.Position))) },
            { "pier_side", reading.PierSide.ToString() },
        };
        if (mount.Target is { } target)
        {
            fields.Add("mount_target_ra", Degrees(target.RightAscension));
            fields.Add("mount_target_dec", Degrees(target.Declination));
            fields.Add("mount_target_ha", Degrees(sky.HourAngle(sky.Apparent(target))));
        }
        fields.Add("timestamp", night.Now);
        return fields;
    }

    private OrderedFields DomeSection() => new()
    {
        { "shutter", night.Observatory.Enclosure.Shutter?.ToString().ToLowerInvariant() ?? "unknown" },
        { "fault", night.Observatory.Enclosure.Fault },
    };

    private OrderedFields ObservationSection(Scheduling.Observation observation)
    {
        var sky = SkyTransform.At(night.Observatory.Site, night.Now);
        var fields = new OrderedFields();
        foreach (var (key, value) in observation.Status()) fields.Add(key, value);
        fields.Add("field_ha", Degrees(sky.HourAngle(sky.Apparent(SkyPosition.FromDegrees(observation.Field.RaDegrees, observation.Field.DecDegrees)))));
        return fields;
    }

    private OrderedFields ObserverSection()
    {
        var sky = SkyTransform.At(night.Observatory.Site, night.Now);
        var phase = sky.MoonPhase();
        var fields = new OrderedFields
        {
            { "siderealtime", Degrees(sky.LocalApparentSiderealTime) },
            { "utctime", night.Now },
            { "local_sun_position", Degrees(sky.Sun().Geometric.Altitude) },
            { "local_moon_alt", Degrees(sky.Moon().Geometric.Altitude) },
            { "local_moon_illumination", Math.Round(phase.Fraction, 4) },
            { "local_moon_phase", Math.Round(phase.PhaseAngle.Radians / Math.PI, 4) },
        };
        foreach (var (key, value) in Times()) fields.Add(key, value);
        return fields;
    }

    /// <summary>The times of the next rises and sets, computed once an hour: they hardly change, and a night has thousands of statuses.</summary>
    private OrderedFields Times()
    {
        if (_table is { } table && _tableAt is { } at && night.Now - at < TimeSpan.FromHours(1)) return table;
        _tableAt = night.Now;
        var almanac = new Almanac(night.Observatory.Site);
        return _table = new OrderedFields
        {
            { "local_evening_astro_time", almanac.Next(Body.Sun, Crossing.Setting, Almanac.AstronomicalTwilight, night.Now) },
            { "local_morning_astro_time", almanac.Next(Body.Sun, Crossing.Rising, Almanac.AstronomicalTwilight, night.Now) },
            { "local_sun_set_time", almanac.Next(Body.Sun, Crossing.Setting, Almanac.SunriseAltitude, night.Now) },
            { "local_sun_rise_time", almanac.Next(Body.Sun, Crossing.Rising, Almanac.SunriseAltitude, night.Now) },
        };
    }

    private static double Degrees(Angle angle) => Math.Round(angle.Degrees, 6);
}
