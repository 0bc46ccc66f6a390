namespace Sequencer.Core.Configuration;

/// <summary>Weather.</summary>
public sealed record WeatherOptions
{
    /// <summary>How long the weather must stay safe after it was not, before anything opens again.</summary>
    public TimeSpan SafetyDelay { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>An answer of this age is unsafe.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>How often the weather is recorded (it is judged much more often).</summary>
    public TimeSpan RecordInterval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Keep every record, not only the newest.</summary>
    public bool StorePermanently { get; init; }
}
