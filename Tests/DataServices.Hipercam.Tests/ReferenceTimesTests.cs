using System.Text;
using System.Text.Json;

namespace DataServices.Hipercam.Tests;

/// <summary>
/// Timing bytes of synthetic runs in every mode and era of the two cameras, with the times the instruments' own pipeline found in them:
/// the eras and modes of which no recorded run is at hand.
/// </summary>
public class ReferenceTimesTests
{
    // The pipeline keeps dates as doubles.
    private const double Tolerance = 1e-6;
    private static readonly JsonElement[] _runs =
        [.. JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "ReferenceTimes.json"))).RootElement.EnumerateArray()];

    public static TheoryData<string> Names => [.. _runs.Select(run => run.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Times_of_every_mode_and_era_agree_with_the_pipeline(string name)
    {
        var run = _runs.Single(other => other.GetProperty("name").GetString() == name);
        var header = UltracamRun.FromXml(name, new MemoryStream(Encoding.UTF8.GetBytes(run.GetProperty("xml").GetString()!)));
        var clock = new UltracamClock(header);
        foreach (var frame in run.GetProperty("frames").EnumerateArray())
        {
            var (stamp, time, blue) = clock.Add(Convert.FromHexString(frame.GetProperty("timing").GetString()!));
            Assert.Equal(frame.GetProperty("midnight").GetBoolean(), stamp.IsPastMidnight);
            Compare(frame, time);
            if (!frame.TryGetProperty("blue", out var expected))
                continue;
            Assert.Equal(expected.GetProperty("isData").GetBoolean(), !stamp.IsBlueJunk);
            Compare(expected, blue);
        }
    }

    private static void Compare(JsonElement expected, FrameTime time)
    {
        var mjd = expected.GetProperty("mjd");
        var seconds = (time.Time.MjdDay - mjd[0].GetInt32() + time.MjdFraction - mjd[1].GetDouble()) * UtcInstant.SecondsPerDay;
        Assert.InRange(seconds, -Tolerance, Tolerance);
        Assert.Equal(expected.GetProperty("exposure").GetDouble(), time.ExposureTime, 2e-6);
        Assert.Equal(expected.GetProperty("good").GetBoolean(), time.IsGood);
    }
}
