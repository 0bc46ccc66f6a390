using System.Globalization;
using System.Text.Json;

namespace DataServices.Hisparc.Tests;

/// <summary>A disk that takes no more in the middle of a write: files of the service may not grow beyond a limit, and the write beyond it fails.</summary>
public sealed class FullDiskTests : IDisposable
{
    private static readonly DateTime _time = new(2026, 1, 5, 12, 0, 0);
    private readonly string _directory = Directory.CreateTempSubdirectory("hisparc-full-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task A_day_file_that_cannot_grow_in_the_middle_of_a_write_loses_nothing_and_is_whole_when_there_is_room()
    {
        // The first blob of each station takes 1 MiB of the file.
        var list = await ListAsync(5);
        using (var service = await ServiceProcess.StartLimitedAsync(kibibytes: 3000, _directory, list))
        {
            for (var station = 501; station <= 505; station++)
                Assert.Equal("100", await UploadAsync(service.Client, station, 20));
            await Wait.Until(async () => (await StatusAsync(service.Client)).GetProperty("alarms").EnumerateArray().Any());
            Assert.Equal("100", await UploadAsync(service.Client, 501, 5));
            Assert.Equal(1, await service.EndAsync());
        }

        using (var service = await ServiceProcess.StartAsync(_directory, list))
        {
            await Wait.Until(async () => (await StatusAsync(service.Client)).GetProperty("backlogBytes").GetInt64() == 0);
            Assert.Empty((await StatusAsync(service.Client)).GetProperty("alarms").EnumerateArray());
            Assert.Equal(0, await service.EndAsync());
        }

        Assert.Empty(Store.DayCheck.Problems(DayFile, thorough: true));
        var tables = RunningService.Dump(DayFile).EnumerateObject().Where(node => node.Name.EndsWith("/events", StringComparison.Ordinal)).ToList();
        Assert.Equal(5, tables.Count);
        Assert.All(tables, table => Assert.Equal(Enumerable.Range(0, 20), table.Value.GetProperty("rows").EnumerateArray().Select(row => row[2].GetInt32())));
    }

    [Fact]
    public async Task A_log_that_cannot_grow_refuses_uploads_and_takes_them_when_there_is_room()
    {
        var list = await ListAsync(1);
        using (var service = await ServiceProcess.StartLimitedAsync(kibibytes: 64, _directory, list))
        {
            Assert.Equal("100", await UploadAsync(service.Client, 501, 2));
            Assert.Equal("503", await UploadAsync(service.Client, 501, 2000));
            Assert.Equal("100", await UploadAsync(service.Client, 501, 3));
            service.Kill();
        }

        using (var service = await ServiceProcess.StartAsync(_directory, list))
        {
            Assert.Equal("100", await UploadAsync(service.Client, 501, 2000));
            Assert.Equal(0, await service.EndAsync());
        }

        Assert.Equal(Enumerable.Range(0, 2000), RunningService.Dump(DayFile).GetProperty("/hisparc/cluster_amsterdam/station_501/events").GetProperty("rows").EnumerateArray().Select(row => row[2].GetInt32()));
    }

    private string DayFile => new DataFolders(_directory).DayFile(new DateOnly(2026, 1, 5));

    private async Task<string> ListAsync(int stations)
    {
        var list = Path.Combine(_directory, "stations.csv");
        await File.WriteAllLinesAsync(list, Enumerable.Range(501, stations).Select(station => string.Create(CultureInfo.InvariantCulture, $"{station},Amsterdam,pw")));
        return list;
    }

    private static async Task<string> UploadAsync(HttpClient client, int station, int events)
    {
        using var form = Batches.Form(Batches.Pickle([.. Enumerable.Range(0, events).Select(i => Batches.Coincidence(_time.AddSeconds(i), i))]), station.ToString(CultureInfo.InvariantCulture));
        using var response = await client.PostAsync(new Uri("/hisparc/upload", UriKind.Relative), form);
        return await response.Content.ReadAsStringAsync();
    }

    private static async Task<JsonElement> StatusAsync(HttpClient client) =>
        JsonDocument.Parse(await client.GetStringAsync(new Uri("/status", UriKind.Relative))).RootElement;
}
