using System.Globalization;

namespace Sequencer.Core.Scheduling;

/// <summary>What to take of a field, and what has been taken of it tonight.</summary>
public sealed class Observation
{
    private readonly Dictionary<string, List<Exposure>> _exposures = [];
    private readonly List<KeyValuePair<string, string>> _pointingImages = [];

    /// <summary>Makes an observation.</summary>
    /// <param name="field">Where to point.</param>
    /// <param name="plan">What to take.</param>
    /// <exception cref="InvalidObservationException">The plan cannot be carried out as written.</exception>
    public Observation(Field field, ObservationPlan plan)
    {
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(plan);
        plan.Check(field.Name);
        Field = field;
        Plan = plan;
    }

    /// <summary>Where to point.</summary>
    public Field Field { get; }

    /// <summary>What to take.</summary>
    public ObservationPlan Plan { get; }

    /// <summary>The entry of the target list it was made from, in a canonical form; null when made in code.</summary>
    public string? Entry { get; init; }

    /// <summary>The name of the field: the key of the observation.</summary>
    public string Name => Field.Name;

    /// <summary>Importance; merit is multiplied by it.</summary>
    public double Priority => Plan.Priority;

    /// <summary>Exposures of a full visit.</summary>
    public int MinExposures => Plan.MinExposures;

    /// <summary>Exposures are taken in sets of this many.</summary>
    public int SetSize => Plan.SetSize;

    /// <summary>Merit when it was last selected; 0 before.</summary>
    public double Merit { get; set; }

    /// <summary>When the present visit began, as flat UTC (<c>20160813T100000</c>); null when there is none.</summary>
    public string? SeqTime { get; internal set; }

    /// <summary>Pure exposure time of a full visit, without overheads.</summary>
    public TimeSpan MinimumDuration => Plan.ExposureTime(0, MinExposures);

    /// <summary>Pure exposure time of one set, without overheads.</summary>
    public TimeSpan SetDuration => Plan.ExposureTime(0, SetSize);

    /// <summary>How long a full visit takes on the clock.</summary>
    /// <param name="overhead">Time between the end of an exposure and the start of the next.</param>
    public TimeSpan VisitDuration(TimeSpan overhead) => MinimumDuration + (overhead * MinExposures);

    /// <summary>How long one set takes on the clock.</summary>
    /// <param name="overhead">Time between the end of an exposure and the start of the next.</param>
    public TimeSpan SetDurationWith(TimeSpan overhead) => SetDuration + (overhead * SetSize);

    /// <summary>Exposures taken in this visit: the most that any camera has.</summary>
    public int CurrentExposureNumber => _exposures.Count == 0 ? 0 : _exposures.Values.Max(list => list.Count);

    /// <summary>True when at least the minimum has been taken, and whole sets of it.</summary>
    public bool SetIsFinished => CurrentExposureNumber >= MinExposures && CurrentExposureNumber % SetSize == 0;

    /// <summary>Length of the exposure to take next.</summary>
    public TimeSpan NextExposureTime => Plan.ExposureTimeOf(CurrentExposureNumber);

    /// <summary>Frames of this visit by camera name.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Exposure>> Exposures => _exposures.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<Exposure>)pair.Value);

    /// <summary>Solved pointing images, oldest first: image id and file. They survive <see cref="Reset"/>.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> PointingImages => _pointingImages;

    /// <summary>File of the newest pointing image; null when there is none.</summary>
    public string? PointingImage => _pointingImages.Count == 0 ? null : _pointingImages[^1].Value;

    /// <summary>The last frame of each camera; empty when there is none.</summary>
    public IReadOnlyDictionary<string, Exposure> LastExposure => Exposure(-1);

    /// <summary>Notes a frame. Pointing images are not exposures: see <see cref="AddPointingImage"/>.</summary>
    public void AddExposure(string camera, Exposure exposure)
    {
        ArgumentNullException.ThrowIfNull(exposure);
        if (!_exposures.TryGetValue(camera, out var list))
            _exposures[camera] = list = [];
        list.Add(exposure);
    }

    /// <summary>Notes a solved pointing image; the same id again replaces the file.</summary>
    public void AddPointingImage(string imageId, string path)
    {
        _pointingImages.RemoveAll(pair => pair.Key == imageId);
        _pointingImages.Add(new(imageId, path));
    }

    /// <summary>The n-th frame of each camera that has one.</summary>
    /// <param name="index">0 is the first, −1 the last.</param>
    public IReadOnlyDictionary<string, Exposure> Exposure(int index) => _exposures
        .Select(pair => (pair.Key, Position: index < 0 ? pair.Value.Count + index : index, pair.Value))
        .Where(item => item.Position >= 0 && item.Position < item.Value.Count)
        .ToDictionary(item => item.Key, item => item.Value[item.Position]);

    /// <summary>Forgets the visit: exposures, merit and start. Pointing images stay.</summary>
    public void Reset()
    {
        _exposures.Clear();
        Merit = 0;
        SeqTime = null;
    }

    /// <summary>Folder of its frames.</summary>
    /// <param name="images">Root of the images.</param>
    public string Directory(string images) => Path.Combine(images, Field.FieldName);

    /// <summary>The keys of the <c>observation</c> part of the status record, in order. Angles in degrees, times in seconds.</summary>
    public IReadOnlyList<KeyValuePair<string, object?>> Status() =>
    [
        new("current_exp", CurrentExposureNumber),
        new("dec_mnt", Field.DecDegrees),
        new("equinox", EquinoxYear()),
        new("exp_set_size", SetSize),
        new("exptime", NextExposureTime.TotalSeconds),
        new("field_name", Field.FieldName),
        new("merit", Merit),
        new("min_nexp", MinExposures),
        new("minimum_duration", MinimumDuration.TotalSeconds),
        new("priority", Priority),
        new("ra_mnt", Field.RaDegrees),
        new("seq_time", SeqTime),
        new("set_duration", SetDuration.TotalSeconds),
        new("dark", Plan.Dark),
        new("tags", Plan.Tags),
    ];

    /// <summary>Whether another observation was made from an entry that says the same.</summary>
    public bool SameEntryAs(Observation other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Entry is not null && Entry == other.Entry;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Name}: {string.Join("/", Plan.ExposureTimes.Select(time => time.TotalSeconds.ToString(CultureInfo.InvariantCulture)))} s exposures in blocks of {SetSize}, minimum {MinExposures}, priority {Priority}");

    private double EquinoxYear() =>
        double.TryParse(Field.Equinox.TrimStart('J', 'B'), NumberStyles.Float, CultureInfo.InvariantCulture, out var year) ? year : 2000.0;
}
