using Sequencer.Core.Configuration;
using Sequencer.Core.Configuration.Schema;
using Sequencer.Core.Configuration.Sections;

namespace Sequencer.Core.Scheduling;

/// <summary>Makes rules from their names and options, for the observatory's list and for a single target's.</summary>
/// <param name="location">The site, whose horizon is the default of some options.</param>
public sealed class ConstraintCatalogue(LocationOptions location)
{
    private static readonly QuantityKind Weight = new(Unit.None, 0);
    private static readonly QuantityKind Number = new(Unit.None);

    /// <summary>The names of the rules.</summary>
    public static IReadOnlyList<string> Names { get; } = ["Altitude", "Duration", "MoonAvoidance", "AlreadyVisited", "TimeWindow", "SunAvoidance"];

    /// <summary>Makes rules; an unknown name is skipped with a warning.</summary>
    /// <param name="list">Names and options.</param>
    /// <param name="warn">Takes a sentence for every rule skipped.</param>
    /// <exception cref="ConfigurationException">An option is unknown or impossible.</exception>
    public IReadOnlyList<IConstraint> Build(IEnumerable<ConstraintOptions> list, Action<string> warn)
    {
        ArgumentNullException.ThrowIfNull(list);
        var constraints = new List<IConstraint>();
        foreach (var options in list)
        {
            if (Build(options) is { } constraint)
                constraints.Add(constraint);
            else
                warn($"{options.Source}:{options.Line}: there is no constraint '{options.Name}', skipped: {Nearest.Suggestion(options.Name, Names)}");
        }
        return constraints;
    }

    private IConstraint? Build(ConstraintOptions options)
    {
        var name = options.Name[(options.Name.LastIndexOf('.') + 1)..];
        return name switch
        {
            "Altitude" => Made(options, Altitude(), o => new AltitudeConstraint(new HorizonLine(o.Horizon, o.Obstructions), o.Weight)),
            "Duration" => Made(options, Duration(), o => new DurationConstraint(o.Horizon, o.Margin, o.Weight)),
            "MoonAvoidance" => Made(options, Moon(), o => new MoonAvoidanceConstraint(o.Separation, o.Weight)),
            "AlreadyVisited" => Made(options, Visited(), o => new AlreadyVisitedConstraint(o.Interrupted, o.DefaultScore, o.Weight)),
            "TimeWindow" => Made(options, Window(), o => new TimeWindowConstraint(o.Start, o.End, o.Weight, o.DefaultScore)),
            "SunAvoidance" => Made(options, Sun(), o => new SunAvoidanceConstraint(o.Separation, o.Weight)),
            _ => null,
        };
    }

    private static IConstraint Made(ConstraintOptions options, Section<Settings> section, Func<Settings, IConstraint> make)
    {
        var problems = new Problems();
        var node = options.Options ?? new MapNode(options.Source, options.Line, []);
        return section.TryRead(node, options.Name, problems, out var settings) ? make(settings) : throw new ConfigurationException(problems.List);
    }

    private Section<Settings> Altitude() => Common("Altitude", new() { Horizon = location.HorizonDegrees, Obstructions = location.Obstructions })
        .Key("horizon", Kinds.Degrees(-90, 90), o => o.Horizon, (o, v) => o with { Horizon = v }, "Lowest altitude; the site's when absent.")
        .Key("obstructions", ObstructionKind.List, o => o.Obstructions, (o, v) => o with { Obstructions = v }, "Trees and walls; the site's when absent.");

    private Section<Settings> Duration() => Common("Duration", new() { Horizon = location.HorizonDegrees })
        .Key("horizon", Kinds.Degrees(-90, 90), o => o.Horizon, (o, v) => o with { Horizon = v }, "It must stay above this; the site's when absent.")
        .Key("meridian_margin", new DurationKind(Unit.Hour, 0, 6), o => o.Margin, (o, v) => o with { Margin = v }, "How long past the meridian the mount may go on.");

    private static Section<Settings> Moon() => Common("MoonAvoidance", new() { Separation = 15 })
        .Key("separation", Kinds.Degrees(0, 180), o => o.Separation, (o, v) => o with { Separation = v }, "Smallest allowed distance from the Moon.");

    private static Section<Settings> Visited() => Common("AlreadyVisited", new())
        .Key("interrupted_visits", new WholeKind(0, 1000), o => o.Interrupted, (o, v) => o with { Interrupted = v }, "Visits cut short that do not count.");

    private static Section<Settings> Sun() => Common("SunAvoidance", new() { Separation = 10 })
        .Key("min_separation", Kinds.Degrees(0, 180), o => o.Separation, (o, v) => o with { Separation = v }, "Smallest allowed distance from the Sun.");

    private static Section<Settings> Window() => Common("TimeWindow", new() { Weight = 100 })
        .Key("start_time", new TimeKind(), o => o.Start, (o, v) => o with { Start = v }, "First instant, UTC unless it says otherwise.", required: true)
        .Key("end_time", new TimeKind(), o => o.End, (o, v) => o with { End = v }, "Last instant, UTC unless it says otherwise.", required: true)
        .Check(o => o.End > o.Start ? null : new("end_time", "end_time must be after start_time"));

    private static Section<Settings> Common(string name, Settings defaults) => new Section<Settings>($"Options of {name}.", defaults)
        .Key("weight", Weight, o => o.Weight, (o, v) => o with { Weight = v }, "Factor of the score.")
        .Key("default_score", Number, o => o.DefaultScore, (o, v) => o with { DefaultScore = v }, "Score where the rule has nothing to say.");

    /// <summary>The options of all rules; each declares those it has.</summary>
    private sealed record Settings
    {
        public double Weight { get; init; } = 1;

        public double DefaultScore { get; init; }

        public double Horizon { get; init; }

        public IReadOnlyList<IReadOnlyList<HorizonPoint>> Obstructions { get; init; } = [];

        public double Separation { get; init; }

        public TimeSpan Margin { get; init; }

        public int Interrupted { get; init; }

        public DateTimeOffset Start { get; init; }

        public DateTimeOffset End { get; init; }
    }
}
