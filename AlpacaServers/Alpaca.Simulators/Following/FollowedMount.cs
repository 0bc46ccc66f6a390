using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Alpaca.Contract;
using Alpaca.Simulators.Mount;

namespace Alpaca.Simulators.Following;

/// <summary>
/// A mount that an emulator drives: its axes move as the emulator says, and the simulated cameras look where its tube really points, errors and all. What
/// the mount believes, its syncs and its clock, do not come into it.
/// </summary>
/// <remarks>
/// Messages: <c>{"mount": "CEM40", "alignment": "german", "errors": {"axis_azimuth": 5, "axis_altitude": 3, "cone": 4, "periodic_amplitude": 12, "periodic_period": 480}}</c>
/// once (arcminutes, arcseconds, seconds; see <see cref="MountErrors"/>), then <c>{"plan": [{"since": "2026-11-21T10:00:00.0000000Z", "primary": 0, "secondary": 0,
/// "primary_rate": 0, "secondary_rate": 0}, ...]}</c>: from the first leg's time on, the axes (degrees, as <see cref="MountGeometry"/> counts them) turn at these
/// rates (degrees per second), each leg until the next begins.
/// </remarks>
public sealed class FollowedMount : ITruth, ITube
{
    private const int Kept = 2048;

    private readonly double _latitude;
    private State _state;

    /// <param name="latitude">True latitude of the site, degrees.</param>
    public FollowedMount(double latitude)
    {
        _latitude = latitude;
        _state = new State(new MountGeometry(AlignmentMode.GermanPolar, latitude), MountErrors.None, []);
    }

    private sealed record Leg(DateTimeOffset Since, Axes Axes, Axes Rates)
    {
        public Axes At(DateTimeOffset time) => time <= Since ? Axes : Axes + ((time - Since).TotalSeconds * Rates);
    }

    private sealed record State(MountGeometry Geometry, MountErrors Errors, ImmutableList<Leg> Legs);

    /// <summary>True once it is known where the mount points.</summary>
    public bool IsKnown => !Volatile.Read(ref _state).Legs.IsEmpty;

    Orientation ITube.Orient(DateTimeOffset time)
    {
        var state = Volatile.Read(ref _state);
        var axes = LegAt(state.Legs, time)?.At(time) ?? default;
        return state.Geometry.Orient(axes + new Axes(state.Errors.PeriodicAt(axes.Primary), 0), state.Errors, _latitude);
    }

    /// <inheritdoc/>
    public void Take(JsonElement message)
    {
        if (message.ValueKind != JsonValueKind.Object)
            throw new FormatException("A message about a mount is an object.");
        if (message.TryGetProperty("mount", out _))
            Change(state => state with { Geometry = new MountGeometry(AlignmentOf(message), _latitude), Errors = ErrorsOf(message) });
        else if (message.TryGetProperty("plan", out var plan) && plan.ValueKind == JsonValueKind.Array && plan.GetArrayLength() > 0)
            Follow([.. plan.EnumerateArray().Select(Read)]);
        else
            throw new FormatException("A message about a mount says either \"mount\" or \"plan\".");
    }

    private static Leg? LegAt(ImmutableList<Leg> legs, DateTimeOffset time)
    {
        for (var i = legs.Count - 1; i >= 0; i--)
        {
            if (legs[i].Since <= time)
                return legs[i];
        }

        return legs.IsEmpty ? null : legs[0];
    }

    private static AlignmentMode AlignmentOf(JsonElement message) => message.TryGetProperty("alignment", out var alignment) ? alignment.GetString() switch
    {
        "german" => AlignmentMode.GermanPolar,
        "fork" => AlignmentMode.Polar,
        "altaz" => AlignmentMode.AltAz,
        var other => throw new FormatException($"There is no alignment \"{other}\"; german, fork or altaz."),
    }
    : AlignmentMode.GermanPolar;

    private static MountErrors ErrorsOf(JsonElement message)
    {
        var none = MountErrors.None;
        return !message.TryGetProperty("errors", out var errors) ? none : new MountErrors
        {
            AxisAzimuth = Number(errors, "axis_azimuth") ?? 0,
            AxisAltitude = Number(errors, "axis_altitude") ?? 0,
            Cone = Number(errors, "cone") ?? 0,
            PeriodicAmplitude = Number(errors, "periodic_amplitude") ?? 0,
            PeriodicPeriod = Number(errors, "periodic_period") ?? none.PeriodicPeriod,
        };
    }

    private static Leg Read(JsonElement leg)
    {
        double Needed(string name) => Number(leg, name) ?? throw new FormatException($"A leg of the plan lacks \"{name}\".");
        if (!leg.TryGetProperty("since", out var since)
            || !DateTimeOffset.TryParse(since.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
        {
            throw new FormatException("A leg of the plan has a UTC time \"since\".");
        }

        return new Leg(time, new Axes(Needed("primary"), Needed("secondary")), new Axes(Needed("primary_rate"), Needed("secondary_rate")));
    }

    private static double? Number(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && double.IsFinite(value.GetDouble()) ? value.GetDouble() : null;

    private void Follow(Leg[] plan) => Change(state =>
    {
        var before = state.Legs.RemoveAll(l => l.Since >= plan[0].Since);
        var legs = before.AddRange(plan.OrderBy(l => l.Since));
        return state with { Legs = legs.Count <= Kept ? legs : legs.RemoveRange(0, legs.Count - (Kept / 2)) };
    });

    private void Change(Func<State, State> change)
    {
        State seen;
        do
            seen = Volatile.Read(ref _state);
        while (Interlocked.CompareExchange(ref _state, change(seen), seen) != seen);
    }
}
