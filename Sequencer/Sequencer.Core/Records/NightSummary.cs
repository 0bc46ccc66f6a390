using System.Text;
using System.Text.Json;

namespace Sequencer.Core.Records;

/// <summary>What a night came to, rebuilt from its journal alone.</summary>
public sealed record NightSummary
{
    /// <summary>True if the night ended, parked and closed.</summary>
    public bool Ok => Ended && EndedParked && EndedClosed;

    /// <summary>True if the journal has a <c>night.end</c>; otherwise the sequencer was killed, and the last line is taken as the end.</summary>
    public bool Ended { get; init; }

    public string Site { get; init; } = "";

    /// <summary>Evening date, <c>yyyy-MM-dd</c>.</summary>
    public string Date { get; init; } = "";

    public long? Seed { get; init; }

    /// <summary>Rate of the clock; null when it was not accelerated.</summary>
    public double? Rate { get; init; }

    /// <summary>From the first event to the last, seconds of the night's own clock.</summary>
    public double VirtualSeconds { get; init; }

    /// <summary>Real seconds the run took: not in the journal, which is the same for every run of the same night. Set by whoever measured it.</summary>
    public double? WallSeconds { get; init; }

    /// <summary>Time within the run with the Sun below the observing horizon, seconds.</summary>
    public double DarkSeconds { get; init; }

    /// <summary>Dark time with a shutter open for a frame that was kept, seconds.</summary>
    public double ObservedSeconds { get; init; }

    /// <summary><see cref="ObservedSeconds"/> / <see cref="DarkSeconds"/>; 0 without dark time.</summary>
    public double Efficiency => DarkSeconds > 0 ? ObservedSeconds / DarkSeconds : 0;

    public int LightFrames { get; init; }

    /// <summary>Light frames per target, in the order in which the targets were first observed.</summary>
    public IReadOnlyList<TargetFrames> Targets { get; init; } = [];

    /// <summary>Pointing errors per visit, before and after correction.</summary>
    public IReadOnlyList<PointingResult> Pointing { get; init; } = [];

    /// <summary>Dark seconds by cause (<see cref="TimeUse"/>), without those observed: all of them and <see cref="ObservedSeconds"/> add up to <see cref="DarkSeconds"/>.</summary>
    public IReadOnlyDictionary<string, double> Lost { get; init; } = new SortedDictionary<string, double>(StringComparer.Ordinal);

    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Frames written, as the journal names them: relative to the output root.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>The journal, if it was read from a file.</summary>
    public string? Journal { get; init; }

    public bool EndedParked { get; init; }

    public bool EndedClosed { get; init; }

    /// <summary>Rebuilds the summary from a journal file. When it holds several runs, the last one counts.</summary>
    /// <exception cref="InvalidDataException">The file holds no night.</exception>
    public static NightSummary FromJournal(string path) => FromJournal(Records.Journal.Read(path)) with { Journal = path };

    /// <summary>Rebuilds the summary from journal entries.</summary>
    /// <exception cref="InvalidDataException">There is no <c>night.start</c> among them.</exception>
    public static NightSummary FromJournal(IEnumerable<JournalEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        NightReader? night = null;
        foreach (var entry in entries)
        {
            if (entry.Event == "night.start") night = new NightReader(entry);
            night?.Read(entry);
        }

        return night?.Summary() ?? throw new InvalidDataException("The journal holds no night: there is no night.start in it.");
    }

    /// <summary>The summary as one line of JSON, with the fields scripts rely on.</summary>
    public string ToJson()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, JsonValue.Options))
        {
            JsonValue.Write(json, new OrderedFields
            {
                { "ok", Ok },
                { "site", Site },
                { "date", Date },
                { "seed", Seed },
                { "rate", Rate },
                { "virtualSeconds", VirtualSeconds },
                { "wallSeconds", WallSeconds },
                { "darkSeconds", DarkSeconds },
                { "observedSeconds", ObservedSeconds },
                { "efficiency", Efficiency },
                { "lightFrames", LightFrames },
                { "targets", Targets.Select(t => new OrderedFields { { "name", t.Name }, { "frames", t.Frames } }) },
                {
                    "pointing",
                    Pointing.Select(p => new OrderedFields { { "target", p.Target }, { "beforeArcsec", p.BeforeArcsec }, { "afterArcsec", p.AfterArcsec } })
                },
                { "lost", new OrderedFields(Lost.Select(l => KeyValuePair.Create(l.Key, (object?)l.Value))) },
                { "warnings", Warnings },
                { "files", Files },
                { "journal", Journal },
                { "endedParked", EndedParked },
                { "endedClosed", EndedClosed },
            });
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}

/// <summary>How many light frames a target got.</summary>
public sealed record TargetFrames(string Name, int Frames);

/// <summary>How far from the target the first pointing frame of a visit was, and the one after the last correction, arcseconds on the sky; null if not solved or not needed.</summary>
public sealed record PointingResult(string Target, double? BeforeArcsec, double? AfterArcsec);
