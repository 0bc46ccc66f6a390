namespace Sequencer.Core.Configuration;

/// <summary>The surroundings.</summary>
public sealed record EnvironmentOptions
{
    /// <summary>Weather.</summary>
    public WeatherOptions Weather { get; init; } = new();
}
