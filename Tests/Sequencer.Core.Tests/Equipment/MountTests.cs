using Alpaca.Astronomy;
using Alpaca.Astronomy.Clocks;
using Alpaca.Contract;
using Sequencer.Core.Configuration;
using Sequencer.Core.Equipment;
using Sequencer.Core.Records;

namespace Sequencer.Core.Tests.Equipment;

public sealed class MountTests
{
    private static readonly Site Site = Site.FromDegrees("Mauna Loa", 19.54, -155.58, 3400);
    private static readonly SkyPosition Target = SkyPosition.Parse("05h35m17.3s -05d23m28s");

    private readonly VirtualClock _clock = new(new DateTimeOffset(2026, 1, 15, 8, 0, 0, TimeSpan.Zero), TimeSpan.FromDays(1));
    private readonly List<JournalEntry> _entries = [];

    [Fact]
    public void A_slew_goes_to_the_place_of_date_with_tracking_on_first() => Run(new TestTelescope(_clock), async (mount, telescope) =>
    {
        await mount.UnparkAsync(CancellationToken.None);
        mount.SetTarget(Target, "M 42");
        Assert.True(await mount.SlewToTargetAsync(CancellationToken.None));
        Assert.Equal(["unpark", "track", "slew"], telescope.Commands);
        var place = SkyTransform.At(Site, new DateTimeOffset(2026, 1, 15, 8, 0, 1, TimeSpan.Zero)).Apparent(Target);
        Assert.Equal(place.RightAscension.Hours, telescope.Commanded.Ra, 1e-5);
        // 26 years of precession: about 20 arcminutes.
        Assert.True(Math.Abs(telescope.Commanded.Ra - Target.RightAscension.Hours) > 0.01);
        Assert.True((await mount.ReadAsync(CancellationToken.None)).Position.Separation(Target).Arcseconds < 1);
    });

    [Fact]
    public void A_mount_that_speaks_J2000_gets_the_target_as_it_is() => Run(new TestTelescope(_clock) { System = EquatorialCoordinateType.J2000 }, async (mount, telescope) =>
    {
        await mount.UnparkAsync(CancellationToken.None);
        mount.SetTarget(Target, "M 42");
        await mount.SlewToTargetAsync(CancellationToken.None);
        Assert.Equal(Target.RightAscension.Hours, telescope.Commanded.Ra, 1e-6);
    });

    [Fact]
    public void While_parked_or_without_target_it_does_not_slew() => Run(new TestTelescope(_clock), async (mount, telescope) =>
    {
        Assert.False(await mount.SlewToTargetAsync(CancellationToken.None));
        mount.SetTarget(Target, "M 42");
        Assert.False(await mount.SlewToTargetAsync(CancellationToken.None));
        Assert.Empty(telescope.Commands);
    });

    [Fact]
    public void A_slew_that_does_not_end_is_stopped_at_its_deadline() => Run(new TestTelescope(_clock) { NeverArrives = true }, async (mount, telescope) =>
    {
        await mount.UnparkAsync(CancellationToken.None);
        mount.SetTarget(Target, "M 42");
        var started = _clock.GetUtcNow();
        var error = await Assert.ThrowsAsync<MountException>(() => mount.SlewToTargetAsync(CancellationToken.None));
        Assert.Contains("180 s", error.Message, StringComparison.Ordinal);
        Assert.InRange((_clock.GetUtcNow() - started).TotalSeconds, 180, 185);
        Assert.Equal("abort", telescope.Commands[^1]);
    });

    [Fact]
    public void A_cancelled_slew_is_stopped() => Run(new TestTelescope(_clock) { NeverArrives = true }, async (mount, telescope) =>
    {
        await mount.UnparkAsync(CancellationToken.None);
        mount.SetTarget(Target, "M 42");
        using var cancel = new CancellationTokenSource(TimeSpan.FromSeconds(5), _clock);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => mount.SlewToTargetAsync(cancel.Token));
        Assert.Equal("abort", telescope.Commands[^1]);
    });

    [Fact]
    public void A_slew_that_ends_elsewhere_is_not_believed() => Run(new TestTelescope(_clock) { LandsOffDegrees = 2 }, async (mount, _) =>
    {
        await mount.UnparkAsync(CancellationToken.None);
        mount.SetTarget(Target, "M 42");
        Assert.Contains("2.00 deg away", (await Assert.ThrowsAsync<MountException>(() => mount.SlewToTargetAsync(CancellationToken.None))).Message, StringComparison.Ordinal);
    });

    [Fact]
    public void A_position_that_is_none_is_refused() => Run(new TestTelescope(_clock), async (mount, telescope) =>
    {
        telescope.Reported = double.NaN;
        await Assert.ThrowsAsync<MountException>(() => mount.ReadAsync(CancellationToken.None));
    });

    [Fact]
    public void Nothing_moves_while_it_is_forbidden_except_to_the_park_position() => Run(new TestTelescope(_clock), async (mount, telescope) =>
    {
        await mount.UnparkAsync(CancellationToken.None);
        mount.SetTarget(Target, "M 42");
        mount.Forbid = () => "it rains";
        Assert.Contains("it rains", (await Assert.ThrowsAsync<MountException>(() => mount.SlewToTargetAsync(CancellationToken.None))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<MountException>(() => mount.SyncAsync(Target, CancellationToken.None));
        Assert.True(await mount.ParkAsync(CancellationToken.None));
        await Assert.ThrowsAsync<MountException>(() => mount.UnparkAsync(CancellationToken.None));
        Assert.Equal(["unpark", "park"], telescope.Commands);
    });

    [Fact]
    public void Parking_is_believed_only_when_the_mount_says_parked() => Run(new TestTelescope(_clock), async (mount, telescope) =>
    {
        await mount.UnparkAsync(CancellationToken.None);
        telescope.NeverParks = true;
        Assert.False(await mount.ParkAsync(CancellationToken.None));
        Assert.Equal(3, telescope.Commands.Count(command => command == "park"));
        Assert.Single(_entries, entry => entry.Event == "alarm");
    });

    [Fact]
    public void A_mount_at_the_wrong_place_is_set_right() => Run(new TestTelescope(_clock) { Latitude = 51 }, (_, telescope) =>
    {
        Assert.Equal(19.54, telescope.Latitude);
        return Task.CompletedTask;
    });

    [Fact]
    public void A_mount_at_the_wrong_place_that_cannot_be_told_is_not_slewed() => Run(new TestTelescope(_clock) { Latitude = 51, SiteIsFixed = true }, async (mount, _) =>
    {
        mount.SetTarget(Target, "M 42");
        var error = await Assert.ThrowsAsync<MountException>(() => mount.UnparkAsync(CancellationToken.None));
        Assert.Contains("51.000", error.Message, StringComparison.Ordinal);
        Assert.Contains("19.540", error.Message, StringComparison.Ordinal);
    });

    [Fact]
    public void A_mount_whose_clock_is_an_hour_off_and_cannot_be_set_is_not_slewed() => Run(new TestTelescope(_clock) { ClockError = TimeSpan.FromHours(1) }, async (mount, _) =>
    {
        var error = await Assert.ThrowsAsync<MountException>(() => mount.UnparkAsync(CancellationToken.None));
        Assert.Contains("09:00:", error.Message, StringComparison.Ordinal);
        Assert.Contains("08:00:", error.Message, StringComparison.Ordinal);
    });

    [Fact]
    public void Without_a_sync_of_its_own_the_mount_still_points_better_afterwards() => Run(new TestTelescope(_clock) { CanSyncIt = false }, async (mount, telescope) =>
    {
        await mount.UnparkAsync(CancellationToken.None);
        mount.SetTarget(Target, "M 42");
        await mount.SlewToTargetAsync(CancellationToken.None);
        var first = telescope.Commanded;
        await mount.SyncAsync(Target.Offset(Angle.Zero, Angle.FromDegrees(0.1)), CancellationToken.None);
        await mount.SlewToTargetAsync(CancellationToken.None);
        Assert.DoesNotContain("sync", telescope.Commands);
        Assert.Equal(-0.1, telescope.Commanded.Dec - first.Dec, 1e-3);
    });

    private void Run(TestTelescope telescope, Func<Mount, TestTelescope, Task> test)
    {
        var journal = new Journal(_clock);
        journal.Written += _entries.Add;
        var mount = new Mount(telescope, new MountOptions(), Site, TimeSpan.FromSeconds(1), _clock, journal);
        _clock.Run(async () =>
        {
            await mount.ConnectAsync(CancellationToken.None);
            telescope.Commands.Clear();
            await test(mount, telescope);
        });
    }
}
