using Alpaca.Devices.Links;
using Alpaca.Devices.Tests.Links;
using Alpaca.Devices.Tests.Loop;
using Alpaca.Devices.Tests.Sample;
using Alpaca.Devices.Wire;
using Emulators.Kit;

namespace Alpaca.Devices.Tests.Wire;

public sealed class WireTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("alpaca-wire-").FullName;

    private string Recording => Path.Combine(_folder, "focuser.wire");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_exchange_is_written_with_its_time_and_read_back()
    {
        Record(async focuser => await focuser.MoveAsync(11_000));
        var text = File.ReadAllText(Recording);
        Assert.Contains("       0.000 o port\n", text, StringComparison.Ordinal);
        Assert.Contains("> V#\n", text, StringComparison.Ordinal);
        Assert.Contains("< STEPPER S1#\n", text, StringComparison.Ordinal);
        Assert.Contains("> M11000#\n", text, StringComparison.Ordinal);
        var entries = WireRecording.Load(Recording).Entries;
        Assert.Equal(text.Split('\n').Where(l => l.Length > 0 && l[0] != '#'), entries.Select(e => e.ToString()));
        Assert.Equal(WireEventKind.Closed, entries[^1].Kind);
    }

    [Fact]
    public void A_recording_plays_the_device_for_its_driver()
    {
        Record(async focuser => await focuser.MoveAsync(11_000));
        foreach (var strict in new[] { false, true })
        {
            Scene.Run(async clock =>
            {
                var links = new LinkFactory();
                var replay = new WireReplay(WireRecording.Load(Recording), clock, strict);
                Task<bool> play = Task.FromResult(true);
                links.Offer("port", () =>
                {
                    var (near, far) = MemoryLink.CreatePair(clock, "port");
                    play = replay.ServeAsync(far);
                    return near;
                });
                var focuser = new StepperFocuser(new StepperOptions { Port = "port" }, FocuserScene.Context(links, clock));
                await focuser.SetConnectedAsync(true);
                Assert.Equal(10_000, await focuser.PositionAsync());
                await clock.Pass(0.25);
                await focuser.MoveAsync(11_000);
                while (await focuser.IsMovingAsync())
                    await clock.Pass(0.1);
                Assert.Equal(11_000, await focuser.PositionAsync());
                await focuser.SetConnectedAsync(false);
                Assert.True(await play);
                Assert.Empty(replay.Unknown);
                Assert.True(replay.Answered > 5);
            });
        }
    }

    [Fact]
    public void A_strict_replay_ends_at_the_first_departure_and_names_it()
    {
        Record(_ => Task.CompletedTask);
        Scene.Run(async clock =>
        {
            var (near, far) = MemoryLink.CreatePair(clock);
            var replay = new WireReplay(WireRecording.Load(Recording), clock, strict: true);
            var play = replay.ServeAsync(far);
            await near.WriteAsync("X#"u8.ToArray(), Scene.Second);
            Assert.False(await play);
            Assert.Equal(["X#"], replay.Unknown);
        });
    }

    [Fact]
    public void A_full_recording_becomes_the_old_one() => Scene.Run(async clock =>
    {
        using var recorder = new WireRecorder(Recording, clock, limit: 2000);
        recorder.Start();
        var (near, far) = MemoryLink.CreatePair(clock);
        await using var link = new RecordingLink(near, recorder);
        for (var i = 0; i < 200; i++)
            await link.WriteAsync("command#"u8.ToArray(), Scene.Second);
        far.DiscardInput();
        Assert.InRange(new FileInfo(Recording).Length, 1, 2100);
        Assert.InRange(new FileInfo(Recording + ".1").Length, 1, 2100);
        Assert.True(recorder.IsOn);
    });

    [Fact]
    public void Pieces_that_belong_together_are_one_line() => Scene.Run(async clock =>
    {
        using (var recorder = new WireRecorder(Recording, clock))
        {
            recorder.Start();
            var (near, far) = MemoryLink.CreatePair(clock);
            await using var link = new RecordingLink(near, recorder);
            foreach (var piece in new[] { "ab", "cd" })
            {
                await far.WriteAsync(System.Text.Encoding.ASCII.GetBytes(piece), Scene.Second);
                await link.ReadAsync(new byte[10], Scene.Second);
                await clock.Pass(0.01);
            }
        }

        Assert.Equal(["abcd"], WireRecording.Load(Recording).Entries.Where(e => e.Kind == WireEventKind.Received).Select(e => WireText.Escape(e.Bytes)));
    });

    [Fact]
    public void Two_recordings_are_compared_without_their_times()
    {
        var first = Parse("0.0 > V#", "0.1 < STEPPER#", "1.0 > P#", "1.1 < P1#", "2.0 > H#");
        var second = Parse("9.0 > V#", "9.3 < STEPPER#", "9.4 > P#", "9.5 < P2#", "9.6 > H#", "9.7 > H#");
        Assert.Equal(
            ["  > V#", "  < STEPPER#", "  > P#", "- < P1#", "+ < P2#", "  > H#", "+ > H#"],
            WireDifference.Compare(first, second).Select(l => $"{l.Side} {l.Entry.Content}"));
        Assert.All(WireDifference.Compare(first, first), l => Assert.Equal(' ', l.Side));
        Assert.Equal(5, WireDifference.Compare(first, Parse()).Count(l => l.Side == '-'));
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("1.0 ? x")]
    [InlineData("x > V#")]
    public void A_line_that_makes_no_sense_is_named(string line) =>
        Assert.Contains("f, line 1", Assert.Throws<FormatException>(() => Parse(line)).Message, StringComparison.Ordinal);

    private static WireRecording Parse(params string[] lines) => WireRecording.Read(new StringReader(string.Join('\n', lines)), "f");

    private void Record(Func<StepperFocuser, Task> act) => Scene.Run(async clock =>
    {
        var links = new LinkFactory();
        await using var port = new MemoryPort(new StepperEmulator(clock), clock, "port").OfferTo(links);
        var focuser = new StepperFocuser(new StepperOptions { Port = "port" }, FocuserScene.Context(links, clock) with { Record = Recording });
        await focuser.SetConnectedAsync(true);
        await clock.Pass(0.2);
        await act(focuser);
        await clock.Pass(4);
        await focuser.SetConnectedAsync(false);
        focuser.Recorder.Stop();
    });
}
