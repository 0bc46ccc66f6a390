namespace DataServices.TelescopeOrg;

/// <summary>One request of a campaign.</summary>
/// <param name="Target">Name of the target.</param>
/// <param name="ExposureMilliseconds">Exposure time.</param>
/// <param name="Filter">Filter.</param>
/// <param name="Repeat">Which of the equal requests, from 1.</param>
/// <param name="Tag">The comment it is sent with, by which the site's list shows it again.</param>
/// <param name="State">How far it is.</param>
/// <param name="RequestId">The request, once taken.</param>
/// <param name="JobId">The job, once complete.</param>
/// <param name="Note">What the site said last.</param>
/// <param name="Frames">The frames on disk.</param>
public sealed record CampaignItem(
    string Target, int ExposureMilliseconds, string Filter, int Repeat, string Tag, CampaignState State, int? RequestId, int? JobId, string Note, IReadOnlyList<string> Frames)
{
    /// <summary>Whether nothing more will happen to it.</summary>
    public bool IsFinal => State is CampaignState.Collected or CampaignState.Failed;

    internal bool Is(CampaignItem other) =>
        (Target, ExposureMilliseconds, Filter, Repeat) == (other.Target, other.ExposureMilliseconds, other.Filter, other.Repeat);
}
