using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace DataServices.Hisparc.Tests;

/// <summary>The commands as an operator gives them.</summary>
public sealed class CommandTests : IDisposable
{
    private static readonly DateTime _time = new(2026, 1, 5, 12, 0, 0);
    private readonly string _directory = Directory.CreateTempSubdirectory("hisparc-command-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [GoldenFact]
    public async Task A_spool_file_of_the_reference_goes_through_its_own_configuration_into_its_day_file_and_the_log_says_so()
    {
        Directory.CreateDirectory(Path.Combine(_directory, "incoming"));
        File.Copy(Path.Combine(Golden.Folder!, "spool_sample_cic4.pickle"), Path.Combine(_directory, "incoming", "tmpabcdefgh"));
        var config = Path.Combine(_directory, "config.ini");
        await File.WriteAllTextAsync(config, $"[General]\nlog = %(data_dir)s/hisparc\nloglevel = debug\nstation_list = none\ndata_dir = {_directory}\n[Writer]\nsleep = 5\n");
        using (var write = ServiceProcess.Start("write", "--once", "--config", config, "--disk-reserve-mb", "1"))
            Assert.Equal(0, await write.ExitAsync());
        Assert.Empty(Directory.GetFiles(Path.Combine(_directory, "incoming")));
        Assert.True(File.Exists(Path.Combine(_directory, "hisparc-writer")));
        var file = Directory.GetFiles(_directory, "*.h5", SearchOption.AllDirectories).Single();
        var events = RunningService.Dump(file).EnumerateObject().Single(node => node.Name.EndsWith("/events", StringComparison.Ordinal));

        // The same batch in the reference set, as an upload; its rows are the first of that table.
        var expected = Golden.Json("content_fixed.json").GetProperty(Path.GetRelativePath(_directory, file)).GetProperty(events.Name).GetProperty("rows").EnumerateArray().ToList();
        var rows = events.Value.GetProperty("rows").EnumerateArray().ToList();
        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.Contains(expected, other => SameButForPlaces(row, other)));
    }

    [Fact]
    public async Task Uploads_go_through_TLS_with_a_certificate_and_the_service_ends_at_a_signal()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        var (pem, keyFile, list) = (Path.Combine(_directory, "cert.pem"), Path.Combine(_directory, "key.pem"), Path.Combine(_directory, "stations.csv"));
        await File.WriteAllTextAsync(pem, certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(keyFile, key.ExportPkcs8PrivateKeyPem());
        await File.WriteAllTextAsync(list, "501,Amsterdam,pw\n");
        using var service = await ServiceProcess.StartAsync(_directory, list, "--tls-cert", pem, "--tls-key", keyFile);
        Assert.Equal("https", service.Client.BaseAddress!.Scheme);
        using var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, shown, _, _) => shown!.Thumbprint == certificate.Thumbprint };
        using var client = new HttpClient(handler) { BaseAddress = service.Client.BaseAddress };
        using var form = Batches.Form(Batches.Pickle(Batches.Coincidence(_time, 1)));
        using var response = await client.PostAsync(new Uri("/hisparc/upload", UriKind.Relative), form);
        Assert.Equal((HttpStatusCode.OK, "100"), (response.StatusCode, await response.Content.ReadAsStringAsync()));
        Assert.Equal(0, await service.EndAsync());
        Assert.True(File.Exists(new DataFolders(_directory).DayFile(new DateOnly(2026, 1, 5))));
    }

    [Theory]
    [InlineData("serve", "--port", "0")]
    [InlineData("write", "--data-dir", "/nowhere", "--queue", "amqp://127.0.0.1/")]
    [InlineData("write", "--data-dir", "/nowhere", "--queue", "amqp://127.0.0.1/", "--shards", "2", "--shard", "2")]
    [InlineData("write", "--data-dir", "/nowhere", "--queue", "amqp://127.0.0.1/", "--shard", "0", "--ref-compat")]
    [InlineData("rebuild", "2026-13-01", "--data-dir", "/nowhere")]
    [InlineData("gather", "2026-01-05", "--from", "/nowhere", "--to", "/tmp")]
    [InlineData("verify", "/nowhere.h5")]
    public async Task What_cannot_be_done_ends_with_an_error(params string[] words)
    {
        using var command = ServiceProcess.Start(words);
        Assert.Equal(1, await command.ExitAsync());
    }

    // Row number and places of blobs depend on what else is in the file.
    private static bool SameButForPlaces(JsonElement row, JsonElement other)
    {
        const int traces = 11;
        return Enumerable.Range(1, row.GetArrayLength() - 1).Where(i => i != traces).All(i => JsonElement.DeepEquals(row[i], other[i]));
    }
}
