using Alpaca.Contract;
using Sequencer.Core.Configuration;

namespace Night.Tests;

public sealed class ParkFallbackTests
{
    [Theory]
    [InlineData(ParkFallback.Home, 1)]
    [InlineData(ParkFallback.Altaz, 2)]
    public void A_mount_that_cannot_park_rests_where_it_was_told_to(ParkFallback fallback, int seed)
    {
        var isTracking = true;
        var isHome = false;
        (double Altitude, double Azimuth) end = default;
        using var night = new TestNight
        {
            Seed = seed,
            Length = TimeSpan.FromHours(2.5),
            Configure = configuration => configuration with
            {
                Dome = configuration.Dome with { NeedsParkedMount = true },
                Mount = configuration.Mount with { ParkFallback = fallback, ParkAltitudeDegrees = 40, ParkAzimuthDegrees = 10 },
            },
            Between = (devices, _) => devices with
            {
                Telescope = Seam.On(devices.Telescope, (member, _) => member switch
                {
                    nameof(ITelescope.CanParkAsync) or nameof(ITelescope.CanUnparkAsync) => new ValueTask<bool>(false),
                    nameof(ITelescope.ParkAsync) or nameof(ITelescope.UnparkAsync) => new ValueTask(Task.FromException(AlpacaException.NotImplemented())),
                    _ => null,
                }),
            },
            AtTheEnd = async observatory =>
            {
                isTracking = await observatory.Telescope.TrackingAsync();
                isHome = await observatory.Telescope.AtHomeAsync();
                end = (await observatory.Telescope.AltitudeAsync(), await observatory.Telescope.AzimuthAsync());
            },
            StartsUnparked = true,
        }.Run();

        Assert.True(night.Result.Ok, night.Result.Reason);
        Assert.Contains(night.Events("exposure.end"), entry => entry.Text("kind") == "light");
        Assert.Empty(night.Events("alarm"));
        Assert.False(isTracking);
        Assert.True(night.IsReallyClosed);
        if (fallback == ParkFallback.Home)
        {
            Assert.True(isHome);
        }
        else
        {
            Assert.Equal(40, end.Altitude, 1.0);
            Assert.Equal(10, end.Azimuth, 1.5);
        }
    }
}
