using Alpaca.Contract;

namespace Alpaca.Drivers.Tests.IOptron;

/// <summary>What can break between driver and mount (the catalogue's rows 1 to 8), on virtual time and over many seeds.</summary>
public sealed class LinkFaultTests
{
    public static TheoryData<int> Seeds { get; } = [.. Enumerable.Range(1, 25)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Lost_and_changed_bytes_never_become_a_wrong_position(int seed)
    {
        var bench = new MountBench(seed % 2 == 0 ? "ioptron-cem40" : "ioptron-cem60");
        bench.Run(async () =>
        {
            await ParkTests.AwayAsync(bench);
            var (rightAscension, declination) = (await bench.Telescope.RightAscensionAsync(), await bench.Telescope.DeclinationAsync());
            bench.Emulator.Change(() => bench.Emulator.Faults.AtRandom(seed, loss: 0.004, change: 0));
            var answers = 0;
            for (var i = 0; i < 300; i++)
            {
                await bench.WaitAsync(1);
                try
                {
                    Assert.Equal(rightAscension, await bench.Telescope.RightAscensionAsync(), 2);
                    Assert.Equal(declination, await bench.Telescope.DeclinationAsync(), 1);
                    answers++;
                }
                catch (AlpacaException e) when (e.Error is AlpacaError.NotConnected || e.Number is 0x500 or 0x501)
                {
                    // No answer is an answer; a wrong one is not.
                    continue;
                }
            }

            Assert.InRange(answers, 200, 300);
            bench.Emulator.Change(bench.Emulator.Faults.Clear);
            await bench.WaitAsync(30);
            Assert.Equal(rightAscension, await bench.Telescope.RightAscensionAsync(), 3);
        });
    }

    [Fact]
    public void An_answer_in_two_halves_five_seconds_apart_shifts_nothing()
    {
        var bench = new MountBench();
        bench.Run(async () =>
        {
            await ParkTests.AwayAsync(bench);
            var rightAscension = await bench.Telescope.RightAscensionAsync();
            bench.Emulator.Change(() => bench.Emulator.Faults.SplitNext(9, TimeSpan.FromSeconds(5)));
            var answers = 0;
            for (var i = 0; i < 40; i++)
            {
                await bench.WaitAsync(0.5);
                try
                {
                    Assert.Equal(rightAscension, await bench.Telescope.RightAscensionAsync(), 3);
                    Assert.False(await bench.Telescope.AtParkAsync());
                    answers++;
                }
                catch (AlpacaException e) when (e.Number == 0x500)
                {
                    // Too long ago to be given: said so, instead of an old number.
                    continue;
                }
            }

            Assert.InRange(answers, 30, 39);
        });
    }

    [Fact]
    public void Garbage_before_an_answer_is_skipped_and_counted()
    {
        var bench = new MountBench();
        bench.Run(async () =>
        {
            await ParkTests.AwayAsync(bench);
            bench.Emulator.Change(() => bench.Emulator.Faults.PrefixNext([0xff, 0x00, (byte)'#', (byte)'x']));
            await bench.WaitAsync(2);
            Assert.False(await bench.Telescope.AtParkAsync());
            Assert.Contains("\"garbage\":4", await bench.Telescope.ActionAsync("iOptron:Link", ""), StringComparison.Ordinal);
            Assert.Equal(0, bench.Telescope.Counters.Failures);
        });
    }

    [Fact]
    public void Answers_followed_by_a_hash_sign_that_does_not_belong_there_are_read_all_the_same()
    {
        var bench = new MountBench(prepare: e => e.AddsHash = true);
        bench.Run(async () =>
        {
            await ParkTests.AwayAsync(bench);
            await bench.Telescope.ParkAsync();
            await bench.ArriveAsync();
            Assert.True(await bench.Telescope.AtParkAsync());
        });
    }

    [Fact]
    public void The_answer_before_repeated_is_not_taken_for_yes()
    {
        var bench = new MountBench();
        bench.Run(async () =>
        {
            await bench.ReadyAsync();
            await bench.WaitAsync(0.2);
            bench.Emulator.Change(() =>
            {
                bench.Emulator.Refuse.Add(":RT1#");
                bench.Emulator.RepeatAnswers = 1;
            });
            await Assert.ThrowsAsync<AlpacaException>(async () => await bench.Telescope.SetTrackingRateAsync(DriveRate.Lunar));
            await bench.WaitAsync(3);
            Assert.Equal(DriveRate.Sidereal, await bench.Telescope.TrackingRateAsync());
        });
    }

    [Fact]
    public void A_lost_answer_to_a_motion_is_an_error_and_the_command_is_not_sent_twice()
    {
        var bench = new MountBench();
        bench.Run(async () =>
        {
            await bench.ReadyAsync();
            await bench.WaitAsync(0.2);
            bench.Emulator.Change(() => bench.Emulator.LoseAnswers = 1);
            var commands = await bench.CommandsAsync(async () =>
            {
                var failure = await Assert.ThrowsAsync<AlpacaException>(async () => await bench.Telescope.FindHomeAsync());
                Assert.Equal(0x500, failure.Number);
                Assert.Contains(":MH#", failure.Message, StringComparison.Ordinal);
            });
            Assert.Single(commands, c => c == ":MH#");
        });
    }

    [Fact]
    public void A_late_answer_is_not_taken_for_the_next_one()
    {
        var bench = new MountBench();
        bench.Run(async () =>
        {
            await ParkTests.AwayAsync(bench);
            var rightAscension = await bench.Telescope.RightAscensionAsync();
            bench.Emulator.Change(() => bench.Emulator.DelayAnswers = 1);
            for (var i = 0; i < 40; i++)
            {
                await bench.WaitAsync(0.25);
                Assert.Equal(rightAscension, await bench.Telescope.RightAscensionAsync(), 3);
            }

            Assert.True(await bench.Telescope.TrackingAsync());
        });
    }

    [Fact]
    public void A_mount_that_falls_silent_is_lost_after_three_failures_and_never_answers_with_old_numbers()
    {
        var bench = new MountBench();
        bench.Run(async () =>
        {
            await ParkTests.AwayAsync(bench);
            bench.Emulator.Change(() => bench.Emulator.Faults.Silence(TimeSpan.FromSeconds(120)));
            await bench.WaitAsync(30);
            await MountBench.RefusedAsync(AlpacaError.NotConnected, async () => await bench.Telescope.RightAscensionAsync());
            Assert.False(await bench.Telescope.ConnectedAsync());
            await bench.WaitAsync(140);
            Assert.True(await bench.Telescope.ConnectedAsync());
            await bench.Telescope.RightAscensionAsync();
        });
    }

    [Fact]
    public void A_cable_pulled_during_a_slew_is_noticed_in_two_seconds_and_nothing_moves_by_itself_on_return()
    {
        var bench = new MountBench();
        bench.Run(async () =>
        {
            await bench.ReadyAsync();
            await bench.Telescope.StartSlewToCoordinatesAsync(await bench.AtHourAngleAsync(-4), 10);
            await bench.WaitAsync(2);
            await bench.Port.UnplugAsync();
            await bench.WaitAsync(2);
            var gone = await MountBench.RefusedAsync(AlpacaError.NotConnected, async () => await bench.Telescope.SlewingAsync());
            Assert.Contains("test-port", gone.Message, StringComparison.Ordinal);
            await bench.WaitAsync(60);
            await bench.Port.PlugInAsync();
            var commands = await bench.CommandsAsync(() => bench.WaitAsync(15));
            Assert.DoesNotContain(commands, c => c is ":MS1#" or ":MH#" or ":MP1#" or ":ST1#" or ":ST0#" or ":MP0#" or ":Q#");
            Assert.True(await bench.Telescope.ConnectedAsync());
            var failure = await Assert.ThrowsAsync<AlpacaException>(async () => await bench.Telescope.SlewingAsync());
            Assert.Equal(0x507, failure.Number);
            await bench.Telescope.ParkAsync();
            await bench.ArriveAsync();
            Assert.True(await bench.Telescope.AtParkAsync());
        });
    }

    [Fact]
    public void Another_mount_on_the_same_port_is_refused_until_somebody_connects_anew()
    {
        var bench = new MountBench();
        var other = new MountBench("ioptron-cem120");
        bench.Run(async () =>
        {
            await bench.Port.UnplugAsync();
            await bench.WaitAsync(5);
            bench.Port.Emulator = new Emulators.IOptron.IOptronEmulator(other.Mount.Kind, bench.Clock);
            await bench.Port.PlugInAsync();
            await bench.WaitAsync(30);
            Assert.False(await bench.Telescope.ConnectedAsync());
            await bench.Telescope.SetConnectedAsync(false);
            await bench.Telescope.SetConnectedAsync(true);
            Assert.True(await bench.Telescope.ConnectedAsync());
        });
    }

    [Fact]
    public void A_model_that_was_not_expected_is_the_wrong_device()
    {
        var bench = new MountBench(options: o => o with { Model = "0120" });
        bench.Clock.Run(async () =>
        {
            var failure = await Assert.ThrowsAsync<AlpacaException>(async () => await bench.Telescope.SetConnectedAsync(true));
            Assert.Contains("0040", failure.Message, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("ioptron-cem40")]
    [InlineData("ioptron-ieq30pro")]
    public void A_hundred_connections_leave_nothing_behind(string kind)
    {
        var bench = new MountBench(kind);
        bench.Clock.Run(async () =>
        {
            for (var i = 0; i < 100; i++)
            {
                await bench.Telescope.SetConnectedAsync(true);
                await bench.Telescope.SetConnectedAsync(false);
            }

            // A port that is still open is refused: every connection found it closed.
            Assert.Equal(100, bench.Port.Openings);
            await bench.WaitAsync(30);
            Assert.Equal(0, bench.Clock.PendingTimers);
        });
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_thousand_wishes_at_once_end_in_the_last_one(int seed)
    {
        var bench = new MountBench();
        bench.Clock.Run(async () =>
        {
            var chance = new Random(seed);
            var last = false;
            for (var i = 0; i < 1000; i++)
            {
                last = chance.Next(2) == 0;
                if (last)
                    await bench.Telescope.ConnectAsync();
                else
                    await bench.Telescope.DisconnectAsync();
                if (chance.Next(20) == 0)
                    await bench.WaitAsync(0.01);
            }

            await bench.WaitAsync(30);
            Assert.Equal(last, await bench.Telescope.ConnectedAsync());
            await bench.Telescope.SetConnectedAsync(false);
        });
    }

    [Fact]
    public void Reads_never_wait_for_the_mount()
    {
        var bench = new MountBench(prepare: e => e.Latency = TimeSpan.FromSeconds(0.3));
        bench.Run(async () =>
        {
            for (var i = 0; i < 50; i++)
            {
                var before = bench.Clock.GetUtcNow();
                _ = await bench.Telescope.RightAscensionAsync();
                _ = await bench.Telescope.SlewingAsync();
                Assert.Equal(before, bench.Clock.GetUtcNow());
                await bench.WaitAsync(0.33);
            }
        });
    }
}
