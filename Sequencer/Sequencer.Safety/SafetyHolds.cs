namespace Sequencer.Safety;

/// <summary>What the two debouncers say, beside the measurements of the moment.</summary>
/// <param name="WeatherReleased">False while the weather is held unsafe.</param>
/// <param name="WeatherHeldUntil">When the hold ends if the weather stays safe; null when unknown or not held.</param>
/// <param name="PowerBridged">True while power counts as on: it is, or it has been away for less than the debounce.</param>
public readonly record struct SafetyHolds(bool WeatherReleased, DateTimeOffset? WeatherHeldUntil, bool PowerBridged);
