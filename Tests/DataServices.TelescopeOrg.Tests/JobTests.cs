namespace DataServices.TelescopeOrg.Tests;

public sealed class JobTests : SiteFixture
{
    private static readonly DateTimeOffset _until = new(2024, 12, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_job_is_read_from_its_page()
    {
        var job = await Client().GetJobAsync(420001);
        Assert.Equal([770001], job.RequestIds);
        Assert.Equal(("RADEC", "21:42:42.79 +43:35:09.90", "Galaxy", "BVR"), (job.ObjectType, job.ObjectId, job.TelescopeType, job.Filter));
        Assert.Equal((TimeSpan.FromMilliseconds(120000), true, 31), (job.Exposure, job.IsSuccess, job.FlatId));
        Assert.Equal(new DateTimeOffset(2024, 11, 11, 0, 2, 39, TimeSpan.Zero), job.Completed!.Utc);
    }

    [Fact]
    public async Task A_job_may_serve_two_requests_or_lack_a_flat_or_not_exist()
    {
        var client = Client();
        Assert.Equal([770007, 770006], (await client.GetJobAsync(420007)).RequestIds);
        Assert.Null((await client.GetJobAsync(420003)).FlatId);
        await Assert.ThrowsAsync<ObservationNotFoundException>(() => client.GetJobAsync(5));
    }

    [Fact]
    public async Task The_search_sends_its_form_and_gives_jobs_in_page_order()
    {
        var said = new List<string>();
        var jobs = await Client().GetJobsAsync(new JobSearch { Until = _until, Camera = "Coast", Summary = said.Add }).ToListAsync();
        Assert.Contains("Search Results: 6 jobs", Assert.Single(said), StringComparison.Ordinal);
        Assert.Equal([420120, 420119, 420118, 420117, 420116, 420115], jobs);

        var form = Assert.Single(await CallsAsync("v3job-search-query.php")).Form;
        Assert.Equal(
            [
                "sort1=completetime", "sort1order=desc", "searchearliestcom[]=30", "searchearliestcom[]=11", "searchearliestcom[]=2024", "searchearliestcom[]=0", "searchearliestcom[]=0",
                "searchlatestcom[]=1", "searchlatestcom[]=12", "searchlatestcom[]=2024", "searchlatestcom[]=0", "searchlatestcom[]=0",
                "searchstatus[]=1", "resultsperpage=1000", "searchfilter=", "searchtelescope=6", "submit=Go",
            ],
            form.Select(field => $"{field[0]}={field[1]}"));
    }

    [Fact]
    public async Task The_search_may_begin_and_end_at_the_hour_of_the_sites_own_day()
    {
        var search = new JobSearch { Until = _until.AddHours(3), Days = 2, At = JobSearch.SiteDay };
        Assert.Equal([420120, 420119, 420118, 420117, 420116, 420115, 420114, 420113], await Client().GetJobsAsync(search).ToListAsync());
        var times = (await CallsAsync("v3job-search-query.php"))[0].Form.Where(field => field[0].EndsWith("com[]", StringComparison.Ordinal)).Select(field => field[1]);
        Assert.Equal(["29", "11", "2024", "16", "0", "1", "12", "2024", "16", "0"], times);
    }

    [Fact]
    public async Task The_search_knows_filters_and_refuses_unknown_telescopes_before_it_sends()
    {
        var client = Client();
        var pirate = await client.GetJobsAsync(new JobSearch { Until = _until, Days = 30, Filter = "Colour" }).ToListAsync();
        Assert.Equal(Enumerable.Range(420081, 10).Reverse(), pirate);
        var calls = (await Site.LogAsync()).Count;
        Assert.Throws<ArgumentException>(() => client.GetJobsAsync(new JobSearch { Camera = "Hubble" }));
        Assert.Equal(calls, (await Site.LogAsync()).Count);
    }

    [Fact]
    public async Task A_full_result_page_splits_the_interval_until_all_are_found()
    {
        await Site.ControlAsync("{\"crowd\": 2500}");
        var until = new DateTimeOffset(2025, 1, 3, 0, 0, 0, TimeSpan.Zero);
        var jobs = await Client().GetJobsAsync(new JobSearch { Until = until, Days = 2 }).ToListAsync();
        Assert.Equal(Enumerable.Range(500001, 2500).Reverse(), jobs);
        Assert.Contains(Warnings, warning => warning.Contains("1000", StringComparison.Ordinal));
    }
}
