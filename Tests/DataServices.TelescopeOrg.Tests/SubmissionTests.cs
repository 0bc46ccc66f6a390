using System.Text.Json.Nodes;

namespace DataServices.TelescopeOrg.Tests;

public sealed class SubmissionTests : SiteFixture
{
    private static readonly SkyPosition _position = SkyPosition.Parse("1:2:3.4", "-0:05:06.78");

    [Fact]
    public async Task A_submission_clears_sets_and_submits_in_the_words_of_the_telescope()
    {
        var result = await Client().SubmitAsync(new(_position, "COAST", TimeSpan.FromSeconds(120), "Colour", "Mine", "Why not"));
        Assert.Equal(new SubmissionResult(true, 900001, "OK"), result);

        var requests = (await CallsAsync("api-user.php")).Select(call => call.Field("request")!).Where(request => request.StartsWith("0-rb", StringComparison.Ordinal));
        Assert.Equal(["0-rb-clear", "0-rb-set", "0-rb-submit"], requests);
        Assert.Null((await ApiAsync("0-rb-clear"))[0].Field("params"));
        var fields = JsonNode.Parse((await ApiAsync("0-rb-set"))[0].Field("params")!)!.AsObject();
        Assert.Equal("""{"telescopeid":"6","telescopetype":2,"exposuretime":120000,"filtertype":"BVR","objecttype":"RADEC","objectname":"Mine","objectid":"01:02:03.40 -00:05:06.78","usercomments":"Why not"}""", fields.ToJsonString());
    }

    [Theory]
    [InlineData("PIRATE", "BVR", "Colour")]
    [InlineData("pirate", "g", "g")]
    [InlineData("PIRATE", "V", "Green")]
    [InlineData("COAST", "Red", "R")]
    [InlineData("Galaxy", "BVR", "BVR")]
    public void Filters_have_the_telescopes_own_names(string telescope, string filter, string expected) =>
        Assert.Equal(expected, SiteTelescope.Require(telescope).FilterName(filter));

    [Fact]
    public async Task The_filter_reaches_the_site_in_the_telescopes_words()
    {
        await Client().SubmitAsync(new(_position, "PIRATE", TimeSpan.FromSeconds(30)));
        Assert.Equal("Colour", (string?)JsonNode.Parse((await ApiAsync("0-rb-set"))[0].Field("params")!)!["filtertype"]);
    }

    [Theory]
    [InlineData("Hubble", 30)]
    [InlineData("10micron", 30)]
    [InlineData("COAST", 0)]
    public async Task What_cannot_be_asked_for_is_not_sent(string telescope, double seconds)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Client().SubmitAsync(new(_position, telescope, TimeSpan.FromSeconds(seconds))));
        Assert.Empty(await Site.LogAsync());
    }

    [Fact]
    public async Task Too_long_an_exposure_is_refused_by_the_site()
    {
        Assert.Equal(new SubmissionResult(false, null, "BAD_EXPOSURE"), await Client().SubmitAsync(new(_position, "COAST", TimeSpan.FromSeconds(200))));
        Assert.Empty(await ApiAsync("0-rb-submit"));
    }

    [Fact]
    public async Task A_full_queue_is_refused_without_a_retry()
    {
        await Site.ControlAsync("{\"queue_limit\": 0}");
        Assert.Equal(new SubmissionResult(false, null, "QUEUE_FULL"), await Client().SubmitAsync(new(_position, "COAST", TimeSpan.FromSeconds(30))));
        Assert.Single(await ApiAsync("0-rb-submit"));
    }

    [Fact]
    public async Task A_lost_answer_is_looked_up_and_not_sent_again()
    {
        await Site.ControlAsync("{\"submit_503\": 1}");
        var client = Client();
        var result = await client.SubmitAsync(new(_position, "COAST", TimeSpan.FromSeconds(30)));
        Assert.Equal((true, 900001), (result.Accepted, result.RequestId));
        Assert.Single(await ApiAsync("0-rb-submit"));
        Assert.Equal(131, await client.GetRequestsAsync().CountAsync());
    }

    [Fact]
    public async Task An_answer_that_makes_no_sense_is_looked_up_and_not_sent_again()
    {
        await Site.ControlAsync("{\"submit_garbled\": 1}");
        var result = await Client().SubmitAsync(new(_position, "COAST", TimeSpan.FromSeconds(30)));
        Assert.Equal((true, 900001), (result.Accepted, result.RequestId));
        Assert.Single(await ApiAsync("0-rb-submit"));
    }

    [Fact]
    public async Task An_older_equal_request_is_not_taken_for_the_lost_one()
    {
        var client = Client();
        var submission = new Submission(_position, "COAST", TimeSpan.FromSeconds(30));
        await client.SubmitAsync(submission);
        await Site.ControlAsync("{\"submit_503\": 1}");
        Assert.Equal(900002, (await client.SubmitAsync(submission)).RequestId);
        Assert.Equal(132, await client.GetRequestsAsync().CountAsync());
    }

    [Fact]
    public async Task A_submission_that_did_not_arrive_is_sent_again_though_an_older_one_equals_it()
    {
        var client = Client();
        var submission = new Submission(_position, "COAST", TimeSpan.FromSeconds(30));
        await client.SubmitAsync(submission);
        await Site.ControlAsync("{\"submit_lost\": 1}");
        Assert.Equal(900002, (await client.SubmitAsync(submission)).RequestId);
        Assert.Equal(3, (await ApiAsync("0-rb-submit")).Count);
    }

    [Fact]
    public async Task A_submission_that_never_arrives_is_given_up()
    {
        await Site.ControlAsync("{\"submit_lost\": 9}");
        var client = Client();
        await Assert.ThrowsAsync<SiteUnavailableException>(() => client.SubmitAsync(new(_position, "COAST", TimeSpan.FromSeconds(30))));
        Assert.Equal(3, (await ApiAsync("0-rb-submit")).Count);
        Assert.Equal(130, await client.GetRequestsAsync().CountAsync());
    }

    [Fact]
    public async Task A_session_lost_on_the_way_begins_the_construction_anew()
    {
        var client = Client();
        await client.LoginAsync();
        await Site.ControlAsync("{\"drop_sessions\": 1}");
        Assert.Equal(900001, (await client.SubmitRaDecAsync(new(_position, "COAST", TimeSpan.FromSeconds(30)))).RequestId);
        Assert.Equal(131, await client.GetRequestsAsync().CountAsync());
    }

    [Theory]
    [InlineData(23.9999999999, -0.00000001, "00:00:00.00 -00:00:00.00")]
    [InlineData(5.9999999, 9.99999999, "06:00:00.00 +10:00:00.00")]
    [InlineData(0.5, -89.5, "00:30:00.00 -89:30:00.00")]
    public void Positions_carry_over_seconds_that_round_up(double ra, double dec, string expected) =>
        Assert.Equal(expected, new SkyPosition(ra, dec).ToString());

    [Theory]
    [InlineData("24:00:00", "0")]
    [InlineData("1:60:00", "0")]
    [InlineData("1:00:00", "-90:00:01")]
    [InlineData("x", "0")]
    public void Positions_off_the_sky_are_refused(string ra, string dec) => Assert.Throws<ArgumentException>(() => SkyPosition.Parse(ra, dec));
}
