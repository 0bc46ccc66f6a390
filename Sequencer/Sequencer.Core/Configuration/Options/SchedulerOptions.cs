namespace Sequencer.Core.Configuration;

/// <summary>What to observe, and by which rules the next target is chosen.</summary>
public sealed record SchedulerOptions
{
    /// <summary>The target list, a file in <c>directories.fields</c> or an absolute path.</summary>
    public string FieldsFile { get; init; } = "simple.yaml";

    /// <summary>Read the target list again each time a target is chosen.</summary>
    public bool CheckFile { get; init; } = true;

    /// <summary>The rules every target has to pass.</summary>
    public IReadOnlyList<ConstraintOptions> Constraints { get; init; } =
        [new() { Name = "Altitude" }, new() { Name = "MoonAvoidance" }, new() { Name = "Duration" }];

    /// <summary>
    /// A target that is being observed is only left for one whose merit is higher by this fraction of its own (0.05: five percent), so that two equal targets do not
    /// make the mount go to and fro.
    /// </summary>
    public double Hysteresis { get; init; } = 0.05;

    /// <summary>Seconds added to each exposure for the settling of the mount, beside the cameras' readout time, when a visit's length is estimated.</summary>
    public TimeSpan SettleTime { get; init; } = TimeSpan.FromSeconds(1);
}
