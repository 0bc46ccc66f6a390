using Microsoft.Extensions.Logging;

namespace DataServices.Hisparc.Tests;

public sealed class ConfigurationTests
{
    [Fact]
    public void The_reference_s_file_is_read_with_its_references_and_percent_signs()
    {
        var read = Parse(
            """
            # a comment
            [DEFAULT]
            root = /databases
            [General]
            Data_Dir = %(root)s/frome
            log: %(data_dir)s/logs/100%%
            station_list = %(root)s/stations.csv
            loglevel=warning
            [Writer]
            sleep = 5
            [Queue]
            url = amqp://u:p%%40ss@broker:5673/
            shards = 4
            shard = 3
            """);
        Assert.Equal(("/databases/frome", "/databases/stations.csv", "/databases/frome/logs/100%"), (read.DataDirectory, read.StationList, read.Log));
        Assert.Equal((LogLevel.Warning, TimeSpan.FromSeconds(5)), (read.Level, read.Sleep));
        Assert.Equal((new Uri("amqp://u:p%40ss@broker:5673/"), 4, 3), (read.Broker, read.Shards, read.Shard));
        Assert.Equal(LogLevel.Trace, Parse("[General]\nloglevel = everything").Level);
        Assert.Equal(new ReferenceConfiguration(), Parse(""));
    }

    [Theory]
    [InlineData("[General]\ndata_dir", "line 2")]
    [InlineData("data_dir = x", "line 1")]
    [InlineData("[General]\ndata_dir = %(nothing)s", "there is no nothing")]
    [InlineData("[General]\ndata_dir = %(data_dir)s", "refers to itself")]
    [InlineData("[General]\ndata_dir = 100%", "only as %%")]
    [InlineData("[Writer]\nsleep = soon", "whole number")]
    [InlineData("[Queue]\nurl = http://u:secret@broker/", "amqp://")]
    public void A_mistake_is_named(string text, string part)
    {
        var error = Assert.Throws<FormatException>(() => Parse(text));
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    private static ReferenceConfiguration Parse(string text) => ReferenceConfiguration.Parse(text.Split('\n'), "config.ini");
}
