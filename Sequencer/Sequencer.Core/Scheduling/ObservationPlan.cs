using System.Globalization;

namespace Sequencer.Core.Scheduling;

/// <summary>What to take of a field.</summary>
public sealed record ObservationPlan
{
    /// <summary>Importance, above zero; higher wins.</summary>
    public double Priority { get; init; } = 100;

    /// <summary>Exposure times in order; several are taken in turn. At least one; zero is a bias.</summary>
    public IReadOnlyList<TimeSpan> ExposureTimes { get; init; } = [TimeSpan.FromSeconds(120)];

    /// <summary>Exposures of a full visit: a multiple of <see cref="SetSize"/>.</summary>
    public int MinExposures { get; init; } = 60;

    /// <summary>Exposures are taken in sets of this many.</summary>
    public int SetSize { get; init; } = 10;

    /// <summary>Filter, by the beginning of its name; null leaves the wheel.</summary>
    public string? FilterName { get; init; }

    /// <summary>Keep the shutter closed.</summary>
    public bool Dark { get; init; }

    /// <summary>Words that go into records and the FITS header.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Rules for this target beside the global ones.</summary>
    public IReadOnlyList<IConstraint> Constraints { get; init; } = [];

    /// <summary>Exposure time of the n-th exposure, counted from 0.</summary>
    public TimeSpan ExposureTimeOf(int number) => ExposureTimes[number % ExposureTimes.Count];

    /// <summary>Sum of <paramref name="count"/> exposures from the n-th on.</summary>
    public TimeSpan ExposureTime(int first, int count) =>
        TimeSpan.FromTicks(Enumerable.Range(first, count).Sum(number => ExposureTimeOf(number).Ticks));

    /// <summary>Refuses what cannot be carried out.</summary>
    /// <exception cref="InvalidObservationException">With what to change.</exception>
    internal void Check(string name)
    {
        if (!(Priority > 0) || !double.IsFinite(Priority))
            throw Invalid($"priority must be above 0, not {Priority}");
        if (ExposureTimes.Count == 0)
            throw Invalid($"exptime is missing");
        if (ExposureTimes.Any(time => time < TimeSpan.Zero))
            throw Invalid($"exptime must not be negative");
        if (SetSize < 1)
            throw Invalid($"exp_set_size must be at least 1, not {SetSize}");
        if (MinExposures < 1)
            throw Invalid($"min_nexp must be at least 1, not {MinExposures}");
        if (MinExposures % SetSize != 0)
            throw Invalid($"min_nexp ({MinExposures}) must be a multiple of exp_set_size ({SetSize})");

        InvalidObservationException Invalid(FormattableString text) => new($"{name}: {text.ToString(CultureInfo.InvariantCulture)}");
    }
}
