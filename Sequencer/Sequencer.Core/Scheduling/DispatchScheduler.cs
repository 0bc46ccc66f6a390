using System.Globalization;
using Sequencer.Core.Configuration;

namespace Sequencer.Core.Scheduling;

/// <summary>
/// Chooses what to observe now: every rule judges every target, one veto rules a target out, the scores add up and are multiplied by the priority, the highest merit
/// wins. It holds the target list, the current target and the visits of the night. One caller at a time.
/// </summary>
public sealed class DispatchScheduler
{
    private readonly SchedulingRules _rules;
    private readonly INightSky _sky;
    private readonly Func<IReadOnlyList<Observation>> _read;
    private readonly List<Observation> _observations = [];
    private readonly List<ObservedVisit> _observed = [];
    private readonly Dictionary<string, DateTimeOffset> _aside = [];
    private TimeSpan _overhead;

    /// <summary>Makes a scheduler; the target list is read at the first use.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="sky">The sky above the site.</param>
    /// <param name="read">Reads the target list, usually <see cref="FieldsFile.Read"/>.</param>
    public DispatchScheduler(SchedulingRules rules, INightSky sky, Func<IReadOnlyList<Observation>> read)
    {
        ArgumentNullException.ThrowIfNull(rules);
        _rules = rules;
        _sky = sky;
        _read = read;
        _overhead = rules.Overhead;
    }

    /// <summary>The scheduler of an observatory: its rules, its sky and its target list.</summary>
    /// <param name="configuration">The observatory.</param>
    /// <param name="warn">Takes a sentence for everything that is skipped.</param>
    /// <param name="targets">Reads the targets from elsewhere than the configured list; null for that list.</param>
    /// <exception cref="ConfigurationException">A rule has impossible options.</exception>
    public static DispatchScheduler For(ObservatoryConfiguration configuration, Action<string> warn, Func<IReadOnlyList<Observation>>? targets = null)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var catalogue = new ConstraintCatalogue(configuration.Location);
        var readout = configuration.Cameras.Devices.Select(camera => camera.ReadoutTime ?? configuration.Cameras.Defaults.ReadoutTime)
            .DefaultIfEmpty(configuration.Cameras.Defaults.ReadoutTime).Max();
        var rules = new SchedulingRules
        {
            Constraints = catalogue.Build(configuration.Scheduler.Constraints, warn),
            ObserveHorizonDegrees = configuration.Location.ObserveHorizonDegrees,
            HorizonDegrees = configuration.Location.HorizonDegrees,
            Hysteresis = configuration.Scheduler.Hysteresis,
            Overhead = readout + configuration.Scheduler.SettleTime,
            RereadEveryTime = configuration.Scheduler.CheckFile,
        };
        var fields = new FieldsFile(Path.Combine(configuration.Directories.Fields, configuration.Scheduler.FieldsFile), configuration.Cameras.Defaults.Exptime, catalogue, warn);
        return new DispatchScheduler(rules, new NightSky(configuration.Location.Site()), targets ?? fields.Read);
    }

    /// <summary>The target list by name, in the order of the file.</summary>
    public IReadOnlyList<Observation> Observations => _observations;

    /// <summary>True when there is any target to choose from.</summary>
    public bool HasValidObservations => _observations.Count > 0;

    /// <summary>What is being observed; null when nothing is.</summary>
    public Observation? CurrentObservation { get; private set; }

    /// <summary>The visits of this night, oldest first.</summary>
    public IReadOnlyList<ObservedVisit> ObservedList => _observed;

    /// <summary>Time between exposures that visits are planned with.</summary>
    public TimeSpan Overhead => _overhead;

    /// <summary>The target of that name, or null.</summary>
    public Observation? Find(string name) => _observations.FirstOrDefault(observation => observation.Name == name);

    /// <summary>Reads the target list; what is current stays current. A target whose entry is unchanged keeps its object, hence its exposures and pointing image.</summary>
    public void ReadObservations()
    {
        var fresh = _read();
        var merged = fresh.Select(observation => Find(observation.Name) is { } old && old.SameEntryAs(observation) ? old : observation).ToList();
        _observations.Clear();
        foreach (var observation in merged)
            Add(observation);
    }

    /// <summary>Adds a target; one of the same name is replaced.</summary>
    public void Add(Observation observation)
    {
        ArgumentNullException.ThrowIfNull(observation);
        var index = _observations.FindIndex(other => other.Name == observation.Name);
        if (index < 0)
            _observations.Add(observation);
        else
            _observations[index] = observation;
    }

    /// <summary>Removes a target; an unknown name does nothing.</summary>
    public void Remove(string name) => _observations.RemoveAll(observation => observation.Name == name);

    /// <summary>Forgets the current target and the whole list; the next choice reads it again.</summary>
    public void ClearAvailableObservations(DateTimeOffset now)
    {
        SetCurrentObservation(null, now);
        _observations.Clear();
    }

    /// <summary>
    /// Makes a target current. Coming from another one or from none begins a visit: it is stamped and listed. Leaving one resets it. The same name again is the same
    /// visit, and nothing is stamped.
    /// </summary>
    public void SetCurrentObservation(Observation? observation, DateTimeOffset now)
    {
        var previous = CurrentObservation;
        if (previous is not null && observation is not null && previous.Name == observation.Name)
        {
            if (!ReferenceEquals(previous, observation))
                observation.SeqTime ??= previous.SeqTime;
            CurrentObservation = observation;
            return;
        }
        if (previous is not null)
        {
            NoteCompletion();
            previous.Reset();
        }
        CurrentObservation = observation;
        if (observation is null)
            return;
        observation.SeqTime = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture);
        _observed.Add(new(observation.SeqTime, observation));
    }

    /// <summary>Forgets the visits of the night.</summary>
    public void ResetObservedList() => _observed.Clear();

    /// <summary>Learns from a measured cadence how long the gap between exposures really is.</summary>
    /// <param name="exposure">Mean length of the exposures of a visit.</param>
    /// <param name="cadence">What each of them took, with all that came between.</param>
    public void NoteCadence(TimeSpan exposure, TimeSpan cadence)
    {
        if (cadence < exposure)
            return;
        // An average over about five visits: one slow visit does not shift the plan, a slow camera does.
        _overhead += (cadence - exposure - _overhead) / 5;
    }

    /// <summary>When the Sun rises through the observing horizon: tonight's end, or by day the next night's.</summary>
    public DateTimeOffset EndOfNight(DateTimeOffset now) => _sky.NextSunRise(_rules.ObserveHorizonDegrees, now) ?? now + TimeSpan.FromDays(1);

    /// <summary>Chooses the target for now and makes it current.</summary>
    /// <param name="now">The time of the choice.</param>
    /// <param name="reread">Read the target list first; it is read anyway when it is empty or when the rules say so.</param>
    /// <param name="constraints">Rules in place of the global ones; null for those.</param>
    /// <returns>The choice; <see cref="SchedulingDecision.Selected"/> is null when nothing can be observed.</returns>
    public SchedulingDecision GetObservation(DateTimeOffset now, bool reread = false, IReadOnlyList<IConstraint>? constraints = null)
    {
        if (reread || _rules.RereadEveryTime || _observations.Count == 0)
            ReadObservations();
        NoteCompletion();
        var decision = Decide(now, constraints ?? _rules.Constraints);
        SetCurrentObservation(decision.Selected, now);
        if (decision.Selected is { } chosen)
            chosen.Merit = decision.Merit;
        return decision;
    }

    /// <summary>Leaves a target out of every choice for a while: it could not be pointed at, and trying again at once would fail again.</summary>
    /// <param name="name">The target.</param>
    /// <param name="until">Until when.</param>
    public void SetAside(string name, DateTimeOffset until) => _aside[name] = until;

    /// <summary>What would be chosen now, without choosing it.</summary>
    /// <param name="now">The time of the question.</param>
    public SchedulingDecision Consider(DateTimeOffset now)
    {
        if (_rules.RereadEveryTime || _observations.Count == 0)
            ReadObservations();
        return Decide(now, _rules.Constraints);
    }

    private SchedulingDecision Decide(DateTimeOffset now, IReadOnlyList<IConstraint> constraints)
    {
        var moment = new SchedulingMoment { Now = now, Sky = _sky, EndOfNight = EndOfNight(now), Overhead = _overhead, Observed = _observed };
        var vetoes = new Dictionary<string, string>();
        var ranking = new List<RankedObservation>();
        foreach (var observation in _observations)
        {
            if (_aside.TryGetValue(observation.Name, out var until) && now < until)
                vetoes[observation.Name] = string.Create(CultureInfo.InvariantCulture, $"set aside until {until.UtcDateTime:HH:mm} UTC");
            else if (Judge(moment, observation, constraints, out var merit) is { } veto)
                vetoes[observation.Name] = veto;
            else
                ranking.Add(new(observation, merit));
        }
        // On equal merit the entry later in the list ranks first.
        ranking.Reverse();
        ranking = [.. ranking.OrderByDescending(ranked => ranked.Merit)];
        var (selected, kept) = Choose(moment, ranking);
        return new()
        {
            Time = now,
            Selected = selected?.Observation,
            Merit = selected?.Merit ?? 0,
            Kept = kept,
            Ranking = ranking,
            Vetoes = vetoes,
        };
    }

    private (RankedObservation? Selected, bool Kept) Choose(SchedulingMoment moment, List<RankedObservation> ranking)
    {
        if (ranking.Count == 0)
            return CurrentObservation is { } last && CanGoOn(moment, last) ? (new(last, last.Merit), true) : (null, false);
        var best = ranking[0];
        if (CurrentObservation is not { } current || best.Name == current.Name)
            return (best, false);
        // The merit of the current one is what it is worth now, not what it was worth when it was chosen.
        var ofCurrent = ranking.Find(ranked => ranked.Name == current.Name);
        return ofCurrent is not null && CanGoOn(moment, current) && best.Merit <= ofCurrent.Merit * (1 + _rules.Hysteresis) ? (ofCurrent, true) : (best, false);
    }

    /// <summary>Whether one more set of the current target fits in before it sinks or the night ends.</summary>
    private bool CanGoOn(SchedulingMoment moment, Observation observation)
    {
        var end = moment.Now + observation.SetDurationWith(_overhead);
        return end < moment.EndOfNight && _sky.Horizontal(observation.Field, end).Altitude.Degrees >= _rules.HorizonDegrees;
    }

    private static string? Judge(SchedulingMoment moment, Observation observation, IReadOnlyList<IConstraint> constraints, out double merit)
    {
        merit = 0;
        foreach (var constraint in constraints.Concat(observation.Plan.Constraints))
        {
            var score = constraint.Judge(moment, observation);
            if (score.Veto is { } veto)
                return $"{constraint.Name}: {veto}";
            merit += score.Score;
        }
        merit *= observation.Priority;
        return null;
    }

    private void NoteCompletion()
    {
        if (CurrentObservation is { } current && _observed.FindLast(visit => visit.Name == current.Name) is { } visit && current.SetIsFinished)
            visit.Completed = true;
    }
}
