using Sequencer.Core.Configuration;
using Sequencer.Core.Scheduling;

namespace Sequencer.Core.Tests.Scheduling;

public sealed class FieldsFileTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"fields-{Guid.NewGuid():N}.yaml");
    private readonly List<string> _warnings = [];

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void An_entry_is_read_with_everything_it_says()
    {
        var list = Load("""
            - field: {name: "Transit A", position: "04h12m05s +28d17m30s"}
              observation:
                priority: 250
                exptime: 45
                min_nexp: 40
                exp_set_size: 10
                filter_name: r
                tags: [exoplanet, campaign-7]
                constraints:
                  - name: TimeWindow
                    options: {start_time: "2026-11-02 06:00", end_time: "2026-11-02 10:30", weight: 500}
            - field: {name: "Nebula HDR", position: "83.82deg -5.39deg"}
              observation: {type: compound, exptime: [5, 30, 120], min_nexp: 6, exp_set_size: 3, priority: "80"}
            - field: {name: Defaults, position: "100.00 deg +00.887 deg", equinox: null, type: Field}
            """);
        Assert.Empty(_warnings);
        Assert.Equal(["Transit A", "Nebula HDR", "Defaults"], list.Select(observation => observation.Name));
        var first = list[0];
        Assert.Equal(63.0208333, first.Field.RaDegrees, 6);
        Assert.Equal(28.2916667, first.Field.DecDegrees, 6);
        Assert.Equal((250.0, 40, 10, "r"), (first.Priority, first.MinExposures, first.SetSize, first.Plan.FilterName));
        Assert.Equal(45, first.NextExposureTime.TotalSeconds);
        Assert.Equal(["exoplanet", "campaign-7"], first.Plan.Tags);
        Assert.Equal("TimeWindow", Assert.Single(first.Plan.Constraints).Name);
        Assert.Equal(310, list[1].MinimumDuration.TotalSeconds);
        Assert.Equal(80, list[1].Priority);
        Assert.Equal((100.0, 60, 10), (list[2].Priority, list[2].MinExposures, list[2].SetSize));
        Assert.Equal(120, list[2].NextExposureTime.TotalSeconds);
        Assert.Equal("J2000", list[2].Field.Equinox);
    }

    [Theory]
    [InlineData("1/4", 0.25)]
    [InlineData("1e-2", 0.01)]
    [InlineData("0", 0)]
    [InlineData("2 min", 120)]
    [InlineData("\"30 s\"", 30)]
    public void An_exposure_time_may_be_a_number_a_quantity_or_a_fraction(string text, double seconds) =>
        Assert.Equal(seconds, Assert.Single(Load(Entry($"exptime: {text}"))).NextExposureTime.TotalSeconds, 9);

    [Theory]
    [InlineData("exptime: -10", "exptime")]
    [InlineData("exptime: 1/0", "exptime")]
    [InlineData("exptime: soon", "exptime")]
    [InlineData("exptime: [1, 2]", "compound")]
    [InlineData("type: compound", "exptime")]
    [InlineData("type: spectrum", "spectrum")]
    [InlineData("min_nexp: 57", "multiple")]
    [InlineData("exp_set_size: 7", "multiple")]
    [InlineData("priority: -1", "priority")]
    [InlineData("exptme: 5", "did you mean 'exptime'?")]
    [InlineData("constraints: [{name: Altitude, options: {horizn: 3}}]", "did you mean 'horizon'?")]
    public void A_bad_entry_is_skipped_with_file_line_name_and_reason_and_the_rest_load(string bad, string reason)
    {
        var list = Load(Entry(bad) + Entry("priority: 5", "Good"));
        Assert.Equal("Good", Assert.Single(list).Name);
        var warning = Assert.Single(_warnings);
        Assert.StartsWith(_path + ":", warning, StringComparison.Ordinal);
        Assert.Contains("'Target'", warning, StringComparison.Ordinal);
        Assert.Contains(reason, warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{name: \" - \", position: \"1h0m0s +1d0m0s\"}")]
    [InlineData("{name: \"\", position: \"1h0m0s +1d0m0s\"}")]
    [InlineData("{position: \"1h0m0s +1d0m0s\"}")]
    [InlineData("{name: Nowhere}")]
    [InlineData("{name: Nowhere, position: \"over there\"}")]
    [InlineData("{name: Nowhere, position: \"1h0m0s +91d0m0s\"}")]
    [InlineData("{name: Strange, position: \"1h0m0s +1d0m0s\", type: Comet}")]
    [InlineData("just text")]
    public void A_bad_field_is_skipped(string field)
    {
        Assert.Empty(Load($"- field: {field}\n"));
        Assert.NotEmpty(_warnings);
    }

    [Fact]
    public void Of_equal_names_the_last_counts()
    {
        Assert.Equal(9, Assert.Single(Load(Entry("priority: 5") + Entry("priority: 9"))).Priority);
        Assert.Contains("twice", Assert.Single(_warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void An_unchanged_entry_is_recognised_and_a_changed_one_is_not()
    {
        var before = Load(Entry("priority: 5"))[0];
        Assert.True(before.SameEntryAs(Load("# moved down\n" + Entry("priority: 5.0"))[0]));
        Assert.False(before.SameEntryAs(Load(Entry("priority: 6"))[0]));
        Assert.False(before.SameEntryAs(Load(Entry("priority: 5").Replace("+1d0m0s", "+1d0m0.01s", StringComparison.Ordinal))[0]));
    }

    [Fact]
    public void A_file_broken_during_the_night_leaves_the_list_before_in_force()
    {
        File.WriteAllText(_path, Entry("priority: 5"));
        var file = File_();
        Assert.Single(file.Read());
        File.WriteAllText(_path, "- field: {name: half");
        Assert.Single(file.Read());
        file.Read();
        Assert.Contains("stays in force", Assert.Single(_warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_and_a_file_that_is_no_list_are_errors_at_the_start()
    {
        Assert.Throws<FileNotFoundException>(() => File_().Read());
        File.WriteAllText(_path, "field: {name: M5}\n");
        Assert.Throws<ConfigurationException>(() => File_().Read());
    }

    private FieldsFile File_() => new(_path, TimeSpan.FromSeconds(120), new ConstraintCatalogue(new()), _warnings.Add);

    private IReadOnlyList<Observation> Load(string yaml)
    {
        File.WriteAllText(_path, yaml);
        return File_().Read();
    }

    private static string Entry(string observation, string name = "Target") =>
        $"- field: {{name: {name}, position: \"1h0m0s +1d0m0s\"}}\n  observation: {{{observation}}}\n";
}
