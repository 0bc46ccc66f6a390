using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Emulators.SkyServices;

/// <summary>
/// The services around telescope.org on the loopback interface: names (Sesame of the CDS), charts (the AAVSO's plotter) and plate solutions (nova.astrometry.net,
/// which claims that every frame lies exactly where its upload says). The key is <see cref="Key"/>.
/// </summary>
public sealed class SkyServices : IAsyncDisposable
{
    /// <summary>The key that is taken.</summary>
    public const string Key = "emulated-key";

    private readonly WebApplication _application;
    private readonly ConcurrentDictionary<long, (double Ra, double Dec, int Asked)> _submissions = [];
    private readonly ConcurrentQueue<string> _log = [];
    private long _submitted = 100;

    private SkyServices(WebApplication application) => _application = application;

    /// <summary>Its address.</summary>
    public Uri Url { get; private set; } = new("http://not.started");

    /// <summary>Questions about a submission before a machine takes it, and about its job before it ends.</summary>
    public int Polls { get; set; } = 1;

    /// <summary>Whether jobs find a solution.</summary>
    public bool Solves { get; set; } = true;

    /// <summary>The status code of every answer; 200 for service as usual.</summary>
    public int Status { get; set; } = 200;

    /// <summary>Every request so far: method and path with the query.</summary>
    public IReadOnlyList<string> Log => [.. _log];

    /// <summary>Starts them on 127.0.0.1.</summary>
    /// <param name="port">TCP port, 0 for any free one.</param>
    /// <param name="cancel">Ends the start.</param>
    public static async Task<SkyServices> StartAsync(int port = 0, CancellationToken cancel = default)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(server => server.Listen(IPAddress.Loopback, port));
        var application = builder.Build();
        var services = new SkyServices(application);
        application.Use(services.NoteAsync);
        application.MapGet("/cgi-bin/nph-sesame/-oI/SNV", context => context.Response.WriteAsync(Sesame(Uri.UnescapeDataString(context.Request.QueryString.Value!.TrimStart('?')))));
        application.MapGet("/vsp/api/chart/", ChartAsync);
        application.MapPost("/api/login", LoginAsync);
        application.MapPost("/api/upload", services.UploadAsync);
        application.MapGet("/api/submissions/{id}", context => context.Response.WriteAsync(services.Submission(Id(context))));
        application.MapGet("/api/jobs/{id}", context => context.Response.WriteAsync(services.Job(Id(context))));
        application.MapGet("/wcs_file/{id}", services.SolutionAsync);
        await application.StartAsync(cancel);
        services.Url = new Uri(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/");
        return services;
    }

    /// <summary>Runs until the process is told to stop.</summary>
    public Task WaitAsync(CancellationToken cancel) => _application.WaitForShutdownAsync(cancel);

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();

    private static long Id(HttpContext context) => long.Parse((string)context.Request.RouteValues["id"]!, CultureInfo.InvariantCulture);

    private async Task NoteAsync(HttpContext context, RequestDelegate next)
    {
        _log.Enqueue($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}");
        context.Response.StatusCode = Status;
        if (Status == 200)
            await next(context);
    }

    private static string Sesame(string name) => name.ToUpperInvariant() switch
    {
        "SS CYG" => $"# {name}\t#Q1\n#=S=Simbad (CDS, via client/server):    1\n%@ 1\n%C.0 CV*\n%J 325.67833125 +43.58608889 = 21:42:42.79 +43:35:09.9\n%I.0 V* SS Cyg\n#====Done\n",
        "U GEM" => $"# {name}\t#Q1\n#=S=Simbad (CDS, via client/server):    1\n%J 118.77165 +22.00133 = 07:55:05.19 +22:00:04.7\n#====Done\n",
        _ => $"# {name}\t#Q1\n#!S=Simbad: Nothing found\n#====Done\n",
    };

    private static async Task ChartAsync(HttpContext context)
    {
        if (!string.Equals(context.Request.Query["star"], "SS Cyg", StringComparison.OrdinalIgnoreCase))
        {
            context.Response.StatusCode = 404;
            await context.Response.WriteAsync("""{"errors": ["Unable to find that star"]}""");
            return;
        }

        await context.Response.WriteAsync($$"""
            {"chartid": "X36257AX", "image_uri": "https://app.aavso.org/vsp/chart/X36257AX.png", "star": "SS Cyg", "fov": {{context.Request.Query["fov"]}}, "maglimit": {{context.Request.Query["maglimit"]}},
             "title": "", "comment": "", "resolution": 150, "dss": false, "ra": "21:42:42.80", "dec": "43:35:09.9",
             "photometry": [
              {"auid": "000-BCP-205", "ra": "21:42:27.53", "dec": "43:38:20.0", "label": "96", "bands": [{"band": "V", "mag": 9.588, "error": 0.009}, {"band": "B", "mag": 10.07, "error": null}], "comments": ""},
              {"auid": "000-BCP-220", "ra": "21:42:06.99", "dec": "43:20:32.6", "label": "85", "bands": [{"band": "V", "mag": 8.483, "error": 0.02}], "comments": "BINOCULAR"}]}
            """);
    }

    private static async Task LoginAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        var isKnown = (string?)JsonNode.Parse(form["request-json"].ToString())?["apikey"] == Key;
        await context.Response.WriteAsync(isKnown
            ? """{"status": "success", "message": "authenticated user: tester", "session": "session-1"}"""
            : """{"status": "error", "errormessage": "bad apikey"}""");
    }

    private async Task UploadAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        var settings = JsonNode.Parse(form["request-json"].ToString())!;
        if ((string?)settings["session"] != "session-1" || form.Files["file"] is not { Length: > 0 })
        {
            await context.Response.WriteAsync("""{"status": "error", "errormessage": "no session or no file"}""");
            return;
        }

        var id = Interlocked.Increment(ref _submitted);
        _submissions[id] = ((double?)settings["center_ra"] ?? 0, (double?)settings["center_dec"] ?? 0, 0);
        await context.Response.WriteAsync($$"""{"status": "success", "subid": {{id}}, "hash": "0"}""");
    }

    private string Submission(long id)
    {
        var asked = Asked(id);
        var jobs = asked <= Polls ? "[null]" : $"[{id + 1000}]";
        return $$"""{"processing_started": "2026-11-21 03:00:00", "job_calibrations": [], "jobs": {{jobs}}, "processing_finished": "None", "user": 1, "user_images": []}""";
    }

    private string Job(long job) => Asked(job - 1000) <= 2 * Polls + 1 ? """{"status": "solving"}""" : Solves ? """{"status": "success"}""" : """{"status": "failure"}""";

    private int Asked(long id) => _submissions.AddOrUpdate(id, _ => throw new KeyNotFoundException(), (_, known) => known with { Asked = known.Asked + 1 }).Asked;

    private async Task SolutionAsync(HttpContext context)
    {
        var (ra, dec, _) = _submissions[Id(context) - 1000];
        string[] cards =
        [
            Card("SIMPLE", "T"), Card("BITPIX", "8"), Card("NAXIS", "0"), "CTYPE1  = 'RA---TAN-SIP'", "CTYPE2  = 'DEC--TAN-SIP'",
            Card("CRVAL1", ra.ToString("R", CultureInfo.InvariantCulture)), Card("CRVAL2", dec.ToString("R", CultureInfo.InvariantCulture)),
            Card("CRPIX1", "36.5"), Card("CRPIX2", "30.5"), Card("CD1_1", "-0.000467"), Card("CD1_2", "0.0"), Card("CD2_1", "0.0"), Card("CD2_2", "0.000467"), "END",
        ];
        await context.Response.Body.WriteAsync(System.Text.Encoding.ASCII.GetBytes(string.Concat(cards.Select(card => card.PadRight(80))).PadRight(2880)));
    }

    private static string Card(string keyword, string value) => $"{keyword,-8}= {value,20}";
}
