using System.Globalization;
using Alpaca.Astronomy;
using Sequencer.Core.Scheduling;

namespace Sequencer.Core.Tests.Scheduling;

/// <summary>The targets and the site of the published reference numbers (made with an independent low-precision ephemeris).</summary>
internal static class ReferenceTargets
{
    public static Site MaunaLoa { get; } = Site.FromDegrees("Mauna Loa Observatory", 19.54, -155.58, 3400);

    public static NightSky Sky { get; } = new(MaunaLoa);

    /// <summary>Fresh observations: HD 189733, HD 209458, Tres 3, M5, KIC 8462852, Wasp 33, M42, M44.</summary>
    public static List<Observation> All() =>
    [
        Make("HD 189733", "20h00m43.7135s +22d42m39.0645s"),
        Make("HD 209458", "22h03m10.7721s +18d53m03.543s"),
        Make("Tres 3", "17h52m07.02s +37d32m46.2012s", minimum: 240, set: 15),
        Make("M5", "15h18m33.2201s +02d04m51.7008s", priority: 50),
        Make("KIC 8462852", "20h06m15.4536s +44d27m24.75s", priority: 50, exposure: 60, minimum: 45, set: 15),
        Make("Wasp 33", "02h26m51.0582s +37d33m01.733s"),
        Make("M42", "05h35m17.2992s -05d23m27.996s", priority: 25, exposure: 240),
        Make("M44", "08h40m24s +19d40m00.12s", priority: 50),
    ];

    public static Observation Make(string name, string position, double priority = 100, double exposure = 120, int minimum = 60, int set = 10, params IConstraint[] constraints) =>
        new(new Field(name, SkyPosition.Parse(position)), new()
        {
            Priority = priority,
            ExposureTimes = [TimeSpan.FromSeconds(exposure)],
            MinExposures = minimum,
            SetSize = set,
            Constraints = constraints,
        });

    public static DispatchScheduler Scheduler(params IConstraint[] constraints) => Scheduler(All, constraints);

    public static DispatchScheduler Scheduler(Func<IReadOnlyList<Observation>> read, params IConstraint[] constraints) =>
        new(new() { Constraints = constraints.Length > 0 ? constraints : [new MoonAvoidanceConstraint(), new DurationConstraint(30)] }, Sky, read);

    public static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    public static SchedulingMoment Moment(string utc, INightSky? sky = null, IReadOnlyList<ObservedVisit>? observed = null)
    {
        sky ??= Sky;
        var now = Utc(utc);
        return new() { Now = now, Sky = sky, EndOfNight = sky.NextSunRise(-18, now) ?? now.AddDays(1), Observed = observed ?? [] };
    }
}
