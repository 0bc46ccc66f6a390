using System.Globalization;

namespace DataServices.Aartfaac.Tests;

public class ImageGrouperTests
{
    private static readonly DateTimeOffset _start = new(2026, 3, 14, 23, 59, 50, TimeSpan.Zero);

    // Twenty time steps of three subbands; subband 2 is late at step 8, subband 1 is missing at step 12.
    private static readonly IReadOnlyList<(int Endpoint, int Step)> _arrivals = Arrivals();

    [Fact]
    public async Task Consecutive_runs_split_a_time_step_where_an_image_is_late()
    {
        var grouper = new ImageGrouper(3, new GroupingOptions { Policy = GroupingPolicy.ConsecutiveRuns });
        var groups = await AddAll(grouper);
        Assert.Equal(21, groups.Count);
        Assert.Equal(["8:01", "9:01", "8:2", "9:2", "10:012"], groups.Skip(8).Take(5));
        Assert.Equal(["19:012"], grouper.Flush().Select(Describe));
    }

    [Fact]
    public async Task By_key_every_time_step_comes_once()
    {
        var grouper = new ImageGrouper(3);
        List<string> groups = [.. await AddAll(grouper), .. grouper.Flush().Select(Describe)];
        Assert.Equal(20, groups.Count);
        Assert.Equal(Enumerable.Range(0, 20).Select(step => step == 12 ? "12:02" : $"{step}:012").Order(), groups.Order());
        Assert.Equal((19, 1), (grouper.Complete, grouper.Partial));
    }

    [Fact]
    public async Task A_partial_group_goes_when_more_newer_steps_than_allowed_have_come()
    {
        var grouper = new ImageGrouper(3, new GroupingOptions { MaxOpenGroups = 4 });
        var groups = await AddAll(grouper);
        Assert.Equal("12:02", groups[groups.IndexOf("16:012") + 1]);
    }

    [Fact]
    public async Task A_step_without_a_subband_is_a_gap_of_that_subband()
    {
        var grouper = new ImageGrouper(3);
        await AddAll(grouper);
        grouper.Flush();
        Assert.Equal([0, 1, 0], grouper.Gaps);
    }

    [Fact]
    public async Task A_partial_group_goes_when_it_has_waited_long_enough()
    {
        var grouper = new ImageGrouper(2, new GroupingOptions { MaxWait = TimeSpan.FromSeconds(2) });
        Assert.Empty(grouper.Add(await Image(0, 0), _start));
        Assert.Equal(_start.AddSeconds(2), grouper.Deadline);
        Assert.Empty(grouper.Expire(_start.AddSeconds(1.999)));
        var group = Assert.Single(grouper.Expire(_start.AddSeconds(2)));
        Assert.Equal((GroupReason.Timeout, false), (group.Reason, group.IsComplete));
        Assert.Null(grouper.Deadline);
    }

    [Theory]
    [InlineData(GroupingPolicy.Keyed, 2)]
    [InlineData(GroupingPolicy.ConsecutiveRuns, 3)]
    public async Task An_image_that_comes_twice_is_kept_once_by_key_and_twice_in_runs(GroupingPolicy policy, int images)
    {
        var grouper = new ImageGrouper(3, new GroupingOptions { Policy = policy });
        grouper.Add(await Image(0, 0), _start);
        grouper.Add(await Image(0, 0), _start);
        grouper.Add(await Image(1, 0), _start);
        Assert.Equal(images, Assert.Single(grouper.Flush()).Images.Count);
        Assert.Equal(policy == GroupingPolicy.Keyed ? 1 : 0, grouper.Duplicates);
    }

    [Theory]
    [InlineData(LatePolicy.Drop, 0)]
    [InlineData(LatePolicy.EmitSupplement, 1)]
    public async Task A_late_image_is_counted_and_dropped_or_given_out_alone(LatePolicy policy, int groups)
    {
        var grouper = new ImageGrouper(2, new GroupingOptions { Late = policy, MaxWait = TimeSpan.FromSeconds(2) });
        grouper.Add(await Image(0, 0), _start);
        grouper.Expire(_start.AddSeconds(10));
        var late = await Image(1, 0);
        var given = grouper.Add(late, _start.AddSeconds(11));
        Assert.Equal(groups, given.Count);
        Assert.Equal(1, grouper.Late);
        if (groups == 0)
            Assert.Throws<ObjectDisposedException>(() => late.Window.At(0, 0));
        else
            Assert.Equal(GroupReason.Supplement, given[0].Reason);
    }

    [Fact]
    public async Task Stamps_within_the_tolerance_are_one_time_step()
    {
        var grouper = new ImageGrouper(2, new GroupingOptions { Tolerance = TimeSpan.FromSeconds(1) });
        grouper.Add(await Image(0, 0), _start);
        Assert.True(Assert.Single(grouper.Add(await Image(1, 1), _start)).IsComplete);
    }

    [GoldenFact]
    public async Task Consecutive_runs_agree_with_the_reference()
    {
        var merger = Golden.Values("aartfaac.json").GetProperty("merger");
        var arrivals = Golden.Values(Path.Combine("data", "aartfaac_arrival.json")).GetProperty("arrival").EnumerateArray()
            .Select(pair => (pair[0].GetInt32(), pair[1].GetInt32())).ToList();
        Assert.Equal(arrivals, _arrivals);
        var expected = merger.GetProperty("groups").EnumerateArray().Select(group =>
        {
            var members = group.GetProperty("members").EnumerateArray().ToList();
            return $"{members[0][1]}:{string.Concat(members.Select(member => member[0].ToString()))}";
        });
        Assert.Equal(expected, await AddAll(new ImageGrouper(3, new GroupingOptions { Policy = GroupingPolicy.ConsecutiveRuns })));
    }

    private static async Task<List<string>> AddAll(ImageGrouper grouper)
    {
        var groups = new List<string>();
        foreach (var (endpoint, step) in _arrivals)
            groups.AddRange(grouper.Add(await Image(endpoint, step), _start).Select(Describe));
        return groups;
    }

    private static string Describe(ImageGroup group) =>
        $"{(group.Stamp - _start).TotalSeconds.ToString("0", CultureInfo.InvariantCulture)}:{string.Concat(group.Images.Select(image => image.Endpoint))}";

    private static async Task<SubbandImage> Image(int endpoint, int step)
    {
        var bytes = EmulatorWindow.Make(2, 2, $"{endpoint}", EmulatorWindow.FormatStamp(_start.AddSeconds(step)));
        return new SubbandImage(endpoint, (await new WindowReader(new MemoryStream(bytes), "test").ReadAsync())!.Value.Window!);
    }

    private static List<(int Endpoint, int Step)> Arrivals()
    {
        var arrivals = new List<(int, int)>();
        for (var step = 0; step < 20; step++)
        {
            for (var endpoint = 0; endpoint < 3; endpoint++)
            {
                if (step == 9 && endpoint == 2)
                    arrivals.Add((2, 8));
                if ((endpoint, step) is not ((1, 12) or (2, 8)))
                    arrivals.Add((endpoint, step));
            }
        }

        return arrivals;
    }
}
