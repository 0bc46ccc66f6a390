namespace DataServices.Hipercam;

/// <summary>How to wait for frames the instrument has still to take.</summary>
/// <param name="PollInterval">Between two questions; 10 ms at least.</param>
/// <param name="MaxIdle">Without a new frame for so long, the run is taken to be over.</param>
/// <param name="Clock">What to wait on.</param>
public sealed record FollowOptions(TimeSpan PollInterval, TimeSpan MaxIdle, TimeProvider Clock)
{
    /// <summary>Every second, for ever.</summary>
    public static FollowOptions ForEver(TimeProvider clock) => new(TimeSpan.FromSeconds(1), TimeSpan.MaxValue, clock);
}
