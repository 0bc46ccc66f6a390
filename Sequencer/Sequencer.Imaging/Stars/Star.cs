namespace Sequencer.Imaging;

/// <summary>A star found in a frame.</summary>
/// <param name="X">Centroid, pixels from the centre of the first column (0-based; FITS counts one more).</param>
/// <param name="Y">Centroid, pixels from the centre of the first row (0-based; FITS counts one more).</param>
/// <param name="Flux">Counts above the background inside the aperture.</param>
/// <param name="Peak">Highest pixel above the background, counts.</param>
/// <param name="Fwhm">Full width at half maximum of the Gaussian that fits best, pixels.</param>
/// <param name="Hfd">Half-flux diameter, pixels: twice the flux-weighted mean radius (1.064 x FWHM for a Gaussian). Holds for defocused stars too.</param>
/// <param name="Ellipticity">1 - minor/major axis: 0 round, towards 1 trailed.</param>
/// <param name="IsSaturated">Whether a pixel reaches the saturation level.</param>
public sealed record Star(double X, double Y, double Flux, double Peak, double Fwhm, double Hfd, double Ellipticity, bool IsSaturated);
