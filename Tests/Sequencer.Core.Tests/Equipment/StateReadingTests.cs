using System.Net;
using System.Reflection;
using Alpaca.Astronomy;
using Alpaca.Astronomy.Clocks;
using Alpaca.Contract;
using Sequencer.Core.Configuration;
using Sequencer.Core.Equipment;
using Sequencer.Core.Records;

namespace Sequencer.Core.Tests.Equipment;

/// <summary>How many requests it takes to know a device's state, and that no server, however old or odd, loses by it.</summary>
public sealed class StateReadingTests
{
    private static readonly string[] s_oneByOne = ["AtPark", "Slewing", "Tracking", "RightAscension", "Declination", "SideOfPier"];
    private readonly VirtualClock _clock = new(new DateTimeOffset(2026, 1, 15, 8, 0, 0, TimeSpan.Zero), TimeSpan.FromDays(1));
    private readonly List<JournalEntry> _entries = [];

    [Fact]
    public void A_current_mount_is_read_with_one_request() => Run(async (mount, telescope) =>
    {
        var status = await mount.ReadAsync(CancellationToken.None);
        Assert.Equal(["DeviceState"], telescope.Asked);
        Assert.Equal((true, false, false, PierSide.East), (status.Parked, status.Slewing, status.Tracking, status.PierSide));
    });

    [Fact]
    public void The_state_of_the_wire_is_read_like_the_properties() => Run(async (mount, telescope) =>
    {
        // As JSON has it: enumerations and whole numbers are integers.
        telescope.State = [new("AtPark", false), new("Slewing", false), new("Tracking", true), new("RightAscension", 7), new("Declination", 20), new("SideOfPier", 1), new("TimeStamp", "2026")];
        var status = await mount.ReadAsync(CancellationToken.None);
        Assert.Equal(["DeviceState"], telescope.Asked);
        Assert.Equal((false, true, PierSide.West), (status.Parked, status.Tracking, status.PierSide));
    });

    [Fact]
    public void What_the_state_leaves_out_or_has_wrong_is_read_by_itself() => Run(async (mount, telescope) =>
    {
        telescope.State = [new("AtPark", true), new("Slewing", "no"), new("Tracking", false), new("rightascension", 5.0), new("Declination", 20.0)];
        var status = await mount.ReadAsync(CancellationToken.None);
        Assert.Equal(["DeviceState", "Slewing", "RightAscension", "SideOfPier"], telescope.Asked);
        Assert.Equal((false, PierSide.East), (status.Slewing, status.PierSide));
    });

    [Fact]
    public void A_mount_of_an_older_interface_is_never_asked_for_its_state() => Run(
        async (mount, telescope) =>
        {
            await mount.ReadAsync(CancellationToken.None);
            Assert.Equal(s_oneByOne, telescope.Asked);
        },
        telescope => telescope.Version = 3);

    [Theory]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.NotFound)]
    public void A_server_that_does_not_know_the_member_is_not_lost(HttpStatusCode status) => Run(
        async (mount, telescope) =>
        {
            await mount.ReadAsync(CancellationToken.None);
            Assert.Equal(s_oneByOne, telescope.Asked);
            Assert.False(mount.Link.IsLost);
            Assert.DoesNotContain(_entries, entry => entry.ToString().Contains("lost", StringComparison.Ordinal));
        },
        telescope => telescope.Failure = new HttpRequestException("HTTP", null, status));

    [Fact]
    public void A_device_that_refuses_to_tell_its_state_is_asked_for_its_properties() => Run(async (mount, telescope) =>
    {
        telescope.Failure = AlpacaException.InvalidOperation("Not now.");
        await mount.ReadAsync(CancellationToken.None);
        Assert.Equal(["DeviceState", .. s_oneByOne], telescope.Asked);
    });

    [Fact]
    public void A_lost_mount_is_lost_at_the_first_request_and_asked_anew_when_it_is_back() => Run(async (mount, telescope) =>
    {
        telescope.Failure = new HttpRequestException("Connection refused");
        await Assert.ThrowsAsync<DeviceLostException>(() => mount.ReadAsync(CancellationToken.None));
        Assert.Equal(["DeviceState"], telescope.Asked);
        Assert.Null(mount.Last);
        telescope.Failure = null;
        telescope.Version = 3;
        await mount.ReadAsync(CancellationToken.None);
        telescope.Asked.Clear();
        await mount.ReadAsync(CancellationToken.None);
        await mount.ReadAsync(CancellationToken.None);
        Assert.Equal(["InterfaceVersion", .. s_oneByOne, .. s_oneByOne], telescope.Asked);
    });

    private void Run(Func<Mount, AskedTelescope, Task> test, Action<AskedTelescope>? prepare = null)
    {
        var journal = new Journal(_clock);
        journal.Written += _entries.Add;
        var device = DispatchProxy.Create<ITelescope, AskedTelescope>();
        var asked = (AskedTelescope)(object)device;
        asked.Device = new TestTelescope(_clock);
        prepare?.Invoke(asked);
        var mount = new Mount(device, new MountOptions(), Site.FromDegrees("Mauna Loa", 19.54, -155.58, 3400), TimeSpan.FromSeconds(1), _clock, journal);
        _clock.Run(async () =>
        {
            await mount.ConnectAsync(CancellationToken.None);
            asked.Asked.Clear();
            await test(mount, asked);
        });
    }
}

/// <summary>A mount behind a proxy that notes which members are asked and may answer DeviceState itself.</summary>
public class AskedTelescope : DispatchProxy
{
    internal TestTelescope Device { get; set; } = null!;

    internal List<string> Asked { get; } = [];

    /// <summary>The version of its interface.</summary>
    internal int Version { get; set; } = 4;

    /// <summary>What DeviceState answers instead of the truth.</summary>
    internal IReadOnlyList<StateValue>? State { get; set; }

    /// <summary>What DeviceState throws.</summary>
    internal Exception? Failure { get; set; }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var name = targetMethod!.Name.Replace("Async", "", StringComparison.Ordinal);
        Asked.Add(name);
        return name switch
        {
            "InterfaceVersion" => new ValueTask<int>(Version),
            "DeviceState" when Failure is { } failure => throw failure,
            "DeviceState" when State is { } state => new ValueTask<IReadOnlyList<StateValue>>(state),
            _ => targetMethod.Invoke(Device, BindingFlags.DoNotWrapExceptions, null, args, null),
        };
    }
}
