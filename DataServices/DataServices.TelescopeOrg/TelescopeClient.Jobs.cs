using System.Globalization;
using System.Runtime.CompilerServices;

namespace DataServices.TelescopeOrg;

public sealed partial class TelescopeClient
{
    private const int ResultRows = 1000;

    // The form knows whole minutes.
    private static readonly TimeSpan _shortestInterval = TimeSpan.FromMinutes(2);

    /// <summary>The page of a job (<c>get_job</c>).</summary>
    /// <exception cref="ObservationNotFoundException">There is no such job.</exception>
    public async Task<Job> GetJobAsync(int jobId, CancellationToken cancel = default) => JobPage.Read(jobId, await ViewAsync("jid", jobId, cancel));

    /// <summary>
    /// Completed jobs of all users, latest first (<c>get_obs_list</c>). The site shows 1000 at most: when that many come, the interval is halved and
    /// both halves are asked for.
    /// </summary>
    /// <exception cref="ArgumentException">There is no such telescope; nothing was sent.</exception>
    public IAsyncEnumerable<int> GetJobsAsync(JobSearch search, IProgress<ListProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(search);
        var telescope = search.Camera.Length == 0 ? "" : SiteTelescope.Require(search.Camera).Id!.Value.ToString(CultureInfo.InvariantCulture);
        if (search.Days is not (> 0 and < 36525))
            throw new ArgumentException($"{search.Days} days cannot be searched: give more than 0.");
        var until = (search.Until ?? _clock.GetUtcNow()).ToUniversalTime();
        var from = until - TimeSpan.FromDays(search.Days);
        if (search.At is { } at)
            (from, until) = (new(from.Date + at.ToTimeSpan(), TimeSpan.Zero), new(until.Date + at.ToTimeSpan(), TimeSpan.Zero));
        return SearchAsync(from, until, search, telescope, progress, cancel);
    }

    private async IAsyncEnumerable<int> SearchAsync(
        DateTimeOffset from, DateTimeOffset until, JobSearch search, string telescope, IProgress<ListProgress>? progress, [EnumeratorCancellation] CancellationToken cancel)
    {
        var seen = new HashSet<int>();
        var open = new Stack<(DateTimeOffset From, DateTimeOffset Until)>([(from, until)]);
        while (open.TryPop(out var interval))
        {
            var page = await PageAsync(new(HttpMethod.Post, "v3job-search-query.php", SearchForm(interval.From, interval.Until, search.Filter, telescope)), cancel);
            search.Summary?.Invoke(JobSearchPage.Summary(page));
            var jobs = JobSearchPage.Read(page);
            if (jobs.Count >= ResultRows && interval.Until - interval.From >= _shortestInterval)
            {
                var middle = interval.From + (interval.Until - interval.From) / 2;
                _options.Warn?.Invoke($"More than {ResultRows} jobs between {interval.From:u} and {interval.Until:u}: asking for each half.");
                open.Push((interval.From, middle));
                open.Push((middle, interval.Until));
                continue;
            }

            if (jobs.Count >= ResultRows)
                _options.Warn?.Invoke($"More than {ResultRows} jobs within {interval.Until - interval.From} before {interval.Until:u}: the site shows only these.");
            var found = jobs.Where(seen.Add).ToList();
            progress?.Report(new(seen.Count, open.Count == 0 ? seen.Count : null));
            foreach (var job in found)
                yield return job;
        }
    }

    private static List<KeyValuePair<string, string>> SearchForm(DateTimeOffset from, DateTimeOffset until, string filter, string telescope)
    {
        List<KeyValuePair<string, string>> form = [new("sort1", "completetime"), new("sort1order", "desc")];
        foreach (var (name, time) in new[] { ("searchearliestcom[]", from), ("searchlatestcom[]", until) })
        {
            int[] values = [time.Day, time.Month, time.Year, time.Hour, time.Minute];
            form.AddRange(values.Select(value => new KeyValuePair<string, string>(name, value.ToString(CultureInfo.InvariantCulture))));
        }

        form.AddRange([
            new("searchstatus[]", "1"), new("resultsperpage", ResultRows.ToString(CultureInfo.InvariantCulture)),
            new("searchfilter", filter), new("searchtelescope", telescope), new("submit", "Go"),
        ]);
        return form;
    }
}
