using Alpaca.Astronomy;
using Alpaca.Contract;
using Sequencer.Core.Configuration;
using Sequencer.Core.Equipment;
using Sequencer.Core.Observing;
using Sequencer.Core.Records;
using Sequencer.Core.Scheduling;

namespace Sequencer.Core.Pointing;

/// <summary>
/// Brings the target into the middle of the frame: expose, solve, tell the mount where it is, slew again; and one more frame after the last
/// correction, so that what is reported has been seen.
/// </summary>
public sealed class PointingCorrection(IPointingMount mount, FrameWriter writer, PointingOptions options, TimeProvider clock, Journal journal)
{
    /// <summary>A solution farther from the target than this is not believed, and the mount is never told of it.</summary>
    public Angle SanityLimit { get; init; } = Angle.FromDegrees(5);

    /// <summary>Told of each pointing frame that is on the disk.</summary>
    public Action<WrittenFrame>? Written { get; init; }

    /// <summary>Prepares the mount for an exposure of that length, or says why it must not begin: the mount's limits.</summary>
    public Func<TimeSpan, CancellationToken, Task<string?>>? Before { get; init; }

    /// <summary>Points at a target with a camera. The mount must be there already, as far as it knows.</summary>
    /// <param name="observation">Its pointing images are noted in it.</param>
    /// <param name="camera">The primary camera.</param>
    /// <param name="unsafeReason">Why it is unsafe now, or null; asked at least every two seconds.</param>
    public async Task<PointingOutcome> RunAsync(
        Observation observation, CameraUnit camera, Func<string?> unsafeReason, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(observation);
        writer.ForgetReferences();
        if (options.MaxAttempts <= 0) return new PointingOutcome(PointingEnd.OnTarget, null, null, null);

        using var guard = new SafetyGuard(unsafeReason, clock, cancel);
        try
        {
            return await guard.RunAsync(stop => PointAsync(observation, camera, guard, stop));
        }
        catch (OperationCanceledException) when (guard.Reason is not null)
        {
            return new PointingOutcome(PointingEnd.Unsafe, null, null, guard.Reason);
        }
        catch (CameraException error)
        {
            return new PointingOutcome(PointingEnd.NoCamera, null, null, error.Message);
        }
    }

    private async Task<PointingOutcome> PointAsync(Observation observation, CameraUnit camera, SafetyGuard guard, CancellationToken cancel)
    {
        var target = SkyPosition.FromDegrees(observation.Field.RaDegrees, observation.Field.DecDegrees);
        double? before = null, after = null;
        string? problem = null;
        var corrections = 0;

        // One look more than corrections are allowed: the last correction is verified.
        for (var look = 0; look <= options.MaxAttempts; look++)
        {
            if (Before is not null && await Before(options.Exptime, cancel) is { } limit) return new PointingOutcome(PointingEnd.Limit, before, after, limit);
            var frame = await TakeAsync(observation, camera, look, guard, cancel);
            (var offset, problem) = Judge(frame, target);
            if (offset is null)
            {
                journal.Solve(observation.Name, Phase(before), null, accepted: false, ("reason", problem));
                continue;
            }

            var accepted = !offset.Exceeds(options.ThresholdArcsec);
            journal.Solve(
                observation.Name, Phase(before), Math.Round(offset.Magnitude, 2), accepted,
                ("raCosDecArcsec", Math.Round(offset.DeltaRaCosDec, 2)), ("decArcsec", Math.Round(offset.DeltaDec, 2)), ("solver", frame.Solution!.Solver));
            before ??= offset.Magnitude;
            after = offset.Magnitude;
            if (accepted || !options.AutoCorrect)
            {
                observation.AddPointingImage(frame.Exposure.ImageId, frame.Exposure.Path);
                return new PointingOutcome(PointingEnd.OnTarget, before, after, null);
            }

            if (corrections == options.MaxAttempts || look == options.MaxAttempts)
            {
                observation.AddPointingImage(frame.Exposure.ImageId, frame.Exposure.Path);
                break;
            }

            corrections++;
            await CorrectAsync(target, frame.Solution.Centre, cancel);
        }

        if (after is null) return NotSolved(observation, before, problem ?? "no frame was solved");
        var reason = FormattableString.Invariant($"{observation.Name} is {after:0} arcsec off after {corrections} corrections; {options.ThresholdArcsec:0} are allowed.");
        journal.Warning(reason);
        return new PointingOutcome(PointingEnd.OffTarget, before, after, reason);
    }

    private static string Phase(double? before) => before is null ? "before" : "after";

    private PointingOutcome NotSolved(Observation observation, double? before, string problem)
    {
        var reason = $"No pointing frame of {observation.Name} was solved: {problem}";
        journal.Warning(reason);
        return new PointingOutcome(PointingEnd.NotSolved, before, null, reason);
    }

    private (OffsetError? Offset, string? Problem) Judge(WrittenFrame frame, SkyPosition target)
    {
        if (frame.Centre is not { } centre) return (null, frame.Problem);
        var offset = OffsetError.Between(target, centre);
        if (offset.Magnitude <= SanityLimit.Arcseconds) return (offset, null);
        writer.ForgetReferences();
        return (null, FormattableString.Invariant($"the solution is {offset.Magnitude / 3600:0.0} degrees from the target, which is not believed"));
    }

    private async Task CorrectAsync(SkyPosition target, SkyPosition solved, CancellationToken cancel)
    {
        try
        {
            await mount.SyncAsync(solved, cancel);
        }
        catch (AlpacaException error)
        {
            journal.Warning($"The mount does not accept where it is: {error.Message}");
        }

        await mount.SlewAsync(target, cancel);
        writer.ForgetReferences();
        journal.Activity(TimeUse.Pointing);
    }

    private async Task<WrittenFrame> TakeAsync(Observation observation, CameraUnit camera, int look, SafetyGuard guard, CancellationToken cancel)
    {
        var request = new ExposureRequest(observation.Name, "pointing", options.Exptime.TotalSeconds, look + 1)
        {
            Filter = observation.Plan.FilterName,
            StopReason = () => guard.StopReason,
        };
        using var frame = await camera.ExposeAsync(request, cancel);
        var written = await writer.WriteAsync(frame, observation, "pointing", look + 1, $"pointing{look:00}", cancel);
        Written?.Invoke(written);
        return written;
    }
}
