using Alpaca.Astronomy;

namespace Sequencer.Imaging;

/// <summary>A catalogue star as the solver needs it.</summary>
/// <param name="Position">Place on the sky, ICRS.</param>
/// <param name="Magnitude">Brightness, smaller is brighter.</param>
public readonly record struct ReferenceStar(SkyPosition Position, double Magnitude);
