namespace Sequencer.Safety;

/// <summary>
/// Keeps the last measurements and the two holds, and judges them. Feed it with every poll (<see cref="Observe"/>); ask it as often
/// as needed (<see cref="Verdict"/>). Nobody feeding it makes everything stale, hence unsafe. Not safe for use by several threads at once.
/// </summary>
/// <param name="policy">The limits.</param>
public sealed class SafetyWatch(SafetyPolicy policy)
{
    private readonly WeatherDebounce _weather = new(policy.WeatherHold, policy.WeatherMaxAge);
    private readonly PowerDebounce _power = new(policy.PowerDebounce);
    private SafetyInputs _inputs = new();
    private bool _powerOn;

    /// <summary>The limits in force.</summary>
    public SafetyPolicy Policy => policy;

    /// <summary>The newest measurements.</summary>
    public SafetyInputs Inputs => _inputs;

    /// <summary>Starts with the weather held, as after a power cut or a crash of unknown length.</summary>
    public void StartHeld() => _weather.StartHeld();

    /// <summary>Takes the measurements of one poll.</summary>
    public void Observe(SafetyInputs inputs, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        _inputs = inputs;
        _weather.Update(SafetyEvaluation.WeatherObjections(inputs, policy, now).Count == 0, now);
        _powerOn = _power.Update(SafetyEvaluation.PowerObjections(inputs, policy, now).Count == 0, now);
    }

    /// <summary>Judges the newest measurements at <paramref name="now"/>.</summary>
    /// <param name="now">The time of judgement.</param>
    /// <param name="darkness">Sun and the horizon of the state that is asked for.</param>
    /// <param name="ignore">Checks to leave out; none when null.</param>
    public SafetyVerdict Verdict(DateTimeOffset now, Darkness darkness, IReadOnlySet<SafetyCheck>? ignore = null) =>
        SafetyEvaluation.Evaluate(_inputs, new SafetyHolds(_weather.Safe, _weather.HeldUntil, _powerOn), policy, darkness, ignore, now);
}
