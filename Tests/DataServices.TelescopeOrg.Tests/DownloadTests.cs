using Alpaca.Astronomy.Clocks;
using System.IO.Compression;
using System.Text.Json.Nodes;
using DataServices.Fits;

namespace DataServices.TelescopeOrg.Tests;

public sealed class DownloadTests : SiteFixture
{
    private const int CubeBytes = 28800;

    [Fact]
    public async Task A_cube_is_fetched_once_and_served_from_the_cache_afterwards()
    {
        var client = Client();
        var job = await client.GetJobAsync(420001);
        var path = await client.GetFileAsync(job);
        Assert.Equal(Path.Combine(Cache, "4", "2", "420001.fits"), path);
        var bytes = await File.ReadAllBytesAsync(path);
        Assert.Equal(CubeBytes, bytes.Length);
        Assert.True(bytes.AsSpan().StartsWith("SIMPLE  ="u8));
        var parameters = JsonNode.Parse((await ApiAsync("0-create-dl3d"))[0].Field("params")!)!;
        Assert.Equal((420001, 31), ((int)parameters["jid"]!, (int)parameters["flatid"]!));

        var calls = (await Site.LogAsync()).Count;
        await using (var stream = await client.OpenCubeAsync(job))
            Assert.Equal(CubeBytes, stream.Length);
        await Client().GetFileAsync(420001);
        Assert.Equal(calls, (await Site.LogAsync()).Count);
    }

    [Fact]
    public async Task A_zip_has_one_member_per_filter()
    {
        var client = Client();
        var job = await client.GetJobAsync(420001);
        using var archive = await client.OpenZipAsync(job);
        Assert.Equal(["420001-B.fits", "420001-V.fits", "420001-R.fits"], archive.Entries.Select(entry => entry.FullName));
        Assert.Equal([Path.Combine("4", "2", "420001.zip")], FilesInCache());
    }

    [Fact]
    public void A_one_digit_job_is_kept_in_the_directory_of_its_first_digit() =>
        Assert.Equal(Path.Combine(Cache, "7", ".", "7.fits"), Client().CachePath(7, FileKind.Cube));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, 2)]
    [InlineData(5, 5)]
    public async Task The_image_engine_is_asked_until_it_is_ready(int states, int questions)
    {
        await Site.ControlAsync($"{{\"polls\": {states}}}");
        await Client().GetFileAsync(420001);
        Assert.Equal(questions, (await ApiAsync("0-is-job-ready")).Count);
    }

    [Fact]
    public async Task A_cut_download_is_repeated_once_and_leaves_nothing()
    {
        await Site.ControlAsync("{\"truncate\": 1}");
        Assert.Equal(CubeBytes, new FileInfo(await Client().GetFileAsync(420001)).Length);
        Assert.Equal(2, (await CallsAsync("v3image-download.php")).Count);
        Assert.Equal([Path.Combine("4", "2", "420001.fits")], FilesInCache());
    }

    [Theory]
    [InlineData(FileKind.Cube)]
    [InlineData(FileKind.Zip)]
    public async Task What_is_cut_every_time_is_an_error_and_not_in_the_cache(FileKind kind)
    {
        await Site.ControlAsync("{\"truncate\": 9}");
        await Assert.ThrowsAsync<DownloadException>(() => Client().GetFileAsync(420001, kind));
        Assert.Equal(3, (await CallsAsync("v3image-download.php")).Count);
        Assert.Empty(FilesInCache());
    }

    [Theory]
    [InlineData(FileKind.Cube, 14400)]
    [InlineData(FileKind.Cube, 100)]
    [InlineData(FileKind.Zip, 8000)]
    public async Task A_corrupt_file_in_the_cache_is_replaced_once(FileKind kind, int bytes)
    {
        var path = Client().CachePath(420001, kind);
        var good = await File.ReadAllBytesAsync(await Client(options => options with { CacheDirectory = Path.Combine(Folder, "other") }).GetFileAsync(420001, kind));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllBytesAsync(path, good[..bytes]);

        var client = Client();
        await client.GetFileAsync(420001, kind);
        await client.GetFileAsync(420001, kind);
        Assert.Equal(good, await File.ReadAllBytesAsync(path));
        Assert.Equal(2, (await CallsAsync("v3image-download.php")).Count);
        Assert.Contains(Warnings, warning => warning.Contains("damaged", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_wrong_byte_in_a_zip_is_found_by_its_crc()
    {
        // Stored, not deflated: nothing but the CRC can tell.
        var path = Path.Combine(Folder, "stored.zip");
        using (var archive = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            await using var stream = archive.CreateEntry("x.fits", CompressionLevel.NoCompression).Open();
            await stream.WriteAsync(new byte[5000]);
        }

        Assert.Null(FileCheck.Fault(path, FileKind.Zip));
        var bytes = await File.ReadAllBytesAsync(path);
        bytes[3000] ^= 1;
        await File.WriteAllBytesAsync(path, bytes);
        Assert.Contains("x.fits", FileCheck.Fault(path, FileKind.Zip)!, StringComparison.Ordinal);
    }

    [Fact]
    public void The_crc_is_that_of_the_standard() => Assert.Equal(0xCBF43926u, Crc32.Append(Crc32.Append(0, "1234"u8), "56789"u8));

    [Fact]
    public async Task Waiting_for_the_engine_can_be_cancelled()
    {
        await Site.ControlAsync("{\"fault\": \"never-ready\"}");
        using var cancel = new CancellationTokenSource();
        var file = Client().GetFileAsync(420001, cancel: cancel.Token);
        while ((await ApiAsync("0-is-job-ready")).Count < 2)
            await Task.Yield();
        cancel.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => file);
        Assert.Empty(FilesInCache());
    }

    [Fact]
    public async Task An_engine_that_is_never_ready_ends_in_a_timeout_to_the_moment()
    {
        await Site.ControlAsync("{\"fault\": \"never-ready\"}");
        // The clock stands still unless it is moved, however long the requests take.
        var clock = new ManualClock(new(2024, 12, 1, 0, 0, 0, TimeSpan.Zero));
        await using var client = new TelescopeClient(new("tester", "s3cret"), Options with { ReadyTimeout = TimeSpan.FromSeconds(5), Spacing = TimeSpan.Zero }, clock);
        var file = client.GetFileAsync(await client.GetJobAsync(420001));
        while ((await ApiAsync("0-create-dl3d")).Count == 0)
            await Task.Yield();
        clock.Advance(TimeSpan.FromSeconds(4.999));
        Assert.False(file.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(0.001));
        var error = await Assert.ThrowsAsync<TimeoutException>(() => file.WaitAsync(TimeSpan.FromMinutes(5), TimeProvider.System));
        Assert.Contains("420001", error.Message, StringComparison.Ordinal);
        Assert.Empty(FilesInCache());
    }

    [Fact]
    public async Task An_engine_that_refuses_is_an_error_with_its_status()
    {
        await Site.ControlAsync("{\"fault\": \"0-create-dl3d\"}");
        var error = await Assert.ThrowsAsync<TelescopeApiException>(() => Client().GetFileAsync(420001));
        Assert.Equal(("image-engine", "0-create-dl3d", "ERROR"), (error.Module, error.Request, error.Status));
        Assert.Single(await ApiAsync("0-create-dl3d"));
    }

    [Fact]
    public async Task A_processed_file_is_waited_for_and_not_cached()
    {
        await Site.ControlAsync("{\"no_iframe\": 1}");
        var begun = Clock.GetTimestamp();
        var path = await Client().DownloadProcessedAsync(420013, Folder);
        Assert.Equal(Path.Combine(Folder, "art_420013.fits"), path);
        Assert.Equal(CubeBytes, new FileInfo(path!).Length);
        Assert.True(Clock.GetElapsedTime(begun) >= TimeSpan.FromSeconds(14));
        Assert.Equal(2, (await CallsAsync("imageengine-request.php")).Count);
        Assert.Empty(FilesInCache());
    }

    [Fact]
    public async Task A_processed_file_that_never_comes_is_null_after_four_tries()
    {
        await Site.ControlAsync("{\"no_iframe\": 99}");
        Assert.Null(await Client().DownloadProcessedAsync(420013, Folder, FileKind.Zip));
        Assert.Equal(4, (await CallsAsync("imageengine-request.php")).Count);
        Assert.Equal("?jid=420013&type=3", (await CallsAsync("imageengine-request.php"))[0].Query);
    }

    [Fact]
    public async Task A_processed_file_comes_into_memory_too()
    {
        using var zip = await Client().GetProcessedAsync(420013, FileKind.Zip);
        using var archive = new ZipArchive(zip!);
        Assert.Equal(3, archive.Entries.Count);
    }

    [Fact]
    public async Task A_download_goes_where_it_is_told_and_reports_its_progress()
    {
        var client = Client();
        var reports = new List<TransferProgress>();
        var path = await client.DownloadAsync(await client.GetJobAsync(420001), Folder, progress: new Reporter(reports));
        Assert.Equal(Path.Combine(Folder, "420001.fits"), path);
        Assert.Equal("preparing", reports[0].Stage);
        Assert.Equal(new TransferProgress("downloading", CubeBytes, CubeBytes), reports[^1]);
        Assert.Empty(FilesInCache());
        Assert.Single(Directory.GetFiles(Folder));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Eight_who_ask_for_one_job_cause_one_download(bool sharedClient)
    {
        var first = Client();
        var job = await first.GetJobAsync(420001);
        var paths = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => (sharedClient ? first : Client2()).GetFileAsync(job))));
        Assert.Single(paths.Distinct());
        Assert.Single(await ApiAsync("0-create-dl3d"));
        Assert.Single(await CallsAsync("v3image-download.php"));

        TelescopeClient Client2() => new(new("tester", "s3cret"), Options, Clock);
    }

    [Fact]
    public async Task The_cache_is_kept_below_its_bound_by_removing_what_was_unused_for_longest()
    {
        var client = Client(options => options with { MaxCacheBytes = 2 * CubeBytes });
        await client.GetFileAsync(420001);
        await client.GetFileAsync(420002);
        await client.GetFileAsync(420001);
        await client.GetFileAsync(420004);
        Assert.Equal(["420001.fits", "420004.fits"], FilesInCache().Select(path => Path.GetFileName(path)));
    }

    [Fact]
    public async Task A_session_lost_before_the_download_is_renewed()
    {
        await Site.ControlAsync("{\"polls\": 2}");
        var client = Client();
        var download = client.GetFileAsync(420001);
        while ((await ApiAsync("0-is-job-ready")).Count == 0)
            await Task.Yield();
        await Site.ControlAsync("{\"drop_sessions\": 1}");
        Assert.Equal(CubeBytes, new FileInfo(await download).Length);
    }

    private sealed class Reporter(List<TransferProgress> reports) : IProgress<TransferProgress>
    {
        public void Report(TransferProgress value) => reports.Add(value);
    }
}
