namespace DataServices.TelescopeOrg;

/// <summary>How far one request of a campaign is.</summary>
public enum CampaignState
{
    /// <summary>Still to be sent, for example because the queue is full.</summary>
    Planned,

    /// <summary>About to be sent: after a crash the site's list tells whether it was.</summary>
    Sending,

    /// <summary>Sent and taken; the observation is to come.</summary>
    Requested,

    /// <summary>Its frames are on disk.</summary>
    Collected,

    /// <summary>The site refused it or will not carry it out.</summary>
    Failed,
}
