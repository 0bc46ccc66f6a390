namespace Sequencer.Core.Configuration;

/// <summary>How the dome is used.</summary>
public sealed record DomeOptions
{
    /// <summary>Turn the dome after the telescope when it can turn.</summary>
    public bool FollowMount { get; init; } = true;

    /// <summary>The roof can hit the telescope (roll-off): it moves only over a parked one.</summary>
    public bool NeedsParkedMount { get; init; }

    /// <summary>Opening that takes longer has failed.</summary>
    public TimeSpan OpenTimeout { get; init; } = TimeSpan.FromSeconds(180);

    /// <summary>Closing that takes longer has failed and is tried again (1.5 times what the shutter needs is right).</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>How often closing is tried in a row before the alarm.</summary>
    public int CloseAttempts { get; init; } = 3;

    /// <summary>After the alarm, closing is tried again this often, without end.</summary>
    public TimeSpan RetryInterval { get; init; } = TimeSpan.FromSeconds(60);
}
