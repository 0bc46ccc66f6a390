using System.Net;
using System.Net.Sockets;
using DataServices.Fits;

namespace DataServices.Aartfaac.Tests;

/// <summary>Over real sockets against the emulator; time is short, not simulated.</summary>
public class StreamTests
{
    private static readonly TimeSpan _deadline = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task Three_subbands_make_complete_groups_and_a_FITS_cube()
    {
        await using var emulator = AartfaacEmulator.Start(Emulator(3));
        await using var stream = AartfaacStream.Open(emulator.Endpoints, Quick());
        await Until(() => emulator.Clients == 3);
        emulator.Tick();
        using var group = await Next(stream);
        Assert.Equal((true, GroupReason.Complete, 3), (group.IsComplete, group.Reason, group.Images.Count));

        var path = Path.Combine(Directory.CreateTempSubdirectory("aartfaac").FullName, "cube.fits");
        AartfaacFits.WriteCube(path, group);
        if (FitsVerify.IsInstalled)
            FitsVerify.AssertClean(path);
        var (window, lone) = (group.Images.Single(image => image.Endpoint == 1).Window, Path.ChangeExtension(path, "1.fits"));
        AartfaacFits.WriteImage(lone, window);
        if (FitsVerify.IsInstalled)
            FitsVerify.AssertClean(lone);
        using (var inMemory = FitsFile.Open("memory", AartfaacFits.ToBytes("memory", window.Header, window.ToRows(), window.Width, window.Height)))
            Assert.Equal(window.ToRows(), inMemory.ReadPixels<float>(0));
        using (var image = FitsFile.Open(lone))
            Assert.Equal((6.5e6, window.Stamp), (image.ReadHeader().Number("RESTFREQ"), ObservationStamp.TryParse(image.ReadHeader().Text("DATE-OBS")!, out var stamp) ? stamp : default));
        using (var file = FitsFile.Open(path))
        {
            Assert.Equal([48, 32, 3], file.Hdu(0).Shape);
            Assert.Equal(48 + 1, file.ReadPixels<float>(0)[48 + 1]);
            Assert.Equal("6500000", file.ReadHeader().Text("FREQ2"));
        }

        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Fact]
    public async Task A_dead_subband_makes_partial_groups_and_a_degraded_state()
    {
        await using var emulator = AartfaacEmulator.Start(Emulator(2));
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var dead = new AartfaacEndpoint("127.0.0.1", ((IPEndPoint)closed.LocalEndpoint).Port);
        closed.Stop();
        await using var stream = AartfaacStream.Open([.. emulator.Endpoints, dead], Quick());
        await Until(() => emulator.Clients == 2);
        emulator.Tick();
        using var group = await Next(stream);
        Assert.Equal((false, GroupReason.Timeout, 2), (group.IsComplete, group.Reason, group.Images.Count));
        await Until(() => stream.Status().Endpoints[2].IsSilent);
        Assert.True(stream.Status().IsDegraded);
        Assert.NotNull(stream.Status().Endpoints[2].LastError);
    }

    [Fact]
    public async Task A_server_that_closes_is_connected_to_again_and_nothing_else_is_disturbed()
    {
        await using var emulator = AartfaacEmulator.Start(Emulator(2) with { Script = [new EmulatorAction(null, 0, EmulatorDeed.Close)] });
        await using var stream = AartfaacStream.Open(emulator.Endpoints, Quick());
        await Until(() => emulator.Clients == 2);
        emulator.Tick();
        (await Next(stream)).Dispose();
        await Until(() => stream.Status().Endpoints.All(endpoint => endpoint.Reconnects == 1) && emulator.Clients == 2);
        emulator.Tick();
        using var group = await Next(stream);
        Assert.True(group.IsComplete);
    }

    [Fact]
    public async Task A_pause_shorter_than_the_idle_time_out_costs_nothing_and_a_longer_one_a_reconnect()
    {
        await using var emulator = AartfaacEmulator.Start(Emulator(1));
        await using var patient = AartfaacStream.Open(emulator.Endpoints, Quick() with { IdleTimeout = TimeSpan.FromSeconds(30) });
        await using var hasty = AartfaacStream.Open(emulator.Endpoints, Quick() with { IdleTimeout = TimeSpan.FromMilliseconds(100) });
        await Until(() => hasty.Status().Endpoints[0].Reconnects >= 2 && emulator.Clients >= 1);
        emulator.Tick();
        (await Next(patient)).Dispose();
        Assert.Equal(0, patient.Status().Endpoints[0].Reconnects);
    }

    [Fact]
    public async Task A_broken_window_is_counted_by_reason_and_a_broken_stream_starts_anew()
    {
        EmulatorAction[] script =
        [
            new(null, 0, EmulatorDeed.Corrupt, Corruption: Corruption.Date), new(null, 1, EmulatorDeed.Corrupt, Corruption: Corruption.Size),
            new(null, 3, EmulatorDeed.Corrupt, Corruption: Corruption.Magic),
        ];
        await using var emulator = AartfaacEmulator.Start(Emulator(1) with { Script = script });
        await using var stream = AartfaacStream.Open(emulator.Endpoints, Quick());
        await Until(() => emulator.Clients == 1);
        for (var i = 0; i < 4; i++)
            emulator.Tick();
        (await Next(stream)).Dispose();
        await Until(() => stream.Status().Endpoints[0].Reconnects == 1 && emulator.Clients == 1);
        var status = stream.Status().Endpoints[0];
        Assert.Equal((1, 1, 1), (status.Rejected[WindowRejection.BadStamp], status.Rejected[WindowRejection.SizeMismatch], (int)status.Windows));
    }

    [Theory]
    [InlineData(OverflowPolicy.DropNewest, 0)]
    [InlineData(OverflowPolicy.DropOldest, 11)]
    public async Task Without_a_consumer_the_newest_or_the_oldest_groups_stay(OverflowPolicy policy, int first)
    {
        await using var emulator = AartfaacEmulator.Start(Emulator(1));
        await using var stream = AartfaacStream.Open(emulator.Endpoints, Quick() with { Overflow = policy });
        await Until(() => emulator.Clients == 1);
        for (var i = 0; i < 21; i++)
            emulator.Tick();
        await Until(() => stream.Status() is { GroupsDropped: 11, QueueDepth: 10 });
        var stamps = new List<DateTimeOffset>();
        for (var i = 0; i < 10; i++)
        {
            using var group = await Next(stream);
            stamps.Add(group.Stamp);
        }

        Assert.Equal(Enumerable.Range(0, 10).Select(i => TimeSpan.FromSeconds(i)), stamps.Select(stamp => stamp - stamps[0]));
        emulator.Tick();
        using var last = await Next(stream);
        Assert.Equal(TimeSpan.FromSeconds(21 - first), last.Stamp - stamps[0]);
    }

    [Fact]
    public async Task A_consumer_that_waits_holds_up_the_sender_and_loses_nothing()
    {
        await using var emulator = AartfaacEmulator.Start(Emulator(1));
        await using var stream = AartfaacStream.Open(emulator.Endpoints, Quick() with { Overflow = OverflowPolicy.Wait, GroupCapacity = 1, WindowsPerEndpoint = 2 });
        await Until(() => emulator.Clients == 1);
        for (var i = 0; i < 40; i++)
            emulator.Tick();
        DateTimeOffset? last = null;
        for (var i = 0; i < 40; i++)
        {
            using var group = await Next(stream);
            Assert.Equal(TimeSpan.FromSeconds(1), group.Stamp - (last ?? group.Stamp.AddSeconds(-1)));
            last = group.Stamp;
        }

        Assert.Equal(0, stream.Status().GroupsDropped);
    }

    [Fact]
    public async Task Closing_ends_a_blocked_read_at_once_and_gives_out_what_is_open()
    {
        await using var emulator = AartfaacEmulator.Start(Emulator(2) with { Script = [new EmulatorAction(null, 1, EmulatorDeed.Drop)] });
        var stream = AartfaacStream.Open(emulator.Endpoints, Quick() with { Grouping = new GroupingOptions { MaxWait = TimeSpan.FromHours(1) } });
        await Until(() => emulator.Clients == 2);
        emulator.Tick();
        (await Next(stream)).Dispose();
        var begun = TimeProvider.System.GetTimestamp();
        await stream.DisposeAsync();
        Assert.InRange(TimeProvider.System.GetElapsedTime(begun).TotalSeconds, 0, 1);
        await Until(() => emulator.Clients == 0);
        await foreach (var group in stream.ReadAllAsync())
            Assert.Fail($"{group.Stamp} came after the end");
    }

    [Fact]
    public async Task What_is_open_at_the_end_comes_out_as_shut_down()
    {
        await using var emulator = AartfaacEmulator.Start(Emulator(2) with { Script = [new EmulatorAction(null, 0, EmulatorDeed.Drop)] });
        await using var lone = AartfaacEmulator.Start(Emulator(1));
        var stream = AartfaacStream.Open(
            [lone.Endpoints[0], emulator.Endpoints[1]], Quick() with { Grouping = new GroupingOptions { MaxWait = TimeSpan.FromHours(1) } });
        await Until(() => lone.Clients == 1);
        lone.Tick();
        await Until(() => stream.Status().Endpoints[0].Windows == 1);
        await stream.DisposeAsync();
        using var group = await Next(stream);
        Assert.Equal((GroupReason.Shutdown, false), (group.Reason, group.IsComplete));
    }

    [Fact]
    public void Hosts_and_ports_are_paired_one_to_one()
    {
        Assert.Equal([new("a", 1), new("b", 2)], AartfaacEndpoint.Pair(["a", "b"], [1, 2]));
        Assert.Throws<ArgumentException>(() => AartfaacEndpoint.Pair(["a", "b"], [1]));
        Assert.Equal(new AartfaacEndpoint("::1", 6666), AartfaacEndpoint.Parse("[::1]:6666"));
        Assert.Throws<FormatException>(() => AartfaacEndpoint.Parse("nowhere"));
    }

    [Fact]
    public void A_script_that_is_not_understood_is_refused_with_its_line()
    {
        Assert.Equal(2, EmulatorAction.ParseScript("script", ["# faults", "6666 3 drop", "* * late 2 # all"]).Count);
        var error = Assert.Throws<FormatException>(() => EmulatorAction.ParseScript("script", ["6666 3 drop", "6666 4 explode"]));
        Assert.Contains("script: line 2", error.Message, StringComparison.Ordinal);
    }

    internal static EmulatorOptions Emulator(int subbands) => new() { Ports = [.. Enumerable.Repeat(0, subbands)] };

    private static StreamOptions Quick() => new()
    {
        Cadence = TimeSpan.FromMilliseconds(100),
        FirstBackOff = TimeSpan.FromMilliseconds(20),
        Grouping = new GroupingOptions { MaxWait = TimeSpan.FromMilliseconds(500) },
    };

    internal static async Task<ImageGroup> Next(AartfaacStream stream)
    {
        using var deadline = new CancellationTokenSource(_deadline);
        await foreach (var group in stream.ReadAllAsync(deadline.Token))
            return group;
        throw new InvalidOperationException("the stream ended");
    }

    internal static async Task Until(Func<bool> condition)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < _deadline, "what was waited for did not happen");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }
    }
}
