using System.Text.Json;
using Alpaca.Simulators.Enclosure;
using Alpaca.Simulators.Following;

namespace Alpaca.Simulators.Tests;

public sealed class FollowedDomeTests
{
    private static readonly DateTimeOffset s_begin = new(2026, 11, 21, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_sky_is_seen_as_far_as_the_leaves_are_open_at_the_time()
    {
        var dome = new FollowedDome();
        Assert.Equal(0, Openness(dome, 0));
        dome.Take(Message("""{"dome": "Astrohaven", "since": "2026-11-21T10:00:00.0000000Z", "leaves": [0, 0]}"""));
        dome.Take(Message("""{"dome": "Astrohaven", "since": "2026-11-21T10:00:10.0000000Z", "leaves": [1, 0.5]}"""));
        dome.Take(Message("""{"dome": "Astrohaven", "since": "2026-11-21T10:00:20.0000000Z", "leaves": [1, 1]}"""));
        Assert.Equal([0, 0, 0.75, 1], ((double[])[-1, 9, 10, 100]).Select(s => Openness(dome, s)));
    }

    [Theory]
    [InlineData("3")]
    [InlineData("{}")]
    [InlineData("""{"since": "now", "leaves": [1]}""")]
    [InlineData("""{"since": "2026-11-21T10:00:00Z", "leaves": []}""")]
    public void What_is_no_message_about_a_dome_is_refused(string text) => Assert.Throws<FormatException>(() => new FollowedDome().Take(Message(text)));

    private static double Openness(FollowedDome dome, double seconds) => ((IEnclosure)dome).OpennessTowards(45, 180, s_begin.AddSeconds(seconds));

    private static JsonElement Message(string text) => JsonDocument.Parse(text).RootElement;
}
