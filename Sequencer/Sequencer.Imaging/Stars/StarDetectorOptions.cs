namespace Sequencer.Imaging;

/// <summary>How stars are looked for.</summary>
/// <param name="Threshold">How many sigma of the sky noise a pixel must stand out.</param>
/// <param name="MeshSize">Side of the background mesh's cells, pixels; larger than any star.</param>
/// <param name="MaxStars">The brightest so many are measured and returned.</param>
/// <param name="MaxRadius">Largest aperture, pixels: half the size of the most defocused star that is to be measured.</param>
public sealed record StarDetectorOptions(double Threshold = 5, int MeshSize = 64, int MaxStars = 500, int MaxRadius = 40)
{
    public static StarDetectorOptions Default { get; } = new();
}
