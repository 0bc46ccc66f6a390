namespace Night.Tests;

public sealed class WholeNightTests
{
    [Fact]
    public void A_clear_night_ends_parked_and_closed_with_many_frames()
    {
        using var night = new TestNight().Run();

        Assert.True(night.Result.Ok, night.Result.Reason);
        Assert.True(night.Summary.LightFrames >= 150, $"{night.Summary.LightFrames} light frames");
        Assert.Equal(night.Summary.Files.Count, Directory.GetFiles(night.Images, "*.fits", SearchOption.AllDirectories).Length);
    }
}
