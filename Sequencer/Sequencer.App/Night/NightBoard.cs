using System.Globalization;
using Sequencer.Core.Records;

namespace Sequencer.App.Night;

/// <summary>What a person wants to see of a running night, kept up to date from the journal's events.</summary>
internal sealed class NightBoard
{
    private const int MessagesKept = 9;
    private readonly Lock _gate = new();
    private readonly LinkedList<string> _messages = new();
    private readonly Dictionary<string, (DateTimeOffset Start, double Seconds, string Kind)> _exposures = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _frames = new(StringComparer.Ordinal);

    public string State { get; private set; } = "starting";

    public string? Target { get; private set; }

    public string Shutter { get; private set; } = "unknown";

    public bool? Safe { get; private set; }

    public string SafetyReasons { get; private set; } = "";

    public string Weather { get; private set; } = "";

    public string Mount { get; private set; } = "";

    public string Activity { get; private set; } = "";

    public int LightFrames { get; private set; }

    public IReadOnlyList<string> Messages
    {
        get
        {
            lock (_gate)
                return [.. _messages];
        }
    }

    /// <summary>Frames per target so far.</summary>
    public IReadOnlyList<KeyValuePair<string, int>> Frames
    {
        get
        {
            lock (_gate)
                return [.. _frames];
        }
    }

    /// <summary>The exposures under way: camera, kind, how far, seconds in all.</summary>
    public IReadOnlyList<(string Camera, string Kind, double Fraction, double Seconds)> Exposures(DateTimeOffset now)
    {
        lock (_gate)
        {
            return
            [
                .. _exposures.OrderBy(e => e.Key, StringComparer.Ordinal).Select(e =>
                    (e.Key, e.Value.Kind, Math.Clamp((now - e.Value.Start).TotalSeconds / Math.Max(e.Value.Seconds, 1e-3), 0, 1), e.Value.Seconds)),
            ];
        }
    }

    /// <summary>Takes an event in; returns the message it makes, if any.</summary>
    public string? Update(JournalEntry entry)
    {
        lock (_gate)
        {
            var message = Read(entry);
            if (message is null)
                return null;
            message = string.Create(CultureInfo.InvariantCulture, $"{entry.Time:HH:mm:ss}  {message}");
            _messages.AddLast(message);
            if (_messages.Count > MessagesKept)
                _messages.RemoveFirst();
            return message;
        }
    }

    private string? Read(JournalEntry entry)
    {
        switch (entry.Event)
        {
            case "state":
                State = entry.Text("to") ?? State;
                return null;
            case "safety":
                Safe = entry.Flag("safe");
                SafetyReasons = string.Join("; ", entry.Texts("reasons"));
                return Safe == true ? "safe" : "not safe: " + SafetyReasons;
            case "dome":
                Shutter = entry.Text("shutter") ?? Shutter;
                return Shutter is "opening" or "closing" ? null : "dome " + Shutter;
            case "mount":
                Mount = entry.Flag("parked") == true ? "parked" : entry.Flag("slewing") == true ? "slewing" : entry.Flag("tracking") == true ? "tracking" : "still";
                Target = entry.Text("target");
                return Mount == "slewing" && Target is not null ? "slewing to " + Target : null;
            case "activity":
                Activity = entry.Text("cause") ?? Activity;
                return null;
            case "weather":
                Weather = WeatherLine(entry);
                return null;
            case "exposure.start":
                _exposures[entry.Text("camera") ?? "?"] = (entry.Time, entry.Number("exptime") ?? 0, entry.Text("kind") ?? "");
                return null;
            case "exposure.end":
                _exposures.Remove(entry.Text("camera") ?? "?");
                if (entry.Text("kind") == "light" && entry.Text("file") is not null)
                {
                    LightFrames++;
                    var target = entry.Text("target") ?? "?";
                    _frames[target] = _frames.GetValueOrDefault(target) + 1;
                }

                return null;
            case "exposure.aborted":
                _exposures.Remove(entry.Text("camera") ?? "?");
                return $"{entry.Text("camera")}: exposure aborted: {entry.Text("reason")}";
            case "solve":
                return entry.Number("offsetArcsec") is { } offset
                    ? entry.Text("phase") == "drift" ? null : string.Create(CultureInfo.InvariantCulture, $"{entry.Text("target")}: {offset:0}\" off ({entry.Text("phase")} correction)")
                    : $"{entry.Text("target")}: no plate solution";
            case "device":
                return entry.Text("link") == "connected" ? null : $"{entry.Text("name")}: {entry.Text("link")} {entry.Text("detail")}".TrimEnd();
            case "warning":
                return "warning: " + entry.Text("message");
            case "alarm":
                return "ALARM: " + entry.Text("message");
            case "say":
                return entry.Text("text");
            case "night.end":
                return "night over: " + entry.Text("reason");
            default:
                return null;
        }
    }

    private static string WeatherLine(JournalEntry entry)
    {
        (string Field, string Format)[] shown =
        [
            ("temperature", "{0:0.0} C"), ("humidity", "{0:0} % humidity"), ("windSpeed", "wind {0:0.0} m/s"),
            ("cloudCover", "{0:0} % cloud"), ("rainRate", "rain {0:0.0} mm/h"),
        ];
        return string.Join(", ", shown
            .Select(s => entry.Number(s.Field) is { } value ? string.Format(CultureInfo.InvariantCulture, s.Format, value) : null)
            .OfType<string>());
    }
}
