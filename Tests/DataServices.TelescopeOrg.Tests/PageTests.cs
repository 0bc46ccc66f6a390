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
        Assert.Equal(("le 18 novembre 2024", null), (SiteTime.Parse("le 18 novembre 2024")!.Text, SiteTime.Parse("le 18 novembre 2024")!.Utc));
        Assert.Null(SiteTime.Parse(" "));
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
        const string row = "<tr><td><a href='job/420001'>J</a></td><td>18 November</td><td>BVR</td></tr>";
        Assert.Throws<SiteFormatException>(() => JobSearchPage.Read(Page($"<table>{row}</table>")));
        // A menu is no table of results.
        Assert.Empty(JobSearchPage.Read(Page("<table><tr><td><a href='a.php'>A</a></td></tr><tr><td><a href='b.php'>B</a></td></tr></table>")));
    }

    [Fact]
    public void The_first_link_of_a_row_says_which_job_it_is_and_a_later_one_only_where_no_first_does()
    {
        const string other = "<tr><td><a href='v?rid=5'>R5</a></td><td><a href='v?jid=5'>J5</a></td></tr>";
        Assert.Equal([7], JobSearchPage.Read(Page($"<table><tr><td><a href='v?jid=7'>J7</a></td></tr>{other}</table>")));
        Assert.Equal([5], JobSearchPage.Read(Page($"<table>{other}</table>")));
    }

    [Fact]
    public void Labels_may_stand_above_their_values()
    {
        var job = Read("<table><thead><tr><th>Request ID</th><th>Filter Type</th><th>Status</th></tr></thead><tbody><tr><td>R1</td><td>V</td><td>Success</td></tr></tbody></table>");
        Assert.Equal((1, "V", true), (job.RequestIds.Single(), job.Filter, job.IsSuccess));
    }

    [Theory]
    [InlineData("R771716 R771970", new[] { 771716, 771970 })]
    [InlineData("R771716 (1 of 2), R771970 (2 of 2)", new[] { 771716, 771970 })]
    [InlineData("771716, 771970", new[] { 771716, 771970 })]
    [InlineData("none", new int[0])]
    public void Numbers_of_requests_are_those_with_a_letter(string text, int[] expected) => Assert.Equal(expected, JobPage.Identifiers(text));

    [Theory]
    [InlineData("120000 ms", 120.0)]
    [InlineData("120000ms", 120.0)]
    [InlineData("30 s", 30.0)]
    [InlineData("1.5 seconds", 1.5)]
    [InlineData("2 fortnights", null)]
    public void Exposure_times_are_understood_with_their_unit(string text, double? seconds) => Assert.Equal(seconds, Job.ParseExposure(text)?.TotalSeconds);

    [Theory]
    [InlineData("<p>Object Type: RADEC</p><p>Filter Type: BVR</p>")]
    [InlineData("<div><span>Object Type</span><span>RADEC</span></div><div><span>Status</span><span>Success</span></div>")]
    public void A_page_that_says_it_outside_of_tables_has_changed(string body) => Assert.Contains(Address, Assert.Throws<SiteFormatException>(() => Read(body)).Message, StringComparison.Ordinal);

    [Fact]
    public void Labels_beside_nothing_are_an_unknown_number() =>
        Assert.Contains(Address, Assert.Throws<ObservationNotFoundException>(() => Read("<table><tr><td>Object Type</td><td></td></tr><tr><td>Status</td><td> </td></tr></table>")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("<form><input name=u><input TYPE=Password name=p></form>", true)]
    [InlineData("<form action='change.php'><input type=password name=old><input type=password name=new></form>", false)]
    [InlineData("<p>Never tell your password.</p>", false)]
    public void A_form_with_one_password_is_the_login(string html, bool expected) => Assert.Equal(expected, LoginForm.IsOn(html));

    [Theory]
    [InlineData("<p>\u00e9\u2013</p>", "utf-8", "utf8")]
    [InlineData("<p>\u00e9\u2013</p>", "utf-8", null)]
    [InlineData("<p>\u00e9\u2013</p>", "windows-1252", "ISO-8859-1")]
    [InlineData("<p>\u00e9\u2013</p>", "windows-1252", null)]
    [InlineData("<p>\u00e9\u2013</p>", "windows-1252", "no-such-charset")]
    [InlineData("<meta charset=utf-16><p>\u0161</p>", "utf-8", "UTF-8")]
    [InlineData("<META http-equiv=x content='text/html; charset=windows-1250'><p>\u0161</p>", "windows-1250", null)]
    public void Text_is_read_in_the_encoding_it_is_in(string text, string encoding, string? announced)
    {
        var bytes = (System.Text.CodePagesEncodingProvider.Instance.GetEncoding(encoding) ?? System.Text.Encoding.GetEncoding(encoding)).GetBytes(text);
        Assert.Equal(text, SiteText.Decode(bytes, announced));
        Assert.Equal("{}", SiteText.Decode([0xEF, 0xBB, 0xBF, .. "{}"u8], announced));
    }

    [Theory]
    [InlineData("var info = {\"jid\": \"420001\", \"x\": {\"y\": 1}};", 420001)]
    [InlineData("var a = 1; var info = {\"jid\": 420001};", 420001)]
    [InlineData("var info = {\n\"jid\": \"420001\"\n};\nshow({});", 420001)]
    [InlineData("var info = {\"jid\": null};", null)]
    [InlineData("var info = {\"jid\": \"0\"};", null)]
    public void The_job_of_a_request_is_in_its_script(string script, int? expected) =>
        Assert.Equal(expected, RequestPage.JobId(7, Page($"<table><tr><td>Status</td><td>Waiting</td></tr></table><script>\n{script}\n</script>")));

    [Fact]
    public void A_request_page_without_the_script_has_changed() =>
        Assert.Throws<SiteFormatException>(() => RequestPage.JobId(7, Page("<script>var other = {};</script>")));

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
