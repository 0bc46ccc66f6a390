using System.Globalization;
using Alpaca.Astronomy.Clocks;
using Alpaca.Contract;
using Sequencer.Core.Records;

namespace Sequencer.Core.Equipment;

/// <content>Taking an exposure.</content>
public sealed partial class CameraUnit
{
    private const int Attempts = 2;

    /// <summary>How long a camera may take to become idle after it was told to stop.</summary>
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Takes one exposure and brings its frame. A frame that is no picture, or that does not come, is taken again once. Every exposure that was
    /// started and gives no frame is in the journal as <c>exposure.aborted</c>; <c>exposure.end</c> is up to whoever writes the frame.
    /// </summary>
    /// <exception cref="CameraException">No frame came of it; the camera may be in quarantine now.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the shutter is closed and the camera idle, as far as it obeyed.</exception>
    public async Task<CameraFrame> ExposeAsync(ExposureRequest request, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (Quarantine is { } reason) throw new CameraException(CameraFault.Quarantined, $"The camera {Name} is out of use: {reason}.");
        if (IsExposing) throw new CameraException(CameraFault.Busy, $"The camera {Name} is exposing already.");
        if (request.Seconds > Facts.ExposureMax)
        {
            throw new CameraException(
                CameraFault.AboveMaxExptime,
                FormattableString.Invariant($"The camera {Name} exposes {Facts.ExposureMax} s at most, not {request.Seconds} s. Shorten exptime."));
        }

        IsExposing = true;
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    return await AttemptAsync(request, cancel);
                }
                catch (CameraException error) when (attempt < Attempts && error.Fault is CameraFault.BadFrame or CameraFault.Timeout)
                {
                    _journal.Warning($"{error.Message} It is taken again.");
                }
            }
        }
        catch (CameraException error) when (error.Fault is CameraFault.Timeout or CameraFault.Device or CameraFault.Link or CameraFault.BadFrame)
        {
            SetQuarantine(error.Message, lost: error.Fault == CameraFault.Link);
            throw;
        }
        finally
        {
            IsExposing = false;
        }
    }

    private async Task<CameraFrame> AttemptAsync(ExposureRequest request, CancellationToken cancel)
    {
        var started = false;
        var open = false;
        try
        {
            if (request.Filter is { } filter && Wheel is not null) await Wheel.MoveAsync(filter, cancel);
            var seconds = Math.Max(request.Seconds, Facts.ExposureMin);
            var commanded = _clock.GetUtcNow();
            var timestamp = _clock.GetTimestamp();
            await _camera.StartExposureAsync(seconds, request.Light, cancel);
            started = true;
            open = true;
            _journal.ExposureStart(Name, request.Target, request.Kind, seconds, request.Number, request.Filter);
            request.Shutter?.Invoke(ShutterChange.Opened);
            await Task.Delay(TimeSpan.FromSeconds(seconds), _clock, cancel);
            open = false;
            request.Shutter?.Invoke(ShutterChange.Closed);
            await ImageAsync(seconds, timestamp, cancel);
            var frame = await FetchAsync(seconds, commanded, cancel);
            var reject = await _clock.ComputeAsync(() => _check.Reject(frame.Image, Facts.Width, Facts.Height, frame.OwnStart));
            if (reject is null)
            {
                SayIfNoiseless();
                return frame;
            }

            frame.Dispose();
            throw new CameraException(CameraFault.BadFrame, $"The camera {Name} delivered no picture: {reject}.");
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            if (open) request.Shutter?.Invoke(ShutterChange.Closed);
            if (started)
            {
                _journal.ExposureAborted(Name, request.Target, request.Kind, request.StopReason?.Invoke() ?? "stopped");
                await StopAsync();
            }

            throw;
        }
        catch (Exception error) when (error is CameraException or AlpacaException || DeviceCalls.IsLost(error))
        {
            var failure = error as CameraException ?? new CameraException(
                DeviceCalls.IsLost(error) ? CameraFault.Link : CameraFault.Device,
                DeviceCalls.IsLost(error) ? $"The camera {Name} cannot be reached: {error.Message}" : $"The camera {Name} refused: {error.Message}",
                error);
            if (open) request.Shutter?.Invoke(ShutterChange.Closed);
            if (started)
            {
                _journal.ExposureAborted(Name, request.Target, request.Kind, failure.Message);
                if (failure.Fault is CameraFault.Timeout or CameraFault.Device) await StopAsync();
            }

            throw failure;
        }
    }

    private void SayIfNoiseless()
    {
        if (!_check.IsNoiseless || _saidNoiseless) return;
        _saidNoiseless = true;
        _journal.Warning($"{Name} gives the same picture for different exposures, to the last bit: it has no noise. Its frames are kept; if it is not a simulator, look at it.");
    }

    /// <summary>Waits until the image is ready, by the deadline of exposure, readout and patience.</summary>
    private async Task ImageAsync(double seconds, long started, CancellationToken cancel)
    {
        var deadline = TimeSpan.FromSeconds(seconds) + Settings.ReadoutTime + Settings.Timeout;
        while (!await _camera.ImageReadyAsync(cancel))
        {
            if (await _camera.CameraStateAsync(cancel) == CameraState.Error)
                throw new CameraException(CameraFault.Device, $"The camera {Name} reports an error during the exposure. Check its power and cable.");
            if (_clock.GetElapsedTime(started) >= deadline)
            {
                throw new CameraException(
                    CameraFault.Timeout,
                    FormattableString.Invariant($"The camera {Name} had no image {deadline.TotalSeconds:0} s after the start of an exposure of {seconds} s."));
            }

            await Task.Delay(Settings.PollInterval, _clock, cancel);
        }
    }

    private async Task<CameraFrame> FetchAsync(double seconds, DateTimeOffset commanded, CancellationToken cancel)
    {
        var ownStart = await DeviceCalls.TryTextAsync(() => _camera.LastExposureStartTimeAsync(cancel));
        var taken = await DeviceCalls.TryAsync(() => _camera.LastExposureDurationAsync(cancel));
        var reading = await ReadAsync(cancel);
        var image = await _camera.ImageArrayAsync(cancel);
        return new CameraFrame(this, image, StartTime(ownStart, commanded), taken is > 0 ? taken.Value : seconds, reading) { OwnStart = ownStart };
    }

    /// <summary>The camera's start time when it is within a minute of ours: some cameras have wrong clocks, others local time.</summary>
    private static DateTimeOffset StartTime(string? text, DateTimeOffset commanded)
    {
        const DateTimeStyles utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, utc, out var start)) return commanded;
        return (start - commanded).Duration() < TimeSpan.FromMinutes(1) ? start : commanded;
    }

    /// <summary>Ends whatever the camera does, and waits until it is idle. Not to be cancelled: it is what cancelling does.</summary>
    private async Task StopAsync()
    {
        try
        {
            if (Facts.CanAbort) await _camera.AbortExposureAsync(CancellationToken.None);
            else if (Facts.CanStop) await _camera.StopExposureAsync(CancellationToken.None);
            var started = _clock.GetTimestamp();
            while (await _camera.CameraStateAsync(CancellationToken.None) is not (CameraState.Idle or CameraState.Error))
            {
                if (_clock.GetElapsedTime(started) >= StopTimeout)
                {
                    SetQuarantine($"did not stop within {StopTimeout.TotalSeconds:0} s");
                    return;
                }

                await Task.Delay(TimeSpan.FromMilliseconds(500), _clock);
            }
        }
        catch (Exception error) when (error is AlpacaException || DeviceCalls.IsLost(error))
        {
            SetQuarantine($"could not be stopped: {error.Message}", DeviceCalls.IsLost(error));
        }
    }
}
