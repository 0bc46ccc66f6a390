using System.Globalization;
using System.Text.Json.Nodes;

namespace DataServices.TelescopeOrg;

public sealed partial class TelescopeClient
{
    private const string RequestConstructor = "request-constructor";
    private const int GalaxyType = 2;
    private const int SubmissionTries = 3;
    private static readonly TimeSpan StarExposure = TimeSpan.FromSeconds(90);

    // The site keeps one request under construction per user: two submissions at once would mix.
    private readonly SemaphoreSlim _constructing = new(1);

    /// <summary>
    /// Asks for an exposure (<c>submit_job_api</c>). When the answer to it is lost, the list of requests tells whether it arrived; only when it
    /// did not is it sent again.
    /// </summary>
    /// <returns>The new request, or the site's reason for refusing it (QUEUE_FULL, BAD_EXPOSURE ...).</returns>
    /// <exception cref="ArgumentException">There is no such telescope, or the exposure is not positive; nothing was sent.</exception>
    /// <exception cref="SiteUnavailableException">The site cannot be reached; the list showed no such request, or could not be read.</exception>
    public async Task<SubmissionResult> SubmitAsync(Submission submission, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(submission);
        var telescope = SiteTelescope.Require(submission.Telescope);
        if (submission.Exposure < TimeSpan.FromMilliseconds(1) || submission.Exposure.TotalMilliseconds > int.MaxValue)
            throw new ArgumentException($"An exposure of {submission.Exposure.TotalSeconds} s cannot be made: give more than 0 (the site takes up to 180 s).");
        var fields = new JsonObject
        {
            ["telescopeid"] = telescope.Id!.Value.ToString(CultureInfo.InvariantCulture),
            ["telescopetype"] = GalaxyType,
            ["exposuretime"] = (int)Math.Round(submission.Exposure.TotalMilliseconds),
            ["filtertype"] = telescope.FilterName(submission.Filter),
            ["objecttype"] = "RADEC",
            ["objectname"] = submission.ObjectName,
            ["objectid"] = submission.Position.ToString(),
            ["usercomments"] = submission.Comment,
        };

        await _constructing.WaitAsync(cancel);
        try
        {
            return await SubmitVerifiedAsync(submission, fields, cancel);
        }
        finally
        {
            _constructing.Release();
        }
    }

    /// <summary>The original's <c>submit_RADEC_job</c>, which filled in the site's form page by page; here the same as <see cref="SubmitAsync"/>.</summary>
    /// <remarks>The dark frame of that form has no counterpart in the API, which takes the site's default (Instant).</remarks>
    public Task<SubmissionResult> SubmitRaDecAsync(Submission submission, CancellationToken cancel = default) => SubmitAsync(submission, cancel);

    /// <summary>Asks for an exposure of a star by its name (<c>submitVarStar</c>), wherever the catalogues say it is.</summary>
    /// <param name="name">Name, for example "SS Cyg"; the site keeps it as the object's.</param>
    /// <param name="resolver">Finds the position.</param>
    /// <param name="telescope">Telescope by name.</param>
    /// <param name="exposure">Exposure time; 90 s without one.</param>
    /// <param name="filter">Filter, in any telescope's words.</param>
    /// <param name="comment">The comment the site keeps.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="ObservationNotFoundException">No catalogue knows the name; nothing was sent.</exception>
    public async Task<SubmissionResult> SubmitStarAsync(
        string name, NameResolver resolver, string telescope = "COAST", TimeSpan? exposure = null, string filter = "BVR", string comment = "AutoSubmit", CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(resolver);
        SiteTelescope.Require(telescope);
        return await SubmitAsync(new(await resolver.ResolveAsync(name, cancel), telescope, exposure ?? StarExposure, filter, name, comment), cancel);
    }

    private async Task<SubmissionResult> SubmitVerifiedAsync(Submission submission, JsonObject fields, CancellationToken cancel)
    {
        // Numbers only grow: whatever equals the submission and is newer than this one is it.
        var newest = await NewestRequestAsync(cancel);
        for (var attempt = 1; ; attempt++)
        {
            TelescopeOrgException lost;
            try
            {
                return await _session.RunAsync(() => ConstructAsync(fields, cancel), cancel);
            }
            catch (Exception e) when (e is SiteUnavailableException or SiteFormatException)
            {
                lost = (TelescopeOrgException)e;
            }

            // Twice, for a slow site may list what it made only after a while.
            for (var look = 0; look < 2; look++)
            {
                if (await FindAsync(submission, newest, cancel) is { } found)
                    return new(true, found, "verified by listing");
                await _connection.BackOffAsync(attempt, null, cancel);
            }

            // A site that answers in words it never used is not asked a second time.
            if (lost is SiteFormatException || attempt >= SubmissionTries)
                throw lost;
        }
    }

    private async Task<SubmissionResult> ConstructAsync(JsonObject fields, CancellationToken cancel)
    {
        (await CallOnceAsync(RequestConstructor, "0-rb-clear", null, repeatable: true, cancel)).Required();
        var set = await CallOnceAsync(RequestConstructor, "0-rb-set", fields.DeepClone().AsObject(), repeatable: true, cancel);
        if (!set.Success)
            return new(false, null, set.Status);
        var submitted = await CallOnceAsync(RequestConstructor, "0-rb-submit", null, repeatable: false, cancel);
        if (!submitted.Success)
            return new(false, null, submitted.Status);
        var id = SiteJson.AsInteger(submitted.Data) ?? submitted.Data.Integer("id") ?? submitted.Data.Integer("rid") ?? submitted.Data.Integer("requestid");
        return id is > 0 and <= int.MaxValue ? new(true, (int)id, submitted.Status) : throw Changed(submitted, "data is no request number");
    }

    private async Task<int> NewestRequestAsync(CancellationToken cancel)
    {
        var (_, rows) = await RequestPageAsync(1, RequestSort.Rid, 1, 0, cancel);
        return rows.Count > 0 ? rows.Max(row => row.Id) : 0;
    }

    private async Task<int?> FindAsync(Submission submission, int after, CancellationToken cancel)
    {
        var (_, rows) = await RequestPageAsync(1, RequestSort.Rid, FirstPageRows, 0, cancel);
        return rows.Where(row => row.Id > after && row.Comments == submission.Comment && SkyPosition.TryParse(row.ObjectId)?.ToString() == submission.Position.ToString())
            .Select(row => (int?)row.Id).Max();
    }
}
