using Alpaca.Simulators.Mount;

namespace Alpaca.Simulators.Imaging;

/// <summary>What the camera looked at, at one moment of an exposure.</summary>
/// <param name="Time">The moment.</param>
/// <param name="View">How the camera lay: axis, up and left of the picture, in the horizontal frame.</param>
/// <param name="Openness">Share of the sky's light that dome and cover let through, 0 to 1.</param>
/// <param name="SkyMagnitude">Brightness of the empty sky there, magnitudes per square arcsecond.</param>
/// <param name="LampMagnitude">Brightness of the lamp in the cover, magnitudes per square arcsecond; infinite when off.</param>
/// <param name="Dimming">Extinction and clouds, magnitudes.</param>
/// <param name="Seeing">Full width at half maximum, arcseconds, at that altitude.</param>
internal sealed record SceneMoment(
    DateTimeOffset Time,
    Orientation View,
    double Openness,
    double SkyMagnitude,
    double LampMagnitude,
    double Dimming,
    double Seeing);
