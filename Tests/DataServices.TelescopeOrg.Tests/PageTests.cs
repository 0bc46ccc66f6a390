namespace DataServices.TelescopeOrg.Tests;

/// <summary>Pages in shapes that differ from the emulator's.</summary>
public sealed class PageTests
{
    private const string Address = "v4request-view.php?jid=7";

    [Theory]
    [InlineData("Mon 18th completed: 18 November 2024 (05:41:09 UTC)", "2024-11-18T05:41:09Z")]
    [InlineData("Completed on Monday 18 November 2024 (05:41:09 UTC)", "2024-11-18T05:41:09Z")]
    [InlineData("18 Nov 2024 05:41", "2024-11-18T05:41:00Z")]
    [InlineData("a b c 1 July 2024 (00:30:00 BST)", "2024-06-30T23:30:00Z")]
    public void Time_cells_are_understood_whatever_stands_before(string text, string expected) =>
        Assert.Equal(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), SiteTime.Parse(text)!.Utc);

    [Fact]
    public void A_time_in_an_unknown_zone_keeps_its_text_only()
    {
        var time = SiteTime.Parse("a b c 18 November 2024 (05:41:09 XYZ)")!;
        Assert.Null(time.Utc);
        Assert.Contains("XYZ", time.Text, StringComparison.Ordinal);
        Assert.Null(SiteTime.Parse("not yet"));
    }

    [Fact]
    public void Rows_may_be_headed_nested_or_a_definition_list()
    {
        var job = Read("<table><tr><td><table><tr><th>Request ID</th><td>R1 R2</td><th>Filter Type</th><td>B&nbsp;V</td></tr></table></td></tr></table>"
            + "<dl><dt>Exposure Time:</dt><dd>30 s</dd></dl><a href='x?a=1&amp;dl-flat=44'>flat</a>");
        Assert.Equal([1, 2], job.RequestIds);
        Assert.Equal(("B V", TimeSpan.FromSeconds(30), 44), (job.Filter, job.Exposure, job.FlatId));
        Assert.Null(job.Completed);
        Assert.False(job.IsSuccess);
    }

    [Fact]
    public void A_value_that_reads_like_a_label_is_no_label()
    {
        var page = SitePage.Parse(Address, "<table><tr><td>Object Name</td><td>Status</td></tr><tr><td>Filter Type</td><td>V</td></tr><tr><td>Status:</td><td>Success</td></tr></table>");
        Assert.Equal("Success", page.Value("Status"));
    }

    [Fact]
    public void A_value_is_found_behind_its_label_in_rows_of_any_shape() =>
        Assert.Equal("V", Read("<table><tr><td><img></td><td>Filter Type</td><td>V</td><td>?</td></tr></table>").Filter);

    [Fact]
    public void A_page_about_nothing_is_not_found_and_a_page_of_other_rows_has_changed()
    {
        Assert.Throws<ObservationNotFoundException>(() => Read("<p>Sorry.</p>"));
        Assert.Throws<ObservationNotFoundException>(() => Read("<table><tr><td>Job ID</td><td>J7</td></tr></table>"));
        var rows = string.Concat(Enumerable.Range(1, 6).Select(i => $"<tr><td>Champ {i}</td><td>valeur</td></tr>"));
        var error = Assert.Throws<SiteFormatException>(() => Read($"<p>PHPSESSID=abc123; ok</p><table>{rows}</table>"));
        Assert.Equal(Address, error.Page);
        Assert.Contains(Address, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("abc123", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_search_without_results_is_empty_and_one_without_job_links_has_changed()
    {
        Assert.Empty(JobSearchPage.Read(Page("<h2>Results</h2><p>0 jobs</p><table><tr><th>Job</th></tr></table>")));
        Assert.Equal([7, 8], JobSearchPage.Read(Page("<ul><li><a href='v?jid=7&amp;x=1'>a</a></li><li><a href='v?x=1&amp;jid=8'>b</a></li></ul>")));
        const string row = "<tr><td><a href='job/7'>7</a></td></tr>";
        Assert.Throws<SiteFormatException>(() => JobSearchPage.Read(Page($"<table>{row}{row}</table>")));
    }

    [Theory]
    [InlineData("var info = {\"jid\": \"420001\", \"x\": {\"y\": 1}};", 420001)]
    [InlineData("var a = 1; var info = {\"jid\": 420001};", 420001)]
    [InlineData("var info = {\n\"jid\": \"420001\"\n};\nshow({});", 420001)]
    [InlineData("var info = {\"jid\": null};", null)]
    public void The_job_of_a_request_is_in_its_script(string script, int? expected) =>
        Assert.Equal(expected, RequestPage.JobId(Page($"<script>\n{script}\n</script>")));

    [Fact]
    public void A_request_page_without_the_script_has_changed() =>
        Assert.Throws<SiteFormatException>(() => RequestPage.JobId(Page("<script>var other = {};</script>")));

    [Fact]
    public void Numbers_come_as_numbers_or_text_and_names_in_any_case()
    {
        var answer = ApiAnswer.Parse("m", "r", "{\"Success\": \"1\", \"status\": \"OK\", \"data\": {\"ieID\": 7, \"IEID2\": \"8\"}}");
        Assert.True(answer.Success);
        Assert.Equal((7, 8), (answer.Data.Integer("ieid"), answer.Data.Integer("ieid2")));
        Assert.Throws<SiteFormatException>(() => ApiAnswer.Parse("m", "r", "<html>busy</html>"));
        Assert.Throws<NotLoggedInException>(() => ApiAnswer.Parse("m", "r", "<form action='login.php'><input type='password'></form>"));
    }

    private static SitePage Page(string body) => SitePage.Parse(Address, $"<html><body>{body}</body></html>");

    private static Job Read(string body) => JobPage.Read(7, Page(body));
}
