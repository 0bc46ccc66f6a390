using Alpaca.Astronomy;
using Alpaca.Astronomy.Clocks;
using Alpaca.Contract;
using DataServices.Fits;
using Sequencer.Core.Equipment;
using Sequencer.Core.Pointing;
using Sequencer.Core.Records;
using Sequencer.Core.Scheduling;
using Sequencer.Imaging;

namespace Sequencer.Core.Observing;

/// <summary>
/// Makes a file of a frame: finds its stars, finds out where it really looks (registration against the pointing image, else a solution, else the
/// mount's word), builds the one complete header and writes the file once, whole.
/// </summary>
public sealed class FrameWriter
{
    /// <summary>After so many frames in a row without a solution none is tried until the next pointing: clouds do not solve.</summary>
    private const int MostFailures = 2;

    /// <summary>Science frames are near their target; a narrow search fails fast.</summary>
    private static readonly Angle FallBackRadius = Angle.FromDegrees(2);

    private readonly FrameContext _context;
    private readonly FrameAstrometry _astrometry;
    private readonly IPointingMount _mount;
    private readonly Func<WeatherReading?> _weather;
    private readonly TimeProvider _clock;
    private readonly Journal _journal;
    private readonly Dictionary<string, (string Target, PlateSolution Solution)> _references = [];
    private readonly Dictionary<string, int> _failures = [];

    public FrameWriter(
        FrameContext context, FrameAstrometry astrometry, IPointingMount mount, Func<WeatherReading?> weather, TimeProvider clock, Journal journal)
    {
        (_context, _astrometry, _mount, _weather, _clock, _journal) = (context, astrometry, mount, weather, clock, journal);
    }

    /// <summary>The solved frame against which a camera's frames of a target are registered: its pointing image, or the first one solved.</summary>
    public PlateSolution? Reference(string camera, string target) =>
        _references.TryGetValue(camera, out var reference) && reference.Target == target ? reference.Solution : null;

    /// <summary>Forgets where the cameras looked: after a slew frames are solved anew.</summary>
    public void ForgetReferences()
    {
        _references.Clear();
        _failures.Clear();
    }

    /// <summary>Writes a frame and puts <c>exposure.end</c> into the journal.</summary>
    /// <param name="stem">File name without extension; null for the start of the exposure.</param>
    /// <exception cref="CameraException">The pixels are no counts. The journal has <c>exposure.aborted</c>.</exception>
    /// <exception cref="IOException">The file could not be written; nothing is left of it. The journal has <c>exposure.aborted</c>.</exception>
    public async Task<WrittenFrame> WriteAsync(
        CameraFrame frame, Observation observation, string kind, int number, string? stem = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(observation);
        var mount = await ReadMountAsync(cancel);
        var sky = kind is not ("dark" or "bias");
        var (pixels, image) = await ConvertAsync(frame, observation, kind);
        var stars = sky ? await _astrometry.DetectAsync(image) : null;
        var (solution, problem) = stars is null ? (null, null) : await PlaceAsync(frame, image, stars, observation, kind, mount, cancel);
        var start = FrameName.Flat(frame.Start);
        var name = new FrameName(_context.PanId, observation.Field.FieldName, frame.Camera.Uid, observation.SeqTime ?? start, stem ?? start, start);
        var description = new FrameDescription
        {
            Frame = frame,
            Name = name,
            Observation = observation,
            Kind = kind,
            Number = number,
            Mount = mount,
            Weather = _weather(),
            Solution = solution,
            Stars = stars,
        };
        var header = FrameHeader.Build(_context, description);
        string path;
        try
        {
            path = await _clock.ComputeAsync(() => WriteFile(name, pixels, frame.Image, header));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _journal.ExposureAborted(frame.Camera.Name, observation.Name, kind, error.Message);
            throw error as IOException ?? new IOException(error.Message, error);
        }

        Record(description, path);
        return new WrittenFrame(new Exposure(name.ImageId, path, frame.Camera.IsPrimary, FrameMetadata.Of(description, path)), kind, solution, problem, frame.Middle);
    }

    private async Task<(ushort[] Pixels, ImageFrame Image)> ConvertAsync(CameraFrame frame, Observation observation, string kind)
    {
        try
        {
            return await _clock.ComputeAsync(() => Convert(frame.Image, frame.Camera.Facts));
        }
        catch (CameraException error)
        {
            _journal.ExposureAborted(frame.Camera.Name, observation.Name, kind, error.Message);
            throw;
        }
    }

    private static (ushort[] Pixels, ImageFrame Image) Convert(ImageArray image, CameraFacts facts)
    {
        var pixels = FramePixels.Of(image);
        var saturation = Math.Min(facts.MaxAdu, ushort.MaxValue);
        return (pixels, new ImageFrame(FramePixels.Grey(pixels, image.Planes), image.Width, image.Height, Mosaic(facts), saturation));
    }

    /// <summary>The colours as delivered: the sensor's pattern, begun at its offset.</summary>
    private static BayerPattern Mosaic(CameraFacts facts) => facts.Sensor != SensorType.RGGB ? BayerPattern.None : (facts.BayerOffsetX, facts.BayerOffsetY) switch
    {
        (1, 1) => BayerPattern.Bggr,
        (1, _) => BayerPattern.Grbg,
        (_, 1) => BayerPattern.Gbrg,
        _ => BayerPattern.Rggb,
    };

    private string WriteFile(FrameName name, ushort[] pixels, ImageArray image, FitsHeader header)
    {
        Directory.CreateDirectory(name.Folder(_context.Images));
        var path = name.FreePath(_context.Images);
        if (image.Planes == 1) FitsWriter.WriteImage<ushort>(path, pixels, image.Width, image.Height, header);
        else FitsWriter.Write(path, file => file.AppendImage<ushort>(pixels, [image.Width, image.Height, image.Planes], header));
        return path;
    }

    private async Task<MountReading> ReadMountAsync(CancellationToken cancel)
    {
        try
        {
            return await _mount.ReadAsync(cancel);
        }
        catch (Exception error) when (error is AlpacaException or DeviceLostException or MountException || DeviceCalls.IsLost(error))
        {
            // The frame is worth more than what the mount could have said about it.
            return new MountReading();
        }
    }

    private async Task<(PlateSolution? Solution, string? Problem)> PlaceAsync(
        CameraFrame frame, ImageFrame image, IReadOnlyList<Star> stars, Observation observation, string kind, MountReading mount, CancellationToken cancel)
    {
        var (camera, target) = (frame.Camera.Name, observation.Name);
        if (kind != "pointing" && Reference(camera, target) is { } reference)
        {
            if (await _astrometry.RegisterAsync(stars, reference) is { } registered) return (registered, null);
            if (_failures.GetValueOrDefault(camera) >= MostFailures) return (null, "too few stars in common with the pointing image");
        }
        else if (kind != "pointing" && _failures.GetValueOrDefault(camera) >= MostFailures)
        {
            return (null, "earlier frames could not be solved");
        }

        var near = SkyPosition.FromDegrees(observation.Field.RaDegrees, observation.Field.DecDegrees);
        var radius = kind == "pointing" ? (Angle?)null : FallBackRadius;
        var (solution, problem) = await _astrometry.SolveAsync(image, stars, near, radius, ArcsecPerPixel(frame, mount), cancel);
        if (solution is null)
        {
            _failures[camera] = _failures.GetValueOrDefault(camera) + 1;
        }
        else
        {
            _failures.Remove(camera);
            _references[camera] = (target, solution);
        }

        return (solution, problem);
    }

    private static double? ArcsecPerPixel(CameraFrame frame, MountReading mount)
    {
        var facts = frame.Camera.Facts;
        return (frame.Camera.Settings.FocalLengthMm ?? mount.FocalLengthMm) is > 0 and var focal
            ? 648000 / Math.PI * facts.PixelSizeX * facts.BinX / 1000 / focal
            : null;
    }

    private void Record(FrameDescription frame, string path)
    {
        var field = frame.Observation.Field;
        var offset = frame.Solution is { } solution
            ? OffsetError.Between(SkyPosition.FromDegrees(field.RaDegrees, field.DecDegrees), solution.Centre).Magnitude
            : (double?)null;
        _journal.ExposureEnd(
            frame.Frame.Camera.Name,
            field.Name,
            frame.Kind,
            frame.Frame.Seconds,
            frame.Number,
            _journal.Relative(path),
            ("start", frame.Frame.Start),
            ("filter", frame.Frame.Reading.Filter),
            ("stars", frame.Stars?.Count),
            ("position", frame.Solution?.Solver),
            ("offsetArcsec", offset is { } arcsec ? Math.Round(arcsec, 2) : null));
    }
}
