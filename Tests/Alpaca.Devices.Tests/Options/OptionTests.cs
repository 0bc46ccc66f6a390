using Alpaca.Devices.Options;

namespace Alpaca.Devices.Tests.Options;

public sealed class OptionTests
{
    public enum Direction
    {
        North,
        SouthWest,
        Up,
    }

    public sealed record Row
    {
        [Option("What it is called.", Required = true)]
        public string Name { get; init; } = "";

        [Option("Share of the light it passes.", Minimum = 0, Maximum = 1)]
        public double Transmission { get; init; } = 1;
    }

    public sealed record Inner
    {
        [Option("Cone error.", Unit = "arcmin", Minimum = -600, Maximum = 600)]
        public double Cone { get; init; } = 4;
    }

    public sealed record TestOptions
    {
        [Option("Where it is connected", Required = true, Example = "/dev/ttyUSB0")]
        public string Port { get; init; } = "";

        [Option("How long to wait for an answer.", Minimum = 0.5, Maximum = 60)]
        public TimeSpan ReplyTimeout { get; init; } = TimeSpan.FromSeconds(3);

        [Option("The lowest altitude.", Unit = "deg", Minimum = -5, Maximum = 90)]
        public double LowestAltitude { get; init; } = 10;

        [Option("Steps of backlash.", Unit = "steps", Minimum = 0)]
        public int Backlash { get; init; }

        [Option("Where it looks.", Key = "looks")]
        public Direction Direction { get; init; } = Direction.North;

        [Option("Where it parks.", Choices = ["down=SouthWest", "Up"])]
        public Direction Parks { get; init; } = Direction.Up;

        [Option("Set point, if there is one.", Unit = "C")]
        public double? SetPoint { get; init; }

        [Option("Whether to close.")]
        public bool CloseOnShutdown { get; init; }

        [Option("Password.", Secret = true)]
        public string? Password { get; init; }

        [Option("Models to accept.")]
        public IReadOnlyList<string> Models { get; init; } = ["CEM40"];

        [Option("Filters.")]
        public IReadOnlyList<Row> Filters { get; init; } = [new() { Name = "L" }];

        [Option("Errors.")]
        public Inner Errors { get; init; } = new();

        /// <summary>No option: has no attribute.</summary>
        public int Internal { get; init; }

        public IEnumerable<string> Validate()
        {
            if (Backlash > 100 && CloseOnShutdown)
                yield return "backlash: more than 100 does not go with close_on_shutdown.";
            if (LowestAltitude > 80 && SetPoint > 10)
                yield return "neither altitude nor set point make sense together.";
        }
    }

    private static readonly OptionModel s_model = OptionModel.Of<TestOptions>();

    [Fact]
    public void What_is_not_written_keeps_its_default()
    {
        var options = Bound(("port", "/dev/x"));
        Assert.Equal(new TestOptions { Port = "/dev/x", Filters = options.Filters, Models = options.Models }, options);
        Assert.Equal("L", options.Filters.Single().Name);
    }

    [Theory]
    [InlineData("reply_timeout", "5", 5)]
    [InlineData("reply_timeout", "5 s", 5)]
    [InlineData("reply_timeout", "500ms", 0.5)]
    [InlineData("reply_timeout", "1 min", 60)]
    [InlineData("reply_timeout", "1 minute", 60)]
    public void Times_may_come_in_any_unit_of_time(string key, string text, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Bound(("port", "x"), (key, text)).ReplyTimeout);

    [Theory]
    [InlineData("30", 30)]
    [InlineData("30 deg", 30)]
    [InlineData("30°", 30)]
    [InlineData("-3 deg", -3)]
    [InlineData("90 arcmin", 1.5)]
    [InlineData("1e1", 10)]
    public void Angles_may_come_in_any_unit_of_angle(string text, double degrees) =>
        Assert.Equal(degrees, Bound(("port", "x"), ("lowest_altitude", text)).LowestAltitude, 9);

    [Fact]
    public void Decimal_digits_survive_a_change_of_units()
    {
        Assert.True(OptionUnit.TryRead("100 ms", "s", out var seconds));
        Assert.Equal(0.1, seconds);
        Assert.True(OptionUnit.TryRead("0.3 mm", "um", out var micrometres));
        Assert.Equal(300, micrometres);
    }

    [Fact]
    public void A_unit_of_its_own_is_accepted_and_no_other()
    {
        Assert.Equal(20, Bound(("port", "x"), ("backlash", "20 steps")).Backlash);
        Assert.Equal(-10, Bound(("port", "x"), ("set_point", "-10 °C")).SetPoint);
        Assert.Contains("backlash: \"20 mm\" is not a whole number in steps. Give a whole number of 0 steps or more.", Faults(("port", "x"), ("backlash", "20 mm")));
    }

    [Theory]
    [InlineData("reply_timeout", "5 parsec", "\"5 parsec\" is not a length of time in s. Give a time from 0.5 to 60 s; the units us, ms, s, min, h, d are understood.")]
    [InlineData("reply_timeout", "2 min", "\"2 min\" is out of range. Give a time from 0.5 to 60 s.")]
    [InlineData("lowest_altitude", "NaN", "\"NaN\" is not a number in deg. Give a number from -5 to 90 deg; the units arcsec, arcmin, deg, rad are understood.")]
    [InlineData("lowest_altitude", "", "\"\" is not a number in deg. Give a number from -5 to 90 deg; the units arcsec, arcmin, deg, rad are understood.")]
    [InlineData("backlash", "1.5", "\"1.5\" is not a whole number in steps. Give a whole number of 0 steps or more.")]
    [InlineData("close_on_shutdown", "maybe", "\"maybe\" is neither true nor false. Give one of the two.")]
    [InlineData("looks", "south-west", "\"south-west\" is not one of its words. Did you mean south_west? It must be one of north, south_west, up.")]
    [InlineData("parks", "south_west", "\"south_west\" is not one of its words. Did you mean down? It must be one of down, up.")]
    [InlineData("close_on_shutdwn", "true", "there is no such key. Did you mean close_on_shutdown? Known here: port, reply_timeout, lowest_altitude, backlash, looks, parks, set_point, close_on_shutdown, password, models, filters, errors.")]
    [InlineData("filters", "L", "it must be a list of groups of keys.")]
    [InlineData("password", "env:NO_SUCH_VARIABLE_HERE", "the environment has no variable NO_SUCH_VARIABLE_HERE. Set it for the server, for example in its systemd unit.")]
    public void A_wrong_value_says_what_would_be_right(string key, string text, string message) =>
        Assert.Equal($"{key}: {message}", Assert.Single(Faults(("port", "x"), (key, text))));

    [Fact]
    public void A_required_option_that_is_missing_says_what_it_is() =>
        Assert.Equal("port: it is missing. Where it is connected. For example /dev/ttyUSB0.", Assert.Single(Faults()));

    [Fact]
    public void Tables_and_groups_are_read_and_their_faults_placed()
    {
        var node = OptionNode.Mapping(
        [
            new("port", OptionNode.Scalar("x")),
            new("filters", OptionNode.List([Map(("name", "R"), ("transmission", "0.3")), Map(("transmission", "2")), Map(("nam", "B"))], 7)),
            new("errors", Map(("cone", "9 deg"))),
        ]);
        var faults = new List<OptionFault>();
        var options = (TestOptions)s_model.Bind(node, faults);
        Assert.Equal(540, options.Errors.Cone);
        Assert.Equal("R", options.Filters[0].Name);
        Assert.Equal(
            ["filters[1].name", "filters[1].transmission", "filters[2].nam", "filters[2].name"],
            faults.Select(f => f.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_no_option_alone_can_say_is_placed_beside_the_option_it_names()
    {
        Assert.Equal("backlash: more than 100 does not go with close_on_shutdown.", Assert.Single(Faults(("port", "x"), ("backlash", "101"), ("close_on_shutdown", "yes"))));
        Assert.Equal("neither altitude nor set point make sense together.", Assert.Single(Faults(("port", "x"), ("lowest_altitude", "85"), ("set_point", "11"))));
    }

    [Fact]
    public void A_secret_may_live_in_a_file()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "hunter2\n");
            Assert.Equal("hunter2", Bound(("port", "x"), ("password", "file:" + file)).Password);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Every_value_is_read_back_as_it_is_shown()
    {
        var options = new TestOptions { Port = "x", ReplyTimeout = TimeSpan.FromMilliseconds(1500), LowestAltitude = 0.1, SetPoint = -0.25, Direction = Direction.SouthWest, Parks = Direction.SouthWest };
        foreach (var field in s_model.Fields.Where(f => f.Members is null && f.Kind != OptionKind.TextList && f.Read(options) is not null))
        {
            Assert.Null(field.TryParse(field.Format(field.Read(options)), out var value));
            Assert.Equal(field.Read(options), value);
        }
    }

    [Theory]
    [InlineData("ReplyTimeout", "reply_timeout")]
    [InlineData("RGGB", "rggb")]
    [InlineData("UseGPSTime", "use_gps_time")]
    [InlineData("Port", "port")]
    public void Keys_are_names_in_snake_case(string name, string key) => Assert.Equal(key, OptionWords.SnakeCase(name));

    private static OptionNode Map(params (string Key, string Text)[] entries) =>
        OptionNode.Mapping(entries.Select(e => KeyValuePair.Create(e.Key, OptionNode.Scalar(e.Text))));

    private static TestOptions Bound(params (string Key, string Text)[] entries)
    {
        var faults = new List<OptionFault>();
        var options = (TestOptions)s_model.Bind(Map(entries), faults);
        Assert.Empty(faults);
        return options;
    }

    private static string[] Faults(params (string Key, string Text)[] entries)
    {
        var faults = new List<OptionFault>();
        s_model.Bind(Map(entries), faults);
        return [.. faults.Select(f => f.ToString())];
    }
}
