namespace DataServices.Hipercam;

/// <summary>Waiting for a frame, step by step, for loops that do other things between (the pipeline's "hang about").</summary>
public static class FrameWait
{
    /// <summary>Nobody asks more often than this.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(10);

    /// <summary>What to do after asking for a frame.</summary>
    /// <param name="GiveUp">Whether enough was waited: stop.</param>
    /// <param name="TryAgain">Whether to ask again; when neither, there is a frame.</param>
    /// <param name="Total">Waited so far for this frame.</param>
    /// <param name="Message">What to tell people, if anything.</param>
    public readonly record struct Verdict(bool GiveUp, bool TryAgain, TimeSpan Total, string? Message);

    /// <summary>Waits once, unless there is a frame or it was enough.</summary>
    /// <param name="hasFrame">Whether the last question brought a frame.</param>
    /// <param name="wait">How long to wait; shorter than 10 ms is taken as 10 ms, but counts as given.</param>
    /// <param name="max">How long to wait for one frame altogether.</param>
    /// <param name="total">Waited so far for it.</param>
    /// <param name="clock">What to wait on.</param>
    /// <param name="updaters">Called while waiting, so that displays stay alive.</param>
    /// <param name="update">How often; waiting is cut into pieces when it is longer than two of these.</param>
    /// <param name="cancel">Ends the wait.</param>
    public static async ValueTask<Verdict> HangAboutAsync(
        bool hasFrame, TimeSpan wait, TimeSpan max, TimeSpan total, TimeProvider clock, IReadOnlyList<Action>? updaters = null, TimeSpan update = default,
        CancellationToken cancel = default)
    {
        if (hasFrame)
            return new(false, false, TimeSpan.Zero, null);
        var waited = FormattableString.Invariant($"no new frame for {total.TotalSeconds:0.0} s, the limit is {max.TotalSeconds:0.0} s");
        if (max < total + wait)
            return new(true, false, total, max > TimeSpan.Zero ? $"{waited}: giving up" : null);

        var pieces = updaters is { Count: > 0 } && update > TimeSpan.Zero && wait > 2 * update ? (int)Math.Floor(wait / update + 1e-9) : 1;
        var piece = wait / pieces;
        for (var i = 0; i < pieces; i++)
        {
            await Task.Delay(piece < Shortest ? Shortest : piece, clock, cancel);
            if (pieces > 1)
            {
                foreach (var updater in updaters!)
                    updater();
            }
        }

        return new(false, true, total + wait, FormattableString.Invariant($"{waited}: waiting another {wait.TotalSeconds:0.0} s"));
    }
}
