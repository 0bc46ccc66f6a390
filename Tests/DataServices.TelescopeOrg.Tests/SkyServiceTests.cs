using System.Security.Authentication;
using Emulators.SkyServices;

namespace DataServices.TelescopeOrg.Tests;

/// <summary>Names, comparison sequences and nova.astrometry.net, over real HTTP against their emulator.</summary>
public sealed class SkyServiceTests : SiteFixture, IAsyncLifetime
{
    private SkyServices _services = null!;

    async Task IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        _services = await SkyServices.StartAsync();
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await _services.DisposeAsync();
        await DisposeAsync();
    }

    [Fact]
    public async Task A_star_is_submitted_where_the_catalogues_say_it_is()
    {
        using var resolver = new NameResolver(Services, Clock);
        Assert.True((await Client().SubmitStarAsync("SS Cyg", resolver)).Accepted);
        var sent = (await ApiAsync("0-rb-set"))[0].Field("params")!;
        Assert.Contains("\"objectid\":\"21:42:42.80 +43:35:09.92\"", sent.Replace("\\u002B", "+", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("\"exposuretime\":90000", sent, StringComparison.Ordinal);
        Assert.Contains("\"objectname\":\"SS Cyg\"", sent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_no_catalogue_knows_sends_nothing()
    {
        using var resolver = new NameResolver(Services, Clock);
        var error = await Assert.ThrowsAsync<ObservationNotFoundException>(() => Client().SubmitStarAsync("SS Cgy", resolver));
        Assert.Contains("SS Cgy", error.Message, StringComparison.Ordinal);
        Assert.Empty(await Site.LogAsync());
    }

    [Fact]
    public async Task A_sequence_is_fetched_once_and_read_from_the_cache_afterwards()
    {
        using var sequences = new ComparisonSequences(Services, Clock);
        var sequence = await sequences.GetAsync("SS Cyg");
        Assert.Equal(("SS Cyg", "X36257AX", 60, 14.5), (sequence.Star, sequence.ChartId, sequence.FieldArcmin, sequence.LimitingMagnitude));
        Assert.Equal(["85", "96"], sequence.Stars.Select(star => star.Label));
        Assert.Equal((8.483, 0.02), (sequence.Stars[0].Magnitudes["V"].Value, sequence.Stars[0].Magnitudes["V"].Error));
        Assert.Null(sequence.Stars[1].Magnitudes["B"].Error);
        Assert.Equal("21:42:06.99 +43:20:32.60", sequence.Stars[0].Position.ToString());

        await sequences.GetAsync("SS Cyg");
        Assert.Single(_services.Log);
        await sequences.GetAsync("SS Cyg", fieldArcmin: 30);
        Assert.Equal("GET /vsp/api/chart/?format=json&star=SS%20Cyg&fov=30&maglimit=14.5", _services.Log[1]);
    }

    [Fact]
    public async Task An_old_sequence_is_used_when_the_service_does_not_answer()
    {
        using var sequences = new ComparisonSequences(Services, Clock);
        await sequences.GetAsync("SS Cyg");
        File.SetLastWriteTimeUtc(sequences.PathOf("SS Cyg", 60, 14.5), Clock.GetUtcNow().UtcDateTime - TimeSpan.FromDays(91));
        _services.Status = 503;
        Assert.Equal(2, (await sequences.GetAsync("SS Cyg")).Stars.Count);
        await Assert.ThrowsAsync<SiteUnavailableException>(() => sequences.GetAsync("SS Cyg", fieldArcmin: 30));
    }

    [Fact]
    public async Task An_unknown_star_has_no_sequence()
    {
        using var sequences = new ComparisonSequences(Services, Clock);
        await Assert.ThrowsAsync<ObservationNotFoundException>(() => sequences.GetAsync("Nowhere"));
        Assert.False(Directory.Exists(Services.CacheDirectory));
    }

    [Fact]
    public async Task Where_the_local_solver_is_missing_or_finds_nothing_nova_solves()
    {
        var cube = await Client().GetFileAsync(420001);
        using var nova = Nova();
        var solver = new FieldSolver(new() { Program = "/no/such/tool", CacheDirectory = Path.Combine(Folder, "wcs") }, Clock, nova);
        var solution = await solver.SolveAsync(cube);
        Assert.Equal(325.678291666, solution!.Number("CRVAL1")!.Value, 6);
        Assert.Equal(43.586083333, solution.Number("CRVAL2")!.Value, 6);
        Assert.Equal(
            ["POST /api/login", "POST /api/upload", "GET /api/submissions/101", "GET /api/submissions/101", "GET /api/jobs/1101", "GET /api/jobs/1101", "GET /wcs_file/1101"],
            _services.Log);
        Assert.True(File.Exists(solver.CachePath(cube)));
        Assert.False(File.Exists(solver.CachePath(cube) + ".nova"));

        await solver.SolveAsync(cube);
        Assert.Equal(7, _services.Log.Count);
    }

    [Fact]
    public async Task A_solution_that_takes_too_long_is_asked_for_again_and_not_uploaded_twice()
    {
        var cube = await Client().GetFileAsync(420001);
        using var hasty = Nova(TimeSpan.FromSeconds(20));
        var solver = new FieldSolver(new() { Program = "/no/such/tool", CacheDirectory = Path.Combine(Folder, "wcs") }, Clock, hasty);
        _services.Polls = int.MaxValue / 4;
        var error = await Assert.ThrowsAsync<TimeoutException>(() => solver.SolveAsync(cube));
        Assert.Contains("submission 101", error.Message, StringComparison.Ordinal);

        _services.Polls = 0;
        using var patient = Nova();
        Assert.NotNull(await new FieldSolver(new() { Program = "/no/such/tool", CacheDirectory = Path.Combine(Folder, "wcs") }, Clock, patient).SolveAsync(cube));
        Assert.Single(_services.Log, "POST /api/upload");
    }

    [Fact]
    public async Task A_frame_nova_cannot_solve_is_null_and_uploaded_anew_next_time()
    {
        var cube = await Client().GetFileAsync(420001);
        using var nova = Nova();
        var solver = new FieldSolver(new() { Program = "/no/such/tool", CacheDirectory = Path.Combine(Folder, "wcs") }, Clock, nova);
        _services.Solves = false;
        Assert.Null(await solver.SolveAsync(cube));
        _services.Solves = true;
        Assert.NotNull(await solver.SolveAsync(cube));
        Assert.Equal(2, _services.Log.Count(line => line == "POST /api/upload"));
    }

    [Fact]
    public async Task A_wrong_key_is_said_without_the_key()
    {
        using var nova = new NovaSolver(new("very-secret"), Options(TimeSpan.FromMinutes(10)), Clock);
        var error = await Assert.ThrowsAsync<AuthenticationException>(() => nova.SolveAsync("x.fits", new(null, 2000, SiteTelescope.Unknown), Path.Combine(Folder, "t.nova")));
        Assert.Contains("bad apikey", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("very-secret", error.ToString(), StringComparison.Ordinal);
    }

    private SkyServiceOptions Services => new()
    {
        Sesame = _services.Url,
        Plotter = _services.Url,
        CacheDirectory = Path.Combine(Folder, "seq"),
        Connection = base.Options,
    };

    private NovaSolver Nova(TimeSpan? timeout = null) => new(new(SkyServices.Key), Options(timeout ?? TimeSpan.FromHours(2)), Clock);

    private new NovaSolverOptions Options(TimeSpan timeout) => new() { BaseUrl = _services.Url, Timeout = timeout, Connection = base.Options };
}
