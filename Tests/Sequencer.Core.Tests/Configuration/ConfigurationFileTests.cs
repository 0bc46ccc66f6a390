using System.Text.Json.Nodes;
using Sequencer.Core.Configuration;
using Sequencer.Safety;

namespace Sequencer.Core.Tests.Configuration;

public sealed class ConfigurationFileTests : IDisposable
{
    private const string Enough = "simulator: [power, weather]\n";
    private readonly string _folder = Directory.CreateTempSubdirectory("configuration").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void An_empty_section_list_gives_the_defaults_in_code()
    {
        var read = Parse(Enough);
        Assert.Equal(
            ConfigurationFile.Write(new ObservatoryConfiguration { Simulator = [Simulation.Power, Simulation.Weather], Directories = read.Directories, Db = read.Db }).ToJsonString(),
            ConfigurationFile.Write(read).ToJsonString());
        Assert.Equal((30.0, -18.0, 180.0, "classic"), (read.Location.HorizonDegrees, read.Location.ObserveHorizonDegrees, read.WaitDelay.TotalSeconds, read.StateMachine));
        Assert.Equal(["Altitude", "MoonAvoidance", "Duration"], read.Scheduler.Constraints.Select(constraint => constraint.Name));
    }

    [Theory]
    [InlineData("35 deg", 35)]
    [InlineData("35deg", 35)]
    [InlineData("35", 35)]
    [InlineData("\"35 deg\"", 35)]
    [InlineData("2100 arcmin", 35)]
    [InlineData("{value: 35, unit: deg}", 35)]
    [InlineData("3.5e1 deg", 35)]
    public void An_angle_may_be_written_in_many_ways(string text, double degrees) =>
        Assert.Equal(degrees, Parse($"{Enough}location: {{horizon: {text}}}").Location.HorizonDegrees, 9);

    [Fact]
    public void Every_quantity_has_its_own_unit()
    {
        var read = Parse(Enough + """
            location: {elevation: 3.4 km, pressure: 0.68 bar, gmt_offset: -10 h}
            wait_delay: 3 min
            mount: {settings: {min_tracking_threshold: 0.2 s, max_tracking_threshold: 5000}}
            pointing: {threshold: 2 arcmin}
            environment: {weather: {safety_delay: 20}}
            safety: {required_free_space: 500 MB}
            cameras: {devices: [{name: A, focal_length: 20 cm, cooling: {target: -10 C, tolerance: 0.3 K}}]}
            """);
        Assert.Equal(3400, read.Location.ElevationMetres, 6);
        Assert.Equal(680, read.Location.PressureHectopascal, 6);
        Assert.Equal(-600, read.Location.GmtOffsetMinutes, 6);
        Assert.Equal(180, read.WaitDelay.TotalSeconds);
        Assert.Equal(200, read.Mount.Settings.MinTrackingThreshold.TotalMilliseconds);
        Assert.Equal(5000, read.Mount.Settings.MaxTrackingThreshold.TotalMilliseconds);
        Assert.Equal(120, read.Pointing.ThresholdArcsec, 6);
        Assert.Equal(20, read.Environment.Weather.SafetyDelay.TotalMinutes);
        Assert.Equal(0.5, read.Safety.RequiredFreeSpaceGigabytes, 9);
        Assert.Equal(500_000_000, read.SafetyPolicy().RequiredFreeBytes);
        Assert.Equal(200, read.Cameras.Devices[0].FocalLengthMillimetres!.Value, 6);
        Assert.Equal(-10, read.Cameras.Devices[0].Cooling.TargetCelsius);
    }

    [Theory]
    [InlineData("location:\n  lattitude: 3", 3, "unknown key 'location.lattitude': did you mean 'latitude'?")]
    [InlineData("pointing: {max_atempts: 3}", 2, "did you mean 'max_attempts'?")]
    [InlineData("locaton: {}", 2, "did you mean 'location'?")]
    [InlineData("\n\nfocusing: {}", 4, "unknown key 'focusing'")]
    [InlineData("location: {horizon: 30 s}", 2, "cannot be in 's': units are deg")]
    [InlineData("location: {latitude: 91 deg}", 2, "allowed are -90 to 90 deg")]
    [InlineData("location: {horizon: high}", 2, "must be a number with or without the unit deg")]
    [InlineData("location: {horizon: .nan}", 2, "must be a number")]
    [InlineData("location: 5", 2, "location must be a mapping")]
    [InlineData("location: {timezone: Mars/Olympus}", 2, "not a time zone")]
    [InlineData("location: {observe_horizon: -10 deg}", 2, "must descend")]
    [InlineData("wait_delay: -5 s", 2, "allowed are")]
    [InlineData("wait_delay: 1e300", 2, "allowed are")]
    [InlineData("max_observing_attempts: 2.5", 2, "whole number")]
    [InlineData("max_observing_attempts: 0", 2, "allowed are 1 to 1000")]
    [InlineData("pointing: {auto_correct: maybe}", 2, "true or false")]
    [InlineData("pointing: {on_failure: skip}", 2, "cannot be 'skip'")]
    [InlineData("pan_id: ../../etc", 2, "up to 32 letters")]
    [InlineData("cameras: {devices: [{primary: true}]}", 2, "needs 'name'")]
    [InlineData("cameras:\n  devices:\n  - {name: A, primary: true}\n  - {name: B, primary: true}", 3, "only one camera can be primary")]
    [InlineData("cameras:\n  devices: [{name: A}, {name: A}]", 3, "two cameras are called 'A'")]
    [InlineData("cameras: {devices: [{name: A, device: {type: focuser}}]}", 2, "only a camera fits here")]
    [InlineData("alpaca: {devices: {telescope: {port: 70000}}}", 2, "allowed are 1 to 65535")]
    [InlineData("mount: {settings: {min_tracking_threshold: 9 s, max_tracking_threshold: 1 s}}", 2, "min_tracking_threshold is above")]
    [InlineData("observing: {exposures_per_visit: 2}", 2, "cannot be '2'")]
    [InlineData("scheduler: {constraints: [{options: {}}]}", 2, "needs 'name'")]
    [InlineData("location: {horizon: 30 deg\n", 3, "not valid YAML")]
    [InlineData("name: A\nname: B", 3, "not valid YAML")]
    public void A_mistake_stops_start_up_and_names_line_and_remedy(string yaml, int line, string message)
    {
        var error = Assert.Throws<ConfigurationException>(() => Parse(Enough + yaml));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains(error.Problems, problem => problem.Line == line && error.Message.Contains($"observatory.yaml:{line}:", StringComparison.Ordinal));
    }

    [Fact]
    public void All_mistakes_are_shown_at_once() =>
        Assert.Equal(3, Assert.Throws<ConfigurationException>(() => Parse(Enough + "locaton: {}\nwait_delay: x\npointing: {threshold: 1 km}")).Problems.Count);

    [Theory]
    [InlineData("simulator: power", "whether the weather is safe")]
    [InlineData("simulator: weather", "whether the mains are on")]
    [InlineData("simulator: weather\nsafety: {ac_power_switch: 1}", "whether the mains are on")]
    [InlineData("simulator: [power, dome]", "cannot be 'dome'")]
    public void Without_a_source_of_safety_it_does_not_start(string yaml, string message) =>
        Assert.Contains(message, Assert.Throws<ConfigurationException>(() => Parse(yaml)).Message, StringComparison.Ordinal);

    [Fact]
    public void Null_keeps_the_default() => Assert.Equal(30, Parse(Enough + "location: {horizon: null}\npointing:\n").Location.HorizonDegrees);

    [Fact]
    public void Directories_stand_on_the_base_and_the_base_on_the_file()
    {
        var read = Parse(Enough + "directories: {base: site, images: ../data/images, fields: /srv/fields}");
        Assert.Equal(Path.Combine(_folder, "site"), read.Directories.Base);
        Assert.Equal(Path.Combine(_folder, "data", "images"), read.Directories.Images);
        Assert.Equal("/srv/fields", read.Directories.Fields);
        Assert.Equal(Path.Combine(_folder, "site", "json_store"), read.Db.Folder);
    }

    [Fact]
    public void A_local_file_changes_only_what_it_says_however_deep()
    {
        var path = Write("observatory.yaml", Enough + "location: {latitude: 10, longitude: 20}\nscheduler: {constraints: [{name: Altitude}, {name: Duration}]}\n");
        Write("observatory_local.yaml", "location: {longitude: 30 deg}\nscheduler: {constraints: [{name: Altitude}]}\nname: Local\n");
        var read = ConfigurationFile.Load(path);
        Assert.Equal((10.0, 30.0, "Local"), (read.Location.LatitudeDegrees, read.Location.LongitudeDegrees, read.Name));
        Assert.Single(read.Scheduler.Constraints);
    }

    [Fact]
    public void A_mistake_in_the_local_file_names_the_local_file()
    {
        var path = Write("observatory.yaml", Enough + "location: {latitude: 10}\n");
        Write("observatory_local.yaml", "\nlocation: {latitud: 30 deg}\n");
        Assert.Contains("observatory_local.yaml:2: unknown key 'location.latitud'", Assert.Throws<ConfigurationException>(() => ConfigurationFile.Load(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_in_force_can_be_written_and_read_again()
    {
        var first = ConfigurationFile.Load(Shipped.File("observatory.yaml"));
        var again = ConfigurationFile.Parse(ConfigurationFile.Write(first).ToJsonString(), _folder);
        Assert.Equal(ConfigurationFile.Write(first).ToJsonString(), ConfigurationFile.Write(again).ToJsonString());
    }

    [Fact]
    public void The_shipped_file_describes_the_simulated_observatory()
    {
        var read = ConfigurationFile.Load(Shipped.File("observatory.yaml"));
        Assert.Equal(["Cam00", "Cam01"], read.Cameras.Devices.Select(camera => camera.Name));
        Assert.Equal("Cam00", read.Cameras.Primary!.Name);
        Assert.Equal((3, 100.0, 30.0), (read.Pointing.MaxAttempts, read.Pointing.ThresholdArcsec, read.Pointing.Exptime.TotalSeconds));
        Assert.Equal(15, read.Environment.Weather.SafetyDelay.TotalMinutes);
        Assert.Equal("telescope", read.Alpaca.Devices.Telescope!.Type);
        Assert.True(File.Exists(Path.Combine(read.Directories.Fields, read.Scheduler.FieldsFile)));
        Assert.Equal(ClosePolicy.RainWins, read.Safety.ClosePolicy);
    }

    [Fact]
    public void The_schema_knows_every_documented_key_and_refuses_others()
    {
        var schema = ConfigurationFile.Schema();
        Assert.Equal("https://json-schema.org/draft/2020-12/schema", (string?)schema["$schema"]);
        var keys = ConfigurationFile.Document();
        Assert.True(keys.Count > 100, $"{keys.Count} keys");
        Assert.Contains(keys, key => key is { Key: "location.horizon", Kind: "deg", Default: "\"30 deg\"" });
        foreach (var key in keys)
            Assert.NotNull(Find(schema, key.Key));
        Assert.Equal(false, (bool?)Find(schema, "location")!["additionalProperties"]);
        Assert.Equal(90, (double?)Find(schema, "location.latitude")!["anyOf"]![0]!["anyOf"]![0]!["maximum"]);
    }

    private ObservatoryConfiguration Parse(string yaml) => ConfigurationFile.Parse(yaml, _folder);

    private string Write(string name, string yaml)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, yaml);
        return path;
    }

    /// <summary>The schema of a dotted key; a section stands as the first alternative beside null.</summary>
    private static JsonNode? Find(JsonNode schema, string key)
    {
        JsonNode? node = schema;
        foreach (var part in key.Replace("[]", ".[]", StringComparison.Ordinal).Split('.'))
        {
            node = part == "[]" ? node?["items"] : node?["properties"]?[part];
            node = node?["anyOf"]?[0] is { } first && (first["properties"] ?? first["items"]) is not null ? first : node;
        }
        return node;
    }
}
