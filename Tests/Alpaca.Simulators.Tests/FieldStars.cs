using Alpaca.Astronomy;

namespace Alpaca.Simulators.Tests;

/// <summary>Given stars and nothing else.</summary>
internal sealed class FieldStars : IStarSource
{
    public List<SimulatedStar> Stars { get; } = [];

    public IReadOnlyList<SimulatedStar> Within(SkyPosition centre, Angle radius) => [.. Stars.Where(s => s.Position.Separation(centre) <= radius)];
}
