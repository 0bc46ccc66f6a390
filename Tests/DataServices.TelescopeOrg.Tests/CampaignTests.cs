namespace DataServices.TelescopeOrg.Tests;

public sealed class CampaignTests : SiteFixture
{
    private const string Fields = """
        - field: {name: "Low", position: "83.82deg -5.39deg"}
          observation: {priority: 50, exptime: "1/4"}
        - field: {name: "Transit A", position: "04h12m05s +28d17m30s"}
          observation: {priority: 250, exptime: 45, min_nexp: 40, filter_name: Red, tags: [x]}
        - field: {name: "Twice", position: "100.00 deg +00.887 deg"}
          observation: {type: compound, exptime: [5, 30]}
        """;

    [Fact]
    public void A_fields_file_is_read_in_the_order_of_priority()
    {
        var (targets, problems) = FieldsFile.Read(Write(Fields + "\n- field: {name: Bad, position: nowhere}\n- field: {position: 1deg 1deg}\n"));
        Assert.Equal(["Transit A", "Twice", "Low"], targets.Select(target => target.Name));
        Assert.Equal("04:12:05.00 +28:17:30.00", targets[0].Position.ToString());
        Assert.Equal((250, "Red", 45), (targets[0].Priority, targets[0].Filter, targets[0].Exposures.Single().TotalSeconds));
        Assert.Equal([5, 30], targets[1].Exposures.Select(exposure => exposure.TotalSeconds));
        Assert.Equal(("05:35:16.80 -05:23:24.00", 0.25), (targets[2].Position.ToString(), targets[2].Exposures[0].TotalSeconds));
        Assert.Equal(2, problems.Count);
        Assert.Contains("line 7", problems[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("05h35m17.3s -05d23m28s", "05:35:17.30 -05:23:28.00")]
    [InlineData("83.82deg -05d23m28s", "05:35:16.80 -05:23:28.00")]
    [InlineData("05:35:17.3 -00:23:28", "05:35:17.30 -00:23:28.00")]
    [InlineData("360deg 0deg", null)]
    [InlineData("05h61m00s +0deg", null)]
    [InlineData("Orion", null)]
    public void Positions_have_several_spellings(string text, string? expected) => Assert.Equal(expected, FieldsFile.ParsePosition(text)?.ToString());

    [Theory]
    [InlineData("a: b")]
    [InlineData("- [")]
    public void What_is_no_list_is_an_error(string text) => Assert.Throws<FormatException>(() => FieldsFile.Read(Write(text)));

    [Fact]
    public async Task Targets_are_sent_by_priority_and_their_frames_collected_when_complete()
    {
        using (var campaign = Open())
        {
            await campaign.RunAsync();
            Assert.Equal([900001, 900002, 900003, 900004], campaign.Items.Select(item => item.RequestId!.Value).Order());
            Assert.Equal(900001, campaign.Items.Single(item => item.Target == "Transit A").RequestId);
            Assert.False(campaign.IsFinished);
        }

        // Another process goes on, while two are complete.
        await Site.ControlAsync("{\"complete\": 2}");
        using (var campaign = Open())
        {
            await campaign.RunAsync();
            Assert.Equal(2, campaign.Items.Count(item => item.State == CampaignState.Collected));
            var transit = campaign.Items.Single(item => item.Target == "Transit A");
            Assert.Equal(Path.Combine(Folder, "out", "Transit_A", "430001-R.fits"), transit.Frames.Single());
            Assert.True(File.Exists(transit.Frames[0]));
            Assert.Equal(4, (await ApiAsync("0-rb-submit")).Count);
        }

        await Site.ControlAsync("{\"complete\": 9}");
        using (var campaign = Open())
        {
            await campaign.RunAsync();
            Assert.True(campaign.IsFinished);
            Assert.All(campaign.Items, item => Assert.All(item.Frames, frame => Assert.True(File.Exists(frame))));
            Assert.Equal(3, campaign.Items.Single(item => item.Target == "Low").Frames.Count);
            Assert.Equal(4, (await ApiAsync("0-rb-submit")).Count);
        }
    }

    [Fact]
    public async Task A_full_queue_leaves_the_rest_for_the_next_pass()
    {
        await Site.ControlAsync("{\"queue_limit\": 1}");
        using var campaign = Open();
        await campaign.RunAsync();
        Assert.Equal(["Transit A"], campaign.Items.Where(item => item.State == CampaignState.Requested).Select(item => item.Target));
        Assert.Equal(3, campaign.Items.Count(item => item.State == CampaignState.Planned));
        // One refusal is enough to know that the queue is full.
        Assert.Equal(2, (await ApiAsync("0-rb-submit")).Count);

        await Site.ControlAsync("{\"queue_limit\": 30}");
        await campaign.RunAsync();
        Assert.All(campaign.Items, item => Assert.Equal(CampaignState.Requested, item.State));
    }

    [Fact]
    public async Task A_campaign_stopped_while_sending_finds_what_had_arrived()
    {
        var client = Client();
        string state;
        using (var campaign = Open(client))
        {
            await campaign.RunAsync();
            state = await File.ReadAllTextAsync(Path.Combine(Folder, "out", "campaign.json"));
        }

        // As the file was at the moment before the answer to the first submission came.
        var cut = state.Replace("\"State\": \"Requested\"", "\"State\": \"Sending\"", StringComparison.Ordinal);
        cut = System.Text.RegularExpressions.Regex.Replace(cut, "\"RequestId\": 9\\d+", "\"RequestId\": null");
        Assert.DoesNotContain("90000", cut, StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(Folder, "out", "campaign.json"), cut);
        using (var campaign = Open(client))
        {
            await campaign.RunAsync();
            Assert.Equal([900001, 900002, 900003, 900004], campaign.Items.Select(item => item.RequestId!.Value).Order());
        }

        Assert.Equal(4, (await ApiAsync("0-rb-submit")).Count);
    }

    [Fact]
    public async Task Too_long_an_exposure_fails_alone_and_a_pending_request_of_ones_own_is_respected()
    {
        var path = Write("- field: {name: Long, position: 1deg 1deg}\n  observation: {exptime: 300}\n- field: {name: Z Cam, position: 126.3deg 73.11deg}\n- field: {name: Good, position: 2deg 2deg}\n");
        using var campaign = Open(path: path);
        await campaign.RunAsync();
        Assert.Equal((CampaignState.Failed, "BAD_EXPOSURE"), Item("Long"));
        Assert.Equal(CampaignState.Requested, Item("Good").State);
        // The emulator's last ten requests wait, one of them for Z Cam.
        Assert.Equal(CampaignState.Planned, Item("Z Cam").State);
        Assert.Contains("waits for request", Item("Z Cam").Note, StringComparison.Ordinal);

        (CampaignState State, string Note) Item(string target) => campaign.Items.Where(item => item.Target == target).Select(item => (item.State, item.Note)).Single();
    }

    [Fact]
    public void Two_campaigns_at_once_in_one_directory_are_refused()
    {
        using var first = Open();
        Assert.Throws<TelescopeOrgException>(() => Open());
    }

    private Campaign Open(TelescopeClient? client = null, string? path = null) =>
        new(client ?? Client(), FieldsFile.Read(path ?? Write(Fields)).Targets, new() { Directory = Path.Combine(Folder, "out") });

    private string Write(string text)
    {
        var path = Path.Combine(Folder, "fields.yaml");
        File.WriteAllText(path, text);
        return path;
    }
}
