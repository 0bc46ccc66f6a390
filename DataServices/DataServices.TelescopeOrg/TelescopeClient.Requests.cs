using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DataServices.TelescopeOrg;

public sealed partial class TelescopeClient
{
    private const string RequestManager = "request-manager";
    private const int FirstPageRows = 100, PageRows = 500;

    /// <summary>The folders of requests (the original's <c>get_user_folders</c>).</summary>
    public async Task<IReadOnlyList<Folder>> GetFoldersAsync(CancellationToken cancel = default)
    {
        const string request = "0-get-my-folders";
        var answer = (await CallAsync(RequestManager, request, null, cancel)).Required();
        return
        [
            .. Rows(answer, answer.Data).Select(entry => new Folder(
                Id(answer, entry, "id"), entry.Text("name") ?? "", (int?)entry.Integer("count"), Epoch(entry.Integer("creationtime")))),
        ];
    }

    /// <summary>The requests of a folder (<c>get_user_requests</c>), page by page as they are read. One that moves while the list is read comes once.</summary>
    /// <param name="folder">Folder id; 1 is the inbox.</param>
    /// <param name="sort">Order.</param>
    /// <param name="progress">Told after each page.</param>
    /// <param name="cancel">Ends it.</param>
    public async IAsyncEnumerable<ObservingRequest> GetRequestsAsync(
        int folder = 1, RequestSort sort = RequestSort.Rid, IProgress<ListProgress>? progress = null, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        var seen = new HashSet<int>();
        var (received, limit) = (0, FirstPageRows);
        while (true)
        {
            var (total, rows) = await RequestPageAsync(folder, sort, limit, received, cancel);
            received += rows.Count;
            progress?.Report(new(received, total));
            foreach (var request in rows.Where(row => seen.Add(row.Id)))
                yield return request;
            if (rows.Count == 0 || received >= total)
                yield break;
            limit = Math.Min(PageRows, total - received);
        }
    }

    /// <summary>The job that serves a request (<c>get_jid_for_req</c>): null while there is none, and without asking when the request is not complete.</summary>
    public Task<int?> GetJobIdAsync(ObservingRequest request, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Status.IsComplete ? GetJobIdAsync(request.Id, cancel) : Task.FromResult<int?>(null);
    }

    /// <summary>The job that serves a request; null while there is none.</summary>
    /// <exception cref="ObservationNotFoundException">There is no such request.</exception>
    public async Task<int?> GetJobIdAsync(int requestId, CancellationToken cancel = default)
    {
        var page = await ViewAsync("rid", requestId, cancel);
        try
        {
            return RequestPage.JobId(requestId, page);
        }
        catch (SiteFormatException)
        {
            // A request that does not exist has no such script either; the page says which it is.
            if (RequestPage.Read(requestId, page).JobId is { } job)
                return job;
            throw;
        }
    }

    /// <summary>The page of a request (<c>get_request</c>).</summary>
    /// <exception cref="ObservationNotFoundException">There is no such request.</exception>
    public async Task<RequestDetails> GetRequestAsync(int requestId, CancellationToken cancel = default) =>
        RequestPage.Read(requestId, await ViewAsync("rid", requestId, cancel));

    /// <summary>The complete requests of one object in the inbox, newest first (<c>get_object_obs</c>), each with its job, which is looked up as it is reached.</summary>
    /// <param name="objectName">The name the observer gave, exactly.</param>
    /// <param name="progress">Told after each page of the list, then after each job.</param>
    /// <param name="cancel">Ends it.</param>
    public async IAsyncEnumerable<(ObservingRequest Request, int? JobId)> GetObjectObservationsAsync(
        string objectName, IProgress<ListProgress>? progress = null, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        var matching = new List<ObservingRequest>();
        await foreach (var request in GetRequestsAsync(progress: progress, cancel: cancel))
        {
            if (request.Status.IsComplete && request.ObjectName == objectName)
                matching.Add(request);
        }

        foreach (var (done, request) in matching.OrderByDescending(request => request.Requested).Index())
        {
            var job = await GetJobIdAsync(request, cancel);
            progress?.Report(new(done + 1, matching.Count));
            yield return (request, job);
        }
    }

    private async Task<(int Total, IReadOnlyList<ObservingRequest> Rows)> RequestPageAsync(
        int folder, RequestSort sort, int limit, int startAfterRow, CancellationToken cancel)
    {
        const string request = "1-get-list-own";
        var parameters = new JsonObject { ["limit"] = limit, ["sort"] = SortWord(sort), ["folderid"] = folder };
        if (startAfterRow > 0)
            parameters["startAfterRow"] = startAfterRow;
        var answer = (await CallAsync(RequestManager, request, parameters, cancel)).Required();
        if (answer.Data.Member("requests") is not { } list)
            return answer.Data.Integer("totalRequests") == 0 ? (0, []) : throw Changed(answer, "data has no \"requests\"");
        List<ObservingRequest> rows =
        [
            .. Rows(answer, list).Select(entry => new ObservingRequest(
                Id(answer, entry, "id"),
                new RequestStatus((int)(entry.Integer("status") ?? 0)),
                entry.Text("objecttype"),
                entry.Text("objectid"),
                entry.Text("objectname"),
                entry.Text("usercomments"),
                Epoch(entry.Integer("requesttime")),
                entry.Member("seen")?.IsTrue(),
                (int?)entry.Integer("row"))),
        ];
        return ((int)(answer.Data.Integer("totalRequests") ?? startAfterRow + rows.Count), rows);
    }

    private async Task<SitePage> ViewAsync(string key, int id, CancellationToken cancel)
    {
        try
        {
            return await PageAsync(new(HttpMethod.Post, $"v4request-view.php?{key}={id}"), cancel);
        }
        catch (SiteUnavailableException e) when (e.Status is System.Net.HttpStatusCode.NotFound)
        {
            throw new ObservationNotFoundException($"telescope.org knows no {(key == "jid" ? "job" : "request")} {id}: check the number, and that it belongs to this account.", e);
        }
    }

    private static string SortWord(RequestSort sort) => sort switch
    {
        RequestSort.Object => "object",
        RequestSort.Completion => "completion",
        _ => "rid",
    };

    // A list whose numbering has gaps comes as an object of numbered members.
    private static IEnumerable<JsonElement> Rows(ApiAnswer answer, JsonElement list) => list.ValueKind switch
    {
        JsonValueKind.Array => list.EnumerateArray(),
        JsonValueKind.Object when list.EnumerateObject().All(member => member.Value.ValueKind == JsonValueKind.Object) => list.EnumerateObject().Select(member => member.Value),
        JsonValueKind.Null or JsonValueKind.Undefined => [],
        _ => throw Changed(answer, "a list was expected"),
    };

    private static int Id(ApiAnswer answer, JsonElement entry, string name) =>
        entry.Integer(name) is >= 0 and <= int.MaxValue and var id ? (int)id : throw Changed(answer, $"an entry has no number \"{name}\"");

    private static DateTimeOffset? Epoch(long? seconds) => seconds is > 0 and < 253402300800 ? DateTimeOffset.FromUnixTimeSeconds(seconds.Value) : null;

    private static SiteFormatException Changed(ApiAnswer answer, string missing) =>
        new($"{ApiAnswer.Page} ({answer.Module}/{answer.Request})", missing, answer.Data.ValueKind == JsonValueKind.Undefined ? "" : answer.Data.GetRawText());
}
