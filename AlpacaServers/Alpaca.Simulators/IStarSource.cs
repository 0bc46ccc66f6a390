using Alpaca.Astronomy;

namespace Alpaca.Simulators;

/// <summary>A star of the simulated sky.</summary>
/// <param name="Position">ICRS.</param>
/// <param name="Magnitude">V magnitude above the atmosphere.</param>
public readonly record struct SimulatedStar(SkyPosition Position, double Magnitude);

/// <summary>Where the simulated sky's stars come from.</summary>
public interface IStarSource
{
    /// <summary>The stars within a radius of a place; a few beyond it do no harm.</summary>
    IReadOnlyList<SimulatedStar> Within(SkyPosition centre, Angle radius);
}
