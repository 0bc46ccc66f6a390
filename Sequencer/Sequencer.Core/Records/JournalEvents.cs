namespace Sequencer.Core.Records;

/// <summary>The journal's events and their fields, in one place: what <see cref="NightSummary"/> and the dashboard read.</summary>
public static class JournalEvents
{
    /// <summary><c>night.start</c>.</summary>
    /// <param name="site">Name of the site.</param>
    /// <param name="date">Evening date of the night, <c>yyyy-MM-dd</c>.</param>
    /// <param name="unit">Name of the unit.</param>
    /// <param name="seed">Seed of the simulation, if there is one.</param>
    /// <param name="rate">Rate of the clock, if it is accelerated.</param>
    public static void NightStart(this Journal journal, string site, string date, string unit, long? seed = null, double? rate = null) =>
        journal.Write("night.start", ("site", site), ("date", date), ("unit", unit), ("seed", seed), ("rate", rate));

    /// <summary><c>night.dark</c>: when the Sun is below the observing horizon. Written as soon as it is known; the summary clips it to the run.</summary>
    public static void Dark(this Journal journal, DateTimeOffset start, DateTimeOffset end) => journal.Write("night.dark", ("start", start), ("end", end));

    /// <summary><c>night.end</c>: the last line.</summary>
    public static void NightEnd(this Journal journal, bool parked, bool closed, string reason) =>
        journal.Write("night.end", ("parked", parked), ("closed", closed), ("reason", reason));

    /// <summary><c>state</c>: a transition that happened.</summary>
    public static void State(this Journal journal, string from, string to, string trigger) =>
        journal.Write("state", ("from", from), ("to", to), ("trigger", trigger));

    /// <summary><c>activity</c>: from now on time goes to <paramref name="cause"/>, one of <see cref="TimeUse"/>.</summary>
    /// <remarks>
    /// Time marked <see cref="TimeUse.Observing"/> counts as observed only where an exposure was open that came to its <c>exposure.end</c>;
    /// the rest of it is <see cref="TimeUse.Aborted"/>. So nothing has to be taken back here when a frame is spoiled later.
    /// </remarks>
    public static void Activity(this Journal journal, string cause) => journal.Write("activity", ("cause", cause));

    /// <summary><c>safety</c>: written whenever the verdict or its reasons change.</summary>
    public static void Safety(this Journal journal, bool safe, IReadOnlyList<string> reasons) => journal.Write("safety", ("safe", safe), ("reasons", reasons));

    /// <summary><c>dome</c>: the shutter's state: open, closed, opening, closing, error.</summary>
    public static void Dome(this Journal journal, string shutter) => journal.Write("dome", ("shutter", shutter));

    /// <summary><c>mount</c>.</summary>
    public static void Mount(this Journal journal, bool parked, bool slewing, bool tracking, string? target) =>
        journal.Write("mount", ("parked", parked), ("slewing", slewing), ("tracking", tracking), ("target", target));

    /// <summary><c>device</c>: <paramref name="link"/> is connected, lost, restored or quarantined.</summary>
    public static void Device(this Journal journal, string name, string link, string? detail = null)
    {
        if (detail is null) journal.Write("device", ("name", name), ("link", link));
        else journal.Write("device", ("name", name), ("link", link), ("detail", detail));
    }

    /// <summary><c>warning</c>: something the person in charge should know; the summary lists them.</summary>
    public static void Warning(this Journal journal, string message) => journal.Write("warning", ("message", message));

    /// <summary><c>exposure.start</c>.</summary>
    /// <param name="kind">light, pointing, dark, bias or flat.</param>
    /// <param name="number">Number of the exposure in the block, from 1.</param>
    public static void ExposureStart(this Journal journal, string camera, string target, string kind, double seconds, int number, string? filter) =>
        journal.Write("exposure.start", ("camera", camera), ("target", target), ("kind", kind), ("exptime", seconds), ("number", number), ("filter", filter));

    /// <summary><c>exposure.aborted</c>: no frame came of it. Every <c>exposure.start</c> is followed by this or by <c>exposure.end</c>.</summary>
    public static void ExposureAborted(this Journal journal, string camera, string target, string kind, string reason) =>
        journal.Write("exposure.aborted", ("camera", camera), ("target", target), ("kind", kind), ("reason", reason));

    /// <summary><c>exposure.end</c>: the frame is whole on the disk.</summary>
    /// <param name="file">Path relative to the output root (<see cref="Journal.Relative"/>).</param>
    public static void ExposureEnd(
        this Journal journal, string camera, string target, string kind, double seconds, int number, string file, params ReadOnlySpan<(string Key, object? Value)> more) =>
        journal.Write(
            "exposure.end",
            [("camera", camera), ("target", target), ("kind", kind), ("exptime", seconds), ("number", number), ("file", file), .. more]);

    /// <summary><c>solve</c>: where the frame really is against where it should be.</summary>
    /// <param name="phase">before (first frame at a target), after (the frame that follows the last correction) or drift (a later frame).</param>
    /// <param name="offsetArcsec">Distance on the sky, arcseconds; null when no solution was found.</param>
    /// <param name="accepted">True if it is good enough to observe.</param>
    public static void Solve(this Journal journal, string target, string phase, double? offsetArcsec, bool accepted, params ReadOnlySpan<(string Key, object? Value)> more) =>
        journal.Write("solve", [("target", target), ("phase", phase), ("offsetArcsec", offsetArcsec), ("accepted", accepted), .. more]);
}
