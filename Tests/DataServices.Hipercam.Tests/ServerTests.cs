using Emulators.HipercamServer;

namespace DataServices.Hipercam.Tests;

/// <summary>Both file servers, over real sockets of this machine.</summary>
public class ServerTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task HiPERCAM_frames_come_in_order_and_wait_for_those_to_come(bool greets)
    {
        using var folder = new Folder();
        HipercamRunTests.Windowed((16, 2)).Write(folder["run0001.fits"], [1, 2, 3, 4]);
        await using var server = await RunServer.StartAsync(folder.Path, greets: greets);
        server.Available = 2;
        await using var source = await DataSource.OpenAsync("hs", "run0001", new SourceOptions { Server = server.Address });
        Assert.Equal((1, 2), (await HipercamRunTests.Number(source), await HipercamRunTests.Number(source)));
        Assert.Equal(NextFrameKind.NotYet, (await source.TryNextAsync()).Kind);
        server.Available = 4;
        Assert.Equal((3, 4), (await HipercamRunTests.Number(source), await HipercamRunTests.Number(source)));
        Assert.Equal(["get_hdr", "get_frame 1", "get_next", "get_next", "get_next", "get_next"], server.Requests);
    }

    [Fact]
    public async Task The_newest_HiPERCAM_frame_is_one_taken_after_opening()
    {
        using var folder = new Folder();
        HipercamRunTests.Windowed((16, 2)).Write(folder["run0001.fits"], [1, 2, 3, 4, 5]);
        await using var server = await RunServer.StartAsync(folder.Path);
        server.Available = 2;
        await using var source = await DataSource.OpenAsync("hs", "run0001", new SourceOptions { Server = server.Address, First = 0 });
        Assert.Equal(NextFrameKind.NotYet, (await source.TryNextAsync()).Kind);
        server.Available = 5;
        Assert.Equal(5, await HipercamRunTests.Number(source));
        Assert.Equal(NextFrameKind.NotYet, (await source.TryNextAsync()).Kind);
        Assert.Equal(["get_hdr", "get_nframes", "get_nframes", "get_nframes", "get_last", "get_nframes"], server.Requests);
    }

    [Fact]
    public async Task A_HiPERCAM_reader_can_stay_behind_the_newest_frame()
    {
        using var folder = new Folder();
        HipercamRunTests.Windowed((16, 2)).Write(folder["run0001.fits"], [1, 2, 3, 4, 5, 6]);
        await using var server = await RunServer.StartAsync(folder.Path);
        server.Available = 2;
        await using var source = await DataSource.OpenAsync("hs", "run0001", new SourceOptions { Server = server.Address, First = -2 });
        Assert.Equal(NextFrameKind.NotYet, (await source.TryNextAsync()).Kind);
        server.Available = 4;
        Assert.Equal(2, await HipercamRunTests.Number(source));
        server.Available = 5;
        Assert.Equal(3, await HipercamRunTests.Number(source));
        Assert.Equal("get_next", server.Requests[^1]);
        Assert.Equal(NextFrameKind.NotYet, (await source.TryNextAsync()).Kind);
    }

    [Fact]
    public async Task ULTRACAM_frames_are_counted_from_zero_by_the_server()
    {
        using var folder = new Folder();
        UltracamRunTests.Pair(16, 3).Write(folder["run001"], 4);
        await using var server = await RunServer.StartAsync(folder.Path);
        server.Available = 1;
        await using var source = await DataSource.OpenAsync("us", "run001", new SourceOptions { Server = "http://" + server.Address });
        Assert.Equal(1, await HipercamRunTests.Number(source));
        Assert.Equal(NextFrameKind.NotYet, (await source.TryNextAsync()).Kind);
        server.Available = 2;
        Assert.Equal(2, await HipercamRunTests.Number(source));
        Assert.Equal(["get_xml run001", "get_frame run001 0", "get_frame run001 1", "get_frame run001 1"], server.Requests);
    }

    [Fact]
    public async Task The_newest_ULTRACAM_frame_has_the_time_it_has_in_the_file()
    {
        using var folder = new Folder();
        UltracamRunTests.Pair(16, 3).Write(folder["run001"], 9);
        using var file = UltracamRunFile.Open(folder["run001"]);
        using var expected = file.ReadFrame(9);
        await using var server = await RunServer.StartAsync(folder.Path);
        await using var source = await DataSource.OpenAsync("us", "run001", new SourceOptions { Server = "http://" + server.Address, First = 0 });
        using var frame = (await source.TryNextAsync()).Frame!;
        Assert.Equal((9, expected.Time), (frame.Number, frame.Time));
        Assert.Equal(NextFrameKind.NotYet, (await source.TryNextAsync()).Kind);
    }

    [Fact]
    public async Task Drift_frames_have_the_same_times_from_the_server_after_a_jump_and_only_what_is_missing_is_fetched()
    {
        using var folder = new Folder();
        // 24 rows: 22 windows are on their way through the chip, and a time depends on 24 stamps.
        new UltracamRunWriter("ap8_driftscan", 6 * 8 * 24).Set("X1L_START", "101").Set("X1R_START", "601").Set("Y1_START", "11").Set("X1_SIZE", "8").Set("Y1_SIZE", "24")
            .Write(folder["run001"], 40);
        using var file = UltracamRunFile.Open(folder["run001"]);
        await using var server = await RunServer.StartAsync(folder.Path);
        server.Available = 35;
        await using var source = await DataSource.OpenAsync("us", "run001", new SourceOptions { Server = "http://" + server.Address, First = 0 });
        using (var frame = (await source.TryNextAsync()).Frame!)
        {
            using var expected = file.ReadFrame(35);
            Assert.True(expected.Time!.Value.IsGood);
            Assert.Equal(expected.Time, frame.Time);
        }

        Assert.Equal(["get_frame run001 34", .. Enumerable.Range(11, 23).Select(frame => $"get_frame run001 {frame}")], server.Requests.Skip(2));
        server.Requests.Clear();
        server.Available = 38;
        using (var frame = (await source.TryNextAsync()).Frame!)
        {
            using var expected = file.ReadFrame(38);
            Assert.Equal(expected.Time, frame.Time);
        }

        Assert.Equal(["get_num_frames run001", "get_frame run001 37", "get_frame run001 35", "get_frame run001 36"], server.Requests);
    }

    [Fact]
    public async Task The_server_may_send_a_header_without_the_size_of_a_frame()
    {
        using var folder = new Folder();
        var writer = HipercamRunTests.Windowed((16, 2)).Set("ACQ1 WIN NX", $"{4 * 20 * 16 * 2}").Set("ACQ1 WIN NY", "1");
        writer.Write(folder["run0001.fits"], [1, 2]);
        await using var server = await RunServer.StartAsync(folder.Path);
        server.HeaderEdit = header => header.Replace("NAXIS1  =", "NAXISX  =", StringComparison.Ordinal).Replace("NAXIS3  =", "NAXISZ  =", StringComparison.Ordinal);
        await using var source = await DataSource.OpenAsync("hs", "run0001", new SourceOptions { Server = server.Address });
        Assert.Equal((1, 2), (await HipercamRunTests.Number(source), await HipercamRunTests.Number(source)));
        // One card a line, without the blanks behind it.
        server.HeaderEdit = header => string.Join('\n', Enumerable.Range(0, header.Length / 80).Select(card => header.Substring(80 * card, 80).TrimEnd()));
        await using var lines = await DataSource.OpenAsync("hs", "run0001", new SourceOptions { Server = server.Address });
        Assert.Equal((1, 2), (await HipercamRunTests.Number(lines), await HipercamRunTests.Number(lines)));
    }

    [Fact]
    public async Task Only_404_means_not_yet_any_other_failure_is_told()
    {
        using var folder = new Folder();
        UltracamRunTests.Pair(16, 3).Write(folder["run001"], 4);
        await using var server = await RunServer.StartAsync(folder.Path);
        server.Failure = 500;
        await using var source = await DataSource.OpenAsync("us", "run001", new SourceOptions { Server = "http://" + server.Address });
        var error = await Assert.ThrowsAsync<RunException>(() => source.TryNextAsync().AsTask());
        Assert.Contains("500", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hs", "")]
    [InlineData("us", "http://")]
    public async Task A_run_the_server_does_not_have_is_not_found(string source, string scheme)
    {
        using var folder = new Folder();
        await using var server = await RunServer.StartAsync(folder.Path);
        await Assert.ThrowsAsync<RunNotFoundException>(() => DataSource.OpenAsync(source, "run9999", new SourceOptions { Server = scheme + server.Address }).AsTask());
    }
}
