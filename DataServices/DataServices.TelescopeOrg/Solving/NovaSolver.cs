using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Authentication;
using System.Text.Json;
using System.Text.Json.Nodes;
using DataServices.Fits;

namespace DataServices.TelescopeOrg;

/// <summary>
/// Solves by nova.astrometry.net (its API: login, upload, submission, job, wcs_file). The submission's number is kept in a file, so that a frame whose
/// solution did not come in time, or whose program was ended, is asked for again and not uploaded twice.
/// </summary>
public sealed class NovaSolver : IDisposable
{
    private const string Site = "nova.astrometry.net";
    private readonly ApiKey _key;
    private readonly NovaSolverOptions _options;
    private readonly TimeProvider _clock;
    private readonly SiteConnection _connection;

    /// <param name="key">The account's key.</param>
    /// <param name="options">The service and its deadlines.</param>
    /// <param name="clock">Time of waits and deadlines.</param>
    public NovaSolver(ApiKey key, NovaSolverOptions options, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_key, _options, _clock) = (key, options, clock);
        _connection = new SiteConnection((options.Connection with { BaseUrl = options.BaseUrl }).Checked(), clock, Site);
    }

    /// <summary>The header with the world coordinates; null when the service finds none.</summary>
    /// <param name="fitsPath">The frame.</param>
    /// <param name="hints">Position and scale.</param>
    /// <param name="ticketPath">Where the submission's number is kept while it is under way.</param>
    /// <param name="cancel">Ends the wait; the submission goes on and is found again.</param>
    /// <exception cref="AuthenticationException">The key is refused.</exception>
    /// <exception cref="TimeoutException">No solution in time.</exception>
    /// <exception cref="SiteUnavailableException">The service cannot be reached.</exception>
    public async Task<FitsHeader?> SolveAsync(string fitsPath, SolveHints hints, string ticketPath, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(hints);
        if (ReadTicket(ticketPath) is not { } submission)
        {
            submission = await UploadAsync(fitsPath, hints, await LoginAsync(cancel), cancel);
            Directory.CreateDirectory(Path.GetDirectoryName(ticketPath)!);
            AtomicFile.Write(ticketPath, temporary => File.WriteAllText(temporary, submission.ToString(CultureInfo.InvariantCulture)), overwrite: true);
        }

        using var deadline = new CancellationTokenSource(_options.Timeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, deadline.Token);
        bool solved;
        long job;
        try
        {
            job = await PollAsync($"api/submissions/{submission}", JobOf, either.Token);
            solved = await PollAsync($"api/jobs/{job}", Outcome, either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new TimeoutException($"{Site} has no solution of submission {submission} after {_options.Timeout.TotalMinutes:0.#} min. Try again later: the submission is kept.");
        }
        catch (SiteUnavailableException e) when (e.Status is System.Net.HttpStatusCode.NotFound)
        {
            // The service has forgotten it: the next call uploads anew.
            File.Delete(ticketPath);
            throw;
        }

        var header = solved ? FitsHeader.Parse(await _connection.BytesAsync(new(HttpMethod.Get, $"wcs_file/{job}"), cancel)) : null;
        File.Delete(ticketPath);
        return header;
    }

    public void Dispose() => _connection.Dispose();

    private static long? ReadTicket(string path) =>
        File.Exists(path) && long.TryParse(File.ReadAllText(path), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private async Task<string> LoginAsync(CancellationToken cancel)
    {
        var form = new[] { Request(new JsonObject { ["apikey"] = _key.Key }) };
        var answer = Parse("api/login", await _connection.TextAsync(new(HttpMethod.Post, "api/login", form), cancel));
        if (answer.Text("status") != "success")
            throw new AuthenticationException($"{Site} refuses the key ({answer.Text("errormessage") ?? "no reason given"}): put the key of your account into [astrometry.net] apikey.");
        return answer.Text("session") ?? throw new SiteFormatException($"{Site}: api/login", "the answer has no \"session\"", "");
    }

    private async Task<long> UploadAsync(string fitsPath, SolveHints hints, string session, CancellationToken cancel)
    {
        var settings = new JsonObject
        {
            ["session"] = session,
            ["publicly_visible"] = "n",
            ["allow_modifications"] = "d",
            ["allow_commercial_use"] = "d",
            ["scale_units"] = "arcsecperpix",
            ["scale_type"] = "ul",
            ["scale_lower"] = hints.ScaleLow,
            ["scale_upper"] = hints.ScaleHigh,
        };
        if (hints.Position is { } position)
            (settings["center_ra"], settings["center_dec"], settings["radius"]) = (position.RightAscension * 15, position.Declination, _options.RadiusDegrees);
        var call = new SiteCall(HttpMethod.Post, "api/upload", Repeatable: false, Body: () =>
        {
            var (name, value) = Request(settings);
            var file = new StreamContent(new FileStream(fitsPath, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete));
            file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            return new MultipartFormDataContent { { new StringContent(value), name }, { file, "file", Path.GetFileName(fitsPath) } };
        });
        var answer = Parse(call.Path, await _connection.TextAsync(call, cancel));
        if (answer.Text("status") != "success")
            throw new TelescopeOrgException($"{Site} did not take {fitsPath}: {answer.Text("errormessage") ?? "no reason given"}.");
        return answer.Integer("subid") ?? throw new SiteFormatException($"{Site}: {call.Path}", "the answer has no \"subid\"", "");
    }

    private async Task<T> PollAsync<T>(string path, Func<JsonElement, T?> read, CancellationToken cancel)
        where T : struct
    {
        for (var wait = _options.FirstPoll; ; wait = wait * 1.5 < _options.MaxPoll ? wait * 1.5 : _options.MaxPoll)
        {
            if (read(Parse(path, await _connection.TextAsync(new(HttpMethod.Get, path), cancel))) is { } value)
                return value;
            await Task.Delay(wait, _clock, cancel);
        }
    }

    // Until a machine takes it, the list holds nothing or nulls.
    private static long? JobOf(JsonElement submission) =>
        submission.Member("jobs") is { ValueKind: JsonValueKind.Array } jobs ? jobs.EnumerateArray().Select(SiteJson.AsInteger).FirstOrDefault(job => job is not null) : null;

    private static bool? Outcome(JsonElement job) => job.Text("status") switch
    {
        "success" => true,
        "failure" => false,
        _ => null,
    };

    private static KeyValuePair<string, string> Request(JsonObject content) => new("request-json", content.ToJsonString());

    private static JsonElement Parse(string path, string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw new SiteFormatException($"{Site}: {path}", "it did not answer with JSON", text);
        }
    }
}
