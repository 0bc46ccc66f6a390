using Sequencer.Core.Records;

namespace Night.Tests;

/// <summary>What must hold in every night, whatever happens in it, checked over the journal.</summary>
internal static class Properties
{
    /// <summary>P1: never unsafe for longer than the reaction budget with the dome neither closing nor closed.</summary>
    public static void NeverOpenWhileUnsafe(IEnumerable<JournalEntry> journal, TimeSpan budget)
    {
        DateTimeOffset? unsafeSince = null;
        var dome = "closed";
        foreach (var entry in journal)
        {
            if (unsafeSince is { } since && dome is not ("closing" or "closed") && entry.Time - since > budget)
                Assert.Fail($"Unsafe since {since:u} and the dome is {dome} at {entry.Time:u}: {entry}");
            if (entry.Event == "dome") dome = entry.Text("shutter")!;
            if (entry.Event == "safety") unsafeSince = IsHardUnsafe(entry) ? unsafeSince ?? entry.Time : null;
        }
    }

    /// <summary>P3: while it is unsafe nothing moves except what makes it safe, and no exposure begins.</summary>
    public static void NothingBeginsWhileUnsafe(IEnumerable<JournalEntry> journal)
    {
        var isSafe = false;
        foreach (var entry in journal)
        {
            if (entry.Event == "safety") isSafe = !IsHardUnsafe(entry);
            if (isSafe) continue;
            Assert.False(entry.Event == "exposure.start" && entry.Text("kind") is "light" or "pointing", $"An exposure begins while it is unsafe: {entry}");
            Assert.False(entry.Event == "dome" && entry.Text("shutter") == "opening", $"The dome opens while it is unsafe: {entry}");
            Assert.False(entry.Event == "mount" && entry.Flag("slewing") == true && entry.Text("target") is not null && entry.Flag("tracking") == true, $"The mount slews while it is unsafe: {entry}");
        }
    }

    /// <summary>P4: every exposure ends, as a frame or as a loss that is said.</summary>
    public static void EveryExposureEnds(IEnumerable<JournalEntry> journal)
    {
        var open = new HashSet<string>();
        foreach (var entry in journal)
        {
            switch (entry.Event)
            {
                case "exposure.start":
                    Assert.True(open.Add(entry.Text("camera")!), $"An exposure begins before the one before has ended: {entry}");
                    break;
                case "exposure.end" or "exposure.aborted":
                    Assert.True(open.Remove(entry.Text("camera")!), $"An exposure ends that never began: {entry}");
                    break;
            }
        }
        Assert.Empty(open);
    }

    /// <summary>The uses of the dark time add up to all of it.</summary>
    public static void TimeAddsUp(NightSummary summary) => Assert.Equal(summary.DarkSeconds, summary.ObservedSeconds + summary.Lost.Values.Sum(), 3);

    public static void All(TestNight night, TimeSpan budget)
    {
        NeverOpenWhileUnsafe(night.Journal, budget);
        NothingBeginsWhileUnsafe(night.Journal);
        EveryExposureEnds(night.Journal);
        TimeAddsUp(night.Summary);
    }

    /// <summary>Weather and mains; twilight and disks are no danger.</summary>
    private static bool IsHardUnsafe(JournalEntry entry) =>
        entry.Texts("reasons").Any(reason => reason.StartsWith("good_weather", StringComparison.Ordinal) || reason.StartsWith("ac_power", StringComparison.Ordinal));
}
