using Alpaca.Contract;
using Alpaca.Drivers.IOptron;

namespace Alpaca.Drivers.Tests.IOptron;

/// <summary>Byte for byte what the specification's own vectors say (appendix B).</summary>
public sealed class VectorTests
{
    private static readonly Version3 s_new = new();
    private static readonly Version2 s_old = new();

    [Fact]
    public void Utc_is_milliseconds_since_2000() =>
        Assert.Equal(":SUT0848503800000#", Only(s_new.SetTime(new DateTimeOffset(2026, 11, 21, 3, 30, 0, TimeSpan.Zero), default)));

    [Fact]
    public void Right_ascension_is_hundredths_of_an_arcsecond_in_version_3_and_milliseconds_in_version_2()
    {
        Assert.Equal(":SRA029700000#", s_new.SetTarget(5.5, -5.39)[0].Text);
        Assert.Equal(":Sr19800000#", s_old.SetTarget(5.5, -5.39)[0].Text);
    }

    [Fact]
    public void Declination_has_a_sign_and_eight_digits()
    {
        Assert.Equal(":Sd-01940400#", s_new.SetTarget(5.5, -5.39)[1].Text);
        Assert.Equal(":Sd-01940400#", s_old.SetTarget(5.5, -5.39)[1].Text);
    }

    [Fact]
    public void The_site_is_east_positive()
    {
        Assert.Equal([":SLO-56007360#", ":SLA+07032960#", ":SHE1#"], s_new.SetSite(-155.576, 19.536).Select(c => c.Text));
        Assert.Equal([":Sg-560074#", ":St+070330#", ":SHE1#"], s_old.SetSite(-155.576, 19.536).Select(c => c.Text));
        Assert.Equal(":SHE0#", s_new.SetSite(149.06, -31.27)[2].Text);
    }

    [Theory]
    [InlineData("-560073603943296021091")]
    [InlineData("-5600736039432960210911 ")]
    [InlineData("-56007360394329602109110")]
    [InlineData("55600736039432960210911")]
    [InlineData("-5600736039432960210912")]
    [InlineData("-9900736039432960210911")]
    [InlineData("-56007360394329602x0911")]
    [InlineData("")]
    public void A_status_that_is_not_one_is_refused(string reply) => Assert.Throws<MalformedReplyException>(() => s_new.ReadStatus(reply));

    [Fact]
    public void Status_of_version_3()
    {
        var status = s_new.ReadStatus("-56007360" + "39432960" + "210911");
        Assert.Equal(-155.576, status.Longitude, 9);
        Assert.Equal(19.536, status.Latitude, 9);
        Assert.Equal((2, SystemState.Tracking, MountRate.Sidereal, 9, 1, true), (status.Gps, status.State, status.Rate, status.ArrowSpeed, status.TimeSource, status.IsNorthern));
    }

    [Fact]
    public void Status_of_version_2()
    {
        var status = s_old.ReadStatus("-560074" + "394330" + "210911");
        Assert.Equal(-155.576, status.Longitude, 3);
        Assert.Equal(19.536, status.Latitude, 3);
        Assert.Equal(SystemState.Tracking, status.State);
    }

    [Fact]
    public void The_length_of_the_status_tells_the_dialect()
    {
        Assert.IsType<Version3>(MountLanguage.Of("-5600736039432960210911"));
        Assert.IsType<Version2>(MountLanguage.Of("-560074394330210911"));
        Assert.Null(MountLanguage.Of("210911"));
    }

    [Fact]
    public void A_state_digit_of_unknown_meaning_is_unknown_and_not_something_else() =>
        Assert.Null(s_new.ReadStatus("-5600736039432960280911").State);

    [Fact]
    public void Position_at_the_pole()
    {
        var position = s_new.ReadPosition("+3240000003395229021");
        Assert.Equal(90, position.Declination, 9);
        Assert.Equal(6.287461, position.RightAscension, 6);
        Assert.Equal(PierSide.Unknown, position.Side);
        Assert.False(position.IsCounterweightUp);
    }

    [Fact]
    public void A_custom_rate_is_what_the_offset_leaves_of_the_sidereal_one() =>
        Assert.Equal([":RT4#", ":RR09973#"], [MountLanguage.SelectRate(MountRate.Custom).Text, MountLanguage.SetCustomRate(1 - 0.0027).Text]);

    [Fact]
    public void Altitude_limits_have_two_digits() =>
        Assert.Equal([":SAL-05#", ":SAL+30#"], [MountLanguage.SetAltitudeLimit(-5).Text, MountLanguage.SetAltitudeLimit(30).Text]);

    [Fact]
    public void Guide_pulses_have_five_digits()
    {
        Assert.Equal(":ZS00350#", s_new.Guide(TelescopeAxis.Primary, positive: true, 350).Text);
        Assert.Equal([":ZQ00001#", ":ZE99999#", ":ZC00020#"],
            [s_new.Guide(TelescopeAxis.Primary, false, 1).Text, s_new.Guide(TelescopeAxis.Secondary, true, 99999).Text, s_new.Guide(TelescopeAxis.Secondary, false, 20).Text]);
        Assert.Equal([":Me00350#", ":Mw00350#", ":Mn00350#", ":Ms00350#"],
            [.. new[] { (TelescopeAxis.Primary, true), (TelescopeAxis.Primary, false), (TelescopeAxis.Secondary, true), (TelescopeAxis.Secondary, false) }.Select(a => s_old.Guide(a.Item1, a.Item2, 350).Text)]);
    }

    [Fact]
    public void The_offset_from_utc_is_minutes() => Assert.Equal(":SG-600#", MountLanguage.SetUtcOffset(TimeSpan.FromHours(-10)).Text);

    private static string Only(IReadOnlyList<MountCommand> commands) => Assert.Single(commands).Text;
}
