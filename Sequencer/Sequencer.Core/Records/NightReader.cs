namespace Sequencer.Core.Records;

/// <summary>Goes through the events of one night and adds them up.</summary>
internal sealed class NightReader(JournalEntry start)
{
    private readonly List<(DateTimeOffset Start, DateTimeOffset End)> _dark = [];
    private readonly List<(DateTimeOffset Start, string Cause)> _uses = [(start.Time, TimeUse.Other)];
    private readonly Dictionary<string, (DateTimeOffset Start, double Seconds)> _open = [];
    private readonly List<(DateTimeOffset Start, DateTimeOffset End)> _kept = [];
    private readonly Dictionary<string, int> _frames = [];
    private readonly List<string> _targets = [];
    private readonly List<PointingResult> _pointing = [];
    private readonly List<string> _warnings = [];
    private readonly List<string> _files = [];
    private DateTimeOffset _last = start.Time;
    private JournalEntry? _end;

    public void Read(JournalEntry entry)
    {
        if (_end is not null) return;
        if (entry.Time > _last) _last = entry.Time;
        switch (entry.Event)
        {
            case "night.dark" when entry.When("start") is { } from && entry.When("end") is { } to: AddDark(from, to); break;
            case "activity" when entry.Text("cause") is { } cause: _uses.Add((entry.Time, cause)); break;
            case "exposure.start": _open[entry.Text("camera") ?? ""] = (entry.Time, entry.Number("exptime") ?? 0); break;
            case "exposure.aborted": _open.Remove(entry.Text("camera") ?? ""); break;
            case "exposure.end": AddFrame(entry); break;
            case "frame.compressed" when entry.Text("from") is { } from && entry.Text("file") is { } file: Rename(from, file); break;
            case "solve" when entry.Text("target") is { } target: AddSolution(entry, target); break;
            case "warning" or "alarm" when entry.Text("message") is { } message: _warnings.Add(message); break;
            case "night.end": _end = entry; break;
        }
    }

    public NightSummary Summary()
    {
        if (_end is null) _warnings.Add("The journal ends in the middle of the night: the sequencer did not come to its end.");
        var uses = DarkSecondsByUse();
        var observed = uses.GetValueOrDefault(TimeUse.Observing);
        uses.Remove(TimeUse.Observing);
        return new NightSummary
        {
            Ended = _end is not null,
            Site = start.Text("site") ?? "",
            Date = start.Text("date") ?? "",
            Seed = start.Number("seed") is { } seed ? (long)seed : null,
            Rate = start.Number("rate"),
            VirtualSeconds = Seconds(_last - start.Time),
            DarkSeconds = (observed + uses.Values.Sum()) / 1000.0,
            ObservedSeconds = observed / 1000.0,
            LightFrames = _frames.Values.Sum(),
            Targets = [.. _targets.Select(name => new TargetFrames(name, _frames[name]))],
            Pointing = _pointing,
            Lost = new SortedDictionary<string, double>(uses.ToDictionary(use => use.Key, use => use.Value / 1000.0), StringComparer.Ordinal),
            Warnings = _warnings,
            Files = _files,
            EndedParked = _end?.Flag("parked") ?? false,
            EndedClosed = _end?.Flag("closed") ?? false,
        };
    }

    private static double Seconds(TimeSpan span) => Math.Round(span.TotalSeconds, 3);

    private void AddDark(DateTimeOffset from, DateTimeOffset to)
    {
        // A restart announces the same night again.
        if (!_dark.Exists(known => from < known.End && to > known.Start)) _dark.Add((from, to));
    }

    private void AddFrame(JournalEntry entry)
    {
        if (entry.Text("file") is { } file) _files.Add(file);
        if (_open.Remove(entry.Text("camera") ?? "", out var exposure))
        {
            var end = exposure.Start + TimeSpan.FromSeconds(exposure.Seconds);
            _kept.Add((exposure.Start, end < entry.Time ? end : entry.Time));
        }

        if (entry.Text("kind") != "light" || entry.Text("target") is not { } target) return;
        if (_frames.TryAdd(target, 0)) _targets.Add(target);
        _frames[target]++;
    }

    private void Rename(string from, string to)
    {
        var index = _files.IndexOf(from);
        if (index >= 0) _files[index] = to;
    }

    private void AddSolution(JournalEntry entry, string target)
    {
        var offset = entry.Number("offsetArcsec");
        switch (entry.Text("phase"))
        {
            case "before": _pointing.Add(new PointingResult(target, offset, entry.Flag("accepted") == true ? offset : null)); break;
            case "after" when _pointing.Count > 0 && _pointing[^1].Target == target: _pointing[^1] = _pointing[^1] with { AfterArcsec = offset }; break;
        }
    }

    /// <summary>Milliseconds, whole, so that the parts add up to the whole exactly.</summary>
    private Dictionary<string, long> DarkSecondsByUse()
    {
        var kept = Union(_kept);
        var sums = new Dictionary<string, long>();
        for (var i = 0; i < _uses.Count; i++)
        {
            var (from, cause) = _uses[i];
            var to = i + 1 < _uses.Count ? _uses[i + 1].Start : _last;
            foreach (var night in _dark)
            {
                var dark = Clip((from, to), night);
                var whole = Milliseconds(dark);
                if (cause != TimeUse.Observing)
                {
                    Add(cause, whole);
                    continue;
                }

                var observed = kept.Sum(exposure => Milliseconds(Clip(exposure, dark)));
                Add(TimeUse.Observing, observed);
                Add(TimeUse.Aborted, whole - observed);
            }
        }

        return sums;

        void Add(string use, long milliseconds)
        {
            if (milliseconds > 0) sums[use] = sums.GetValueOrDefault(use) + milliseconds;
        }
    }

    /// <summary>The same stretches without overlaps: two cameras that expose together observe once.</summary>
    private static List<(DateTimeOffset Start, DateTimeOffset End)> Union(IEnumerable<(DateTimeOffset Start, DateTimeOffset End)> stretches)
    {
        var union = new List<(DateTimeOffset Start, DateTimeOffset End)>();
        foreach (var next in stretches.OrderBy(stretch => stretch.Start))
        {
            if (union.Count > 0 && next.Start <= union[^1].End) union[^1] = (union[^1].Start, Later(union[^1].End, next.End));
            else union.Add(next);
        }

        return union;
    }

    private static (DateTimeOffset Start, DateTimeOffset End) Clip((DateTimeOffset Start, DateTimeOffset End) stretch, (DateTimeOffset Start, DateTimeOffset End) to) =>
        (Later(stretch.Start, to.Start), stretch.End < to.End ? stretch.End : to.End);

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static long Milliseconds((DateTimeOffset Start, DateTimeOffset End) stretch) =>
        stretch.End > stretch.Start ? (stretch.End - stretch.Start).Ticks / TimeSpan.TicksPerMillisecond : 0;
}
