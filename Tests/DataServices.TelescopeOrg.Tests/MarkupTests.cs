namespace DataServices.TelescopeOrg.Tests;

/// <summary>The same site in other markup: what only looks different is read as ever, what is different is named.</summary>
public sealed class MarkupTests : SiteFixture
{
    [Fact]
    public async Task Loose_markup_in_another_encoding_says_the_same()
    {
        var search = new JobSearch { Camera = "COAST", Until = new(2024, 12, 1, 0, 0, 0, TimeSpan.Zero) };
        var client = Client();
        async Task<(string Job, string Two, string Request, string Waiting, int? Jid, string Jobs, long? Size)> AllAsync() =>
        (
            Text(await client.GetJobAsync(420001)), Text(await client.GetJobAsync(420007)), $"{await client.GetRequestAsync(770001)}", $"{await client.GetRequestAsync(770125)}",
            await client.GetJobIdAsync(770002), string.Join(' ', await client.GetJobsAsync(search).ToListAsync()), (await client.GetProcessedAsync(420013))?.Length);
        var plain = await AllAsync();
        await Site.ControlAsync("{\"markup\": \"loose\"}");
        Assert.Equal(plain, await AllAsync());
        Assert.Equal("420120 420119 420118 420117 420116 420115", plain.Jobs);
        await Assert.ThrowsAsync<ObservationNotFoundException>(() => client.GetJobAsync(5));
        await Assert.ThrowsAsync<ObservationNotFoundException>(() => client.GetJobIdAsync(5));
    }

    [Fact]
    public async Task A_new_layout_is_an_error_that_names_the_page()
    {
        var client = Client();
        await client.LoginAsync();
        await Site.ControlAsync("{\"markup\": \"new\"}");
        async Task NamesAsync(string page, Func<Task> call) => Assert.Contains($"the page {page} has changed", (await Assert.ThrowsAsync<SiteFormatException>(call)).Message, StringComparison.Ordinal);
        await NamesAsync("v4request-view.php?jid=420001", () => client.GetJobAsync(420001));
        await NamesAsync("v4request-view.php?rid=770001", () => client.GetRequestAsync(770001));
        await NamesAsync("v4request-view.php?rid=770001", () => client.GetJobIdAsync(770001));
        await NamesAsync("v3job-search-query.php", async () => await client.GetJobsAsync(new() { Until = new(2024, 12, 1, 0, 0, 0, TimeSpan.Zero) }).ToListAsync());
    }

    [Theory]
    [InlineData("redirect")]
    [InlineData("forbidden")]
    [InlineData("ERROR")]
    [InlineData("ACCESS DENIED")]
    [InlineData("Please log in.")]
    public async Task However_the_site_words_the_end_of_a_session_it_is_renewed_once(string words)
    {
        var client = Client();
        await client.GetFoldersAsync();
        await Site.ControlAsync($"{{\"stranger\": \"{words}\", \"drop_sessions\": 1}}");
        Assert.Equal(130, await client.GetRequestsAsync().CountAsync());
        await Site.ControlAsync("{\"drop_sessions\": 1}");
        Assert.Equal(420001, (await client.GetJobAsync(420001)).Id);
        Assert.Equal(3, (await CallsAsync("login.php")).Count);
    }

    [Fact]
    public async Task A_login_that_leads_to_a_page_that_is_not_there_is_a_login()
    {
        await Site.ControlAsync("{\"login_leads\": \"nowhere.php\"}");
        Assert.Equal(3, (await Client().GetFoldersAsync()).Count);
    }

    [Fact]
    public async Task What_is_a_file_and_what_a_page_is_told_by_the_content_and_not_by_the_announced_type()
    {
        await Site.ControlAsync("{\"file_type\": \"text/html\"}");
        var client = Client();
        Assert.Equal(28800, new FileInfo(await client.GetFileAsync(420001)).Length);
        Assert.True(File.Exists(await client.GetFileAsync(420001, FileKind.Zip)));

        // A page in place of the file: the one place that answers every path.
        await Site.ControlAsync("{\"http\": {\"v3image-download.php\": {\"code\": 200, \"n\": 1}}}");
        var error = await Assert.ThrowsAsync<SiteFormatException>(() => client.GetFileAsync(420002));
        Assert.Contains("v3image-download.php?jid=420002", error.Message, StringComparison.Ordinal);
        Assert.Contains("web page", error.Message, StringComparison.Ordinal);
    }

    // Lists are compared by what is in them.
    private static string Text(Job job) => $"{job with { RequestIds = [] }} {string.Join(' ', job.RequestIds)}";
}
