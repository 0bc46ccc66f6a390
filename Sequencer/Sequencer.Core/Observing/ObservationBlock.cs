using Sequencer.Core.Equipment;
using Sequencer.Core.Pointing;
using Sequencer.Core.Records;
using Sequencer.Core.Scheduling;

namespace Sequencer.Core.Observing;

/// <summary>Takes the exposures of a visit: all cameras together, safety looked at every two seconds, exposures aborted when it is lost.</summary>
public sealed class ObservationBlock(
    IReadOnlyList<CameraUnit> cameras, IPointingMount mount, FrameWriter writer, Func<string?> unsafeReason, TimeProvider clock, Journal journal)
{
    /// <summary>Told of each frame that is on the disk, for what is done with it in the background.</summary>
    public Action<WrittenFrame>? Written { get; init; }

    /// <summary>Prepares the mount for an exposure of that length, or says why it must not begin: the mount's limits.</summary>
    public Func<TimeSpan, CancellationToken, Task<string?>>? Before { get; init; }

    /// <summary>Takes exposures until the number is reached or something ends the block.</summary>
    /// <param name="observation">What to take; its frames are noted in it.</param>
    /// <param name="exposures">How many, of each camera; null for the minimum of the observation.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled; exposures under way have been aborted.</exception>
    public async Task<BlockOutcome> RunAsync(Observation observation, int? exposures = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(observation);
        var frames = 0;
        var count = exposures ?? observation.MinExposures;
        for (var n = 0; n < count; n++)
        {
            if (unsafeReason() is { } reason) return new BlockOutcome(BlockEnd.Unsafe, frames, reason);
            if (Before is not null && await Before(observation.NextExposureTime, cancel) is { } limit) return new BlockOutcome(BlockEnd.Limit, frames, limit);
            if (!await mount.IsTrackingAsync(cancel)) return new BlockOutcome(BlockEnd.NotTracking, frames, "The mount does not track.");
            var usable = cameras.Where(camera => camera.IsUsable).ToList();
            if (usable.Count == 0) return new BlockOutcome(BlockEnd.NoCameras, frames, NoCameras());

            using var guard = new SafetyGuard(unsafeReason, clock, cancel);
            var shutters = new Shutters(journal);
            try
            {
                var taken = await guard.RunAsync(stop => TakeAsync(observation, usable, guard, shutters, stop));
                frames += taken.Count(frame => frame is not null);
            }
            catch (OperationCanceledException) when (guard.Reason is not null)
            {
                return new BlockOutcome(BlockEnd.Unsafe, frames, guard.Reason);
            }
            catch (IOException error)
            {
                journal.Warning($"A frame could not be written: {error.Message}");
                return new BlockOutcome(BlockEnd.CannotWrite, frames, error.Message);
            }
        }

        return new BlockOutcome(BlockEnd.Completed, frames, null);
    }

    private string NoCameras() => cameras.Count == 0
        ? "There is no camera."
        : string.Join("; ", cameras.Select(camera => $"{camera.Name} is out of use: {camera.Quarantine}"));

    /// <summary>One exposure on each camera. All end before this does, whatever happens to one of them.</summary>
    private async Task<IReadOnlyList<WrittenFrame?>> TakeAsync(
        Observation observation, List<CameraUnit> usable, SafetyGuard guard, Shutters shutters, CancellationToken cancel)
    {
        var number = observation.CurrentExposureNumber + 1;
        var seconds = observation.NextExposureTime.TotalSeconds;
        var exposures = usable.Select(camera => TakeAsync(camera, observation, number, seconds, guard, shutters, cancel)).ToList();
        return await Task.WhenAll(exposures);
    }

    private async Task<WrittenFrame?> TakeAsync(
        CameraUnit camera, Observation observation, int number, double seconds, SafetyGuard guard, Shutters shutters, CancellationToken cancel)
    {
        var kind = !observation.Plan.Dark ? "light" : seconds <= 0 ? "bias" : "dark";
        var request = new ExposureRequest(observation.Name, kind, seconds, number)
        {
            Filter = observation.Plan.FilterName,
            StopReason = () => guard.StopReason,
            Shutter = shutters.Changed,
        };
        try
        {
            using var frame = await camera.ExposeAsync(request, cancel);

            // What the shutter has seen is kept, even if it became unsafe meanwhile: writing moves nothing.
            var written = await writer.WriteAsync(frame, observation, kind, number, cancel: CancellationToken.None);
            observation.AddExposure(camera.Name, written.Exposure);
            Written?.Invoke(written);
            return written;
        }
        catch (CameraException error)
        {
            journal.Warning(error.Message);
            return null;
        }
    }

    /// <summary>Says what time goes to while shutters open and close: observing as long as one is open, else reading out.</summary>
    private sealed class Shutters(Journal journal)
    {
        private int _open;

        public void Changed(ShutterChange change)
        {
            var open = change == ShutterChange.Opened ? Interlocked.Increment(ref _open) : Interlocked.Decrement(ref _open);
            if (change == ShutterChange.Opened && open == 1) journal.Activity(TimeUse.Observing);
            else if (change == ShutterChange.Closed && open == 0) journal.Activity(TimeUse.Readout);
        }
    }
}
