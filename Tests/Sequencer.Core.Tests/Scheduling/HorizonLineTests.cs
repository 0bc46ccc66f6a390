using Sequencer.Core.Configuration;
using Sequencer.Core.Scheduling;

namespace Sequencer.Core.Tests.Scheduling;

public class HorizonLineTests
{
    [Theory]
    [InlineData(0, 12)]
    [InlineData(3, 12)]
    [InlineData(7, 8)]
    [InlineData(7.9, 8)]
    [InlineData(20, 30)]
    [InlineData(349.9, 30)]
    [InlineData(350, 12)]
    [InlineData(-3, 12)]
    public void Obstructions_may_cross_north_overlap_and_be_lower_than_the_default(double azimuth, double altitude) =>
        Assert.Equal(altitude, new HorizonLine(30, [[new(12, 350), new(12, 6)], [new(-4, 3), new(14, 9)]])[azimuth], 9);

    [Fact]
    public void Between_two_points_the_edge_is_straight()
    {
        var line = new HorizonLine(0, [[new(10, 100), new(20, 110), new(0, 130)]]);
        Assert.Equal(15, line[105], 9);
        Assert.Equal(20, line[110], 9);
        Assert.Equal(10, line[120], 9);
        Assert.Equal(0, line[99], 9);
        Assert.Equal(0, line[131], 9);
    }

    [Theory]
    [InlineData("50,-10 45,-5", null)]
    [InlineData("90,0 90,359", null)]
    [InlineData("50,10", "at least two")]
    [InlineData("120,10 20,20", "altitude")]
    [InlineData("10,10 20,400", "azimuth")]
    [InlineData("10,50 20,30", "clockwise")]
    [InlineData("10,50 20,50", "clockwise")]
    [InlineData("10,0 10,100 10,200 10,300 10,10", "more than once")]
    public void An_obstruction_goes_clockwise_within_its_limits(string points, string? objection)
    {
        var obstruction = points.Split(' ').Select(text => text.Split(',')).Select(pair => new HorizonPoint(int.Parse(pair[0], null), int.Parse(pair[1], null))).ToList();
        if (objection is null)
            Assert.Null(HorizonLine.Objection(obstruction));
        else
            Assert.Contains(objection, HorizonLine.Objection(obstruction)!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[[50, -10], [45, -5]]", null)]
    [InlineData("[[50, 10]]", "at least two")]
    [InlineData("[[50], [45, 5]]", "pair")]
    [InlineData("[[50, 1, 2], [45, 5]]", "pair")]
    [InlineData("[[120, 1], [45, 5]]", "120")]
    [InlineData("[[20, 1], [45, 400]]", "400")]
    [InlineData("[[20, 50], [45, 30]]", "clockwise")]
    [InlineData("a tree", "list")]
    [InlineData("[[high, 1], [45, 5]]", "high")]
    public void The_configuration_refuses_the_same(string yaml, string? message)
    {
        var text = $"simulator: [power, weather]\nlocation:\n  obstructions: [{yaml}]\n";
        if (message is null)
            Assert.Single(ConfigurationFile.Parse(text, Path.GetTempPath()).Location.Obstructions);
        else
            Assert.Contains(message, Assert.Throws<ConfigurationException>(() => ConfigurationFile.Parse(text, Path.GetTempPath())).Message, StringComparison.Ordinal);
    }
}
