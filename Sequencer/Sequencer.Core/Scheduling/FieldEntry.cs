using Alpaca.Astronomy;
using Sequencer.Core.Configuration;
using Sequencer.Core.Configuration.Schema;
using Sequencer.Core.Configuration.Sections;

namespace Sequencer.Core.Scheduling;

/// <summary>One entry of the target list as it is written.</summary>
internal sealed record FieldEntry
{
    public FieldPart Field { get; init; } = new();

    public ObservationPart Observation { get; init; } = new();

    public static Section<FieldEntry> Section(TimeSpan defaultExposure) => new Section<FieldEntry>("A target.", new() { Observation = new() { ExposureTimes = [defaultExposure] } })
        .Key("field", FieldPart.Section, o => o.Field, (o, v) => o with { Field = v }, "Where to point.", required: true)
        .Key("observation", ObservationPart.Section(defaultExposure), o => o.Observation, (o, v) => o with { Observation = v }, "What to take.");

    /// <summary>The observation, with its rules built.</summary>
    /// <exception cref="InvalidObservationException">It cannot be carried out.</exception>
    /// <exception cref="ConfigurationException">A rule of its own has impossible options.</exception>
    public Observation ToObservation(ConstraintCatalogue catalogue, Action<string> warn)
    {
        var part = Observation;
        if (part.ExposureTimes.Count > 1 && !part.Compound)
            throw new InvalidObservationException("several exposure times need 'type: compound'");
        if (part.Compound && !part.ExposureTimesGiven)
            throw new InvalidObservationException("a compound observation needs its list of exptime");
        var plan = new ObservationPlan
        {
            Priority = part.Priority,
            ExposureTimes = part.ExposureTimes,
            MinExposures = part.MinExposures,
            SetSize = part.SetSize,
            FilterName = part.FilterName,
            Dark = part.Dark,
            Tags = part.Tags,
            Constraints = catalogue.Build(part.Constraints, warn),
        };
        return new Observation(new Field(Field.Name, Field.Position) { Equinox = Field.Equinox }, plan)
        {
            Entry = Section(TimeSpan.Zero).Write(this)!.ToJsonString(),
        };
    }
}

/// <summary>The <c>field</c> half of an entry.</summary>
internal sealed record FieldPart
{
    public string Name { get; init; } = "";

    public SkyPosition Position { get; init; }

    public string Equinox { get; init; } = "J2000";

    public static Section<FieldPart> Section { get; } = new Section<FieldPart>("Where to point.", new())
        .Key("name", Kinds.Word, o => o.Name, (o, v) => o with { Name = v }, "Display name; folders are named after it.", required: true)
        .Key("position", new PositionKind(), o => o.Position, (o, v) => o with { Position = v }, "ICRS position such as 05h35m17.3s -05d23m28s or 83.82deg -5.39deg.", required: true)
        .Key("equinox", Kinds.Word, o => o.Equinox, (o, v) => o with { Equinox = v }, "Written to records; positions are ICRS (J2000).")
        .Key("type", new TypeKind("field"), o => "Field", (o, v) => o, "Class of the field: Field.");
}

/// <summary>The <c>observation</c> half of an entry.</summary>
internal sealed record ObservationPart
{
    public double Priority { get; init; } = 100;

    public IReadOnlyList<TimeSpan> ExposureTimes { get; init; } = [];

    public bool ExposureTimesGiven { get; init; }

    public int MinExposures { get; init; } = 60;

    public int SetSize { get; init; } = 10;

    public string? FilterName { get; init; }

    public bool Dark { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public IReadOnlyList<ConstraintOptions> Constraints { get; init; } = [];

    public bool Compound { get; init; }

    public static Section<ObservationPart> Section(TimeSpan defaultExposure) => new Section<ObservationPart>("What to take.", new() { ExposureTimes = [defaultExposure] })
        .Key("priority", new QuantityKind(Unit.None), o => o.Priority, (o, v) => o with { Priority = v }, "Importance above 0; higher wins.")
        .Key("exptime", new ListKind<TimeSpan>(new ExposureTimeKind(), orOne: true), o => o.ExposureTimes, (o, v) => o with { ExposureTimes = v, ExposureTimesGiven = true }, "Seconds, or a fraction such as 1/4; a list for type compound.")
        .Key("min_nexp", new WholeKind(), o => o.MinExposures, (o, v) => o with { MinExposures = v }, "Exposures of a full visit; a multiple of exp_set_size.")
        .Key("exp_set_size", new WholeKind(), o => o.SetSize, (o, v) => o with { SetSize = v }, "Exposures of a set.")
        .Key("filter_name", Kinds.Word, o => o.FilterName, (o, v) => o with { FilterName = v }, "Filter, by the beginning of its name.")
        .Key("dark", Kinds.Flag, o => o.Dark, (o, v) => o with { Dark = v }, "Keep the shutter closed.")
        .Key("tags", new ListKind<string>(Kinds.Word), o => o.Tags, (o, v) => o with { Tags = v }, "Words for records and the FITS header.")
        .Key("constraints", new ListKind<ConstraintOptions>(new ConstraintKind()), o => o.Constraints, (o, v) => o with { Constraints = v }, "Rules for this target beside the global ones.")
        .Key("type", new TypeKind("observation", "compound"), o => o.Compound ? "compound" : "Observation", (o, v) => o with { Compound = v == "compound" }, "Observation, or compound for several exposure times in turn.");
}
