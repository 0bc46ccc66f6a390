using Alpaca.Contract;

namespace Sequencer.Core.Equipment;

/// <summary>A frame as it came from a camera. Dispose it to give its memory back.</summary>
/// <param name="Camera">Who took it.</param>
/// <param name="Image">The pixels.</param>
/// <param name="Start">Start of the exposure, UTC: the camera's word when it is believable.</param>
/// <param name="Seconds">Exposure time that was really taken.</param>
/// <param name="Reading">What the devices said.</param>
public sealed record CameraFrame(CameraUnit Camera, ImageArray Image, DateTimeOffset Start, double Seconds, CameraReading Reading) : IDisposable
{
    /// <summary>When the camera itself says that the exposure began; null if it does not say.</summary>
    public string? OwnStart { get; init; }

    /// <summary>The middle of the exposure.</summary>
    public DateTimeOffset Middle => Start + TimeSpan.FromSeconds(Seconds / 2);

    /// <summary>The end of the exposure.</summary>
    public DateTimeOffset End => Start + TimeSpan.FromSeconds(Seconds);

    public void Dispose() => Image.Dispose();
}
