using System.Text.Json.Nodes;

namespace DataServices.TelescopeOrg.Tests;

public sealed class RequestTests : SiteFixture
{
    [Fact]
    public async Task Three_folders_come_and_a_missing_count_stays_missing()
    {
        var folders = await Client().GetFoldersAsync();
        Assert.Equal([1, 4, 461], folders.Select(folder => folder.Id));
        Assert.Equal([130, null, 40], folders.Select(folder => folder.Count));
        Assert.Equal("Inbox", folders[0].Name);
    }

    [Fact]
    public async Task A_list_of_130_takes_two_calls()
    {
        var requests = await Client().GetRequestsAsync().ToListAsync();
        Assert.Equal(130, requests.DistinctBy(request => request.Id).Count());
        Assert.Equal((130, 770130, 770001), (requests.Count, requests[0].Id, requests[^1].Id));

        var parameters = (await ApiAsync("1-get-list-own")).Select(call => JsonNode.Parse(call.Field("params")!)!).ToList();
        Assert.Equal(2, parameters.Count);
        Assert.Equal((100, null), ((int)parameters[0]["limit"]!, parameters[0]["startAfterRow"]));
        Assert.Equal((30, 100), ((int)parameters[1]["limit"]!, (int)parameters[1]["startAfterRow"]!));
        Assert.Equal("rid", (string?)parameters[0]["sort"]);
    }

    [Fact]
    public async Task A_list_that_grows_while_it_is_read_gives_every_request_once()
    {
        var client = Client();
        var ids = new List<int>();
        await foreach (var request in client.GetRequestsAsync())
        {
            // A new one stands first and pushes the others down by a row: the next page begins with one that was on this.
            if (ids.Count == 50)
                await client.SubmitAsync(new(new(1, 2), "COAST", TimeSpan.FromSeconds(30)));
            ids.Add(request.Id);
        }

        Assert.Equal(Enumerable.Range(770001, 130).Reverse(), ids);
    }

    [Fact]
    public async Task A_list_that_fits_takes_one_call()
    {
        Assert.Equal(40, await Client().GetRequestsAsync(folder: 461).CountAsync());
        Assert.Single(await ApiAsync("1-get-list-own"));
    }

    [Fact]
    public async Task Lists_are_sorted_by_name_or_newest_completion()
    {
        var byName = await Client().GetRequestsAsync(sort: RequestSort.Object).Select(request => request.ObjectName!).ToListAsync();
        Assert.Equal(byName.Order(StringComparer.Ordinal), byName);
        Assert.Equal("RX And", byName[0]);
        var byCompletion = await Client().GetRequestsAsync(sort: RequestSort.Completion).Select(request => request.Id).FirstAsync();
        Assert.Equal(770120, byCompletion);
    }

    [Fact]
    public async Task An_entry_is_typed()
    {
        var request = await Client().GetRequestsAsync().FirstAsync(entry => entry.Id == 770001);
        Assert.Equal((8, "Complete"), (request.Status.Code, request.Status.ToString()));
        Assert.Equal(("RADEC", "21:42:42.79 +43:35:09.90", "SS Cyg", "AutoSubmit"), (request.ObjectType, request.ObjectId, request.ObjectName, request.Comments));
        Assert.Equal(new DateTimeOffset(2024, 11, 9, 18, 2, 39, TimeSpan.Zero), request.Requested);
        Assert.Equal("unknown status 77", new RequestStatus(77).ToString());
    }

    [Fact]
    public async Task The_job_of_a_request_is_asked_for_only_when_it_is_complete()
    {
        var client = Client();
        Assert.Null(await client.GetJobIdAsync(Entry(770125, 3)));
        Assert.Empty(await Site.LogAsync());

        Assert.Equal(420001, await client.GetJobIdAsync(Entry(770001, 8)));
        Assert.Equal(420002, await client.GetJobIdAsync(770002));
        Assert.Null(await client.GetJobIdAsync(770125));
        await Assert.ThrowsAsync<ObservationNotFoundException>(() => client.GetJobIdAsync(5));
    }

    [Fact]
    public async Task The_observations_of_an_object_come_newest_first()
    {
        var found = await Client().GetObjectObservationsAsync("U Gem").Take(2).ToListAsync();
        Assert.Equal([(770119, 420119), (770114, 420114)], found.Select(pair => (pair.Request.Id, pair.JobId!.Value)));
        // Looked up as they are reached, not all 24 at once.
        Assert.Equal(2, (await CallsAsync("v4request-view.php")).Count);
    }

    [Fact]
    public async Task A_request_is_read_from_its_page()
    {
        var client = Client();
        var complete = await client.GetRequestAsync(770001);
        Assert.Equal((420001, "Complete", "COAST", "Galaxy", "Instant", 31), (complete.JobId, complete.StatusText, complete.Telescope, complete.TelescopeType, complete.DarkFrame, complete.FlatId));
        Assert.Equal(new DateTimeOffset(2024, 11, 11, 0, 2, 39, TimeSpan.Zero), complete.Completed!.Utc);
        var waiting = await client.GetRequestAsync(770125);
        Assert.Equal((null, "Waiting", null), (waiting.JobId, waiting.StatusText, waiting.Completed));
    }

    private static ObservingRequest Entry(int id, int status) => new(id, new(status), null, null, null, null, null, null, null);
}
