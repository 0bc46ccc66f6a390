using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using DataServices.Hisparc.Log;
using DataServices.Hisparc.Stations;
using DataServices.Hisparc.Store;
using DataServices.Hisparc.Upload;
using Microsoft.Extensions.Logging.Abstractions;

namespace DataServices.Hisparc.Tests;

public sealed class ServiceTests
{
    private static readonly DateTime _time = new(2026, 1, 5, 12, 0, 0);
    private static readonly Uri _upload = new("/hisparc/upload", UriKind.Relative);

    [Fact]
    public async Task A_wrong_station_list_leaves_the_last_good_one_in_force_and_a_good_one_counts_within_seconds()
    {
        await using var running = await RunningService.StartAsync();
        await File.WriteAllTextAsync(running.Options.StationList, "501,Amsterdam,pw\nnonsense\n");
        await Wait.Until(() => running.Service.Alarms.Current.Any(alarm => alarm.Contains("line 2", StringComparison.Ordinal)));
        Assert.Equal("100", await running.UploadAsync(Batches.Coincidence(_time, 1)));
        await File.WriteAllTextAsync(running.Options.StationList, "501,Amsterdam,other\n");
        await Wait.Until(() => running.Service.Alarms.Count == 0);
        Assert.Equal("203", await running.UploadAsync(Batches.Coincidence(_time, 2)));
    }

    [Fact]
    public void A_station_list_that_is_being_written_or_has_become_empty_leaves_the_last_good_one_in_force()
    {
        var directory = Directory.CreateTempSubdirectory("hisparc-stations-").FullName;
        try
        {
            var clock = new StoppedClock();
            var path = Path.Combine(directory, "stations.csv");
            var alarms = new Alarms(NullLogger.Instance);
            var registry = new StationRegistry(path, alarms, clock, NullLogger.Instance);
            int? After(string text, double seconds)
            {
                File.WriteAllText(path, text);
                File.SetLastWriteTimeUtc(path, clock.GetUtcNow().UtcDateTime.AddSeconds(-seconds));
                registry.Refresh();
                return registry.Current?.Count;
            }

            Assert.Equal(2, After("501,Amsterdam,pw\n502,Aarhus,pw\n", 0));
            Assert.Equal(2, After("501,Amsterdam,pw\n", 0.5));
            Assert.Equal(1, After("501,Amsterdam,pw\n", 1.5));
            Assert.Equal(1, After("", 20));
            Assert.Contains("has become empty", Assert.Single(alarms.Current), StringComparison.Ordinal);
            Assert.Equal(3, After("501,Amsterdam,pw\n502,Aarhus,pw\n503,Leiden,pw\n", 30));
            Assert.Equal(0, alarms.Count);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public async Task A_body_may_end_in_a_line_end_repeat_fields_and_carry_more_fields()
    {
        await using var running = await RunningService.StartAsync();
        var form = await Batches.Form(Batches.Pickle(Batches.Coincidence(_time, 1))).ReadAsStringAsync();
        Assert.Equal("100", await running.UploadAsync(new StringContent(form + "\r\n")));
        Assert.Equal("203", await running.UploadAsync(new StringContent("station_id=502&" + form)));
        Assert.Equal("100", await running.UploadAsync(new StringContent("more=1&" + form + "&station_id=502")));
        Assert.Equal("100", await running.UploadAsync(new StringContent(form.Replace("station_id", "station%5Fid", StringComparison.Ordinal))));
        Assert.Equal("400", await running.UploadAsync(new StringContent("\n" + form)));
        Assert.Equal("400", await running.UploadAsync(new StringContent("")));
        using var multipart = new MultipartFormDataContent { { new StringContent("501"), "station_id" } };
        Assert.Equal("400", await running.UploadAsync(multipart));
    }

    [Fact]
    public async Task Bytes_that_a_client_percent_encodes_as_they_are_are_understood_by_their_checksum()
    {
        await using var running = await RunningService.StartAsync();
        var pickle = Batches.Pickle(Batches.Coincidence(_time, 1));
        var raw = string.Concat(pickle.Select(value => $"%{value:X2}"));
        Assert.Equal("100", await running.UploadAsync(new StringContent($"station_id=501&password=pw&checksum={Convert.ToHexStringLower(BatchIdentity.Of(pickle))}&data={raw}")));
        Assert.Equal("201", await running.UploadAsync(new StringContent($"station_id=501&password=pw&checksum={Convert.ToHexString(BatchIdentity.Of(pickle))}&data={raw}")));
        Assert.Equal("201", await running.UploadAsync(new StringContent("station_id=501&password=pw&checksum=abc&data=%E2%98%83")));
    }

    [Theory]
    [InlineData("501", 501)]
    [InlineData(" 501 ", 501)]
    [InlineData("0501", 501)]
    [InlineData("+5_01", 501)]
    [InlineData("501.0", null)]
    [InlineData("abc", null)]
    [InlineData("0x1f5", null)]
    [InlineData("+-5", null)]
    [InlineData("-5", -1)]
    [InlineData("-0", 0)]
    [InlineData("99999999999999", -1)]
    [InlineData("5__1", null)]
    [InlineData("", null)]
    public void A_station_number_is_read_as_Python_reads_integers(string text, int? number) => Assert.Equal(number, UploadForm.Number(text));

    [Fact]
    public async Task Too_many_wrong_passwords_make_a_station_wait()
    {
        await using var running = await RunningService.StartAsync(options => options with { FailuresPerStation = 3 });
        var pickle = Batches.Pickle(Batches.Coincidence(_time, 1));
        var answers = new List<string>();
        for (var i = 0; i < 5; i++)
            answers.Add(await running.UploadAsync(Batches.Form(pickle, password: "wrong")));
        Assert.Equal("203", answers[0]);
        Assert.Equal("429", answers[^1]);
        Assert.Equal("100", await running.UploadAsync(Batches.Form(pickle, "502", "s3cret &=")));
    }

    [Fact]
    public void A_hashed_password_is_checked_and_a_foreign_hash_is_refused()
    {
        var hash = Rfc2898DeriveBytes.Pbkdf2("pw"u8, "salt"u8, 1000, HashAlgorithmName.SHA256, 32);
        var password = StationPassword.Parse($"$pbkdf2-sha256$i=1000${Convert.ToBase64String("salt"u8).TrimEnd('=')}${Convert.ToBase64String(hash).TrimEnd('=')}");
        Assert.False(password.Matches("wrong"));
        Assert.True(password.Matches("pw"));
        Assert.True(password.Matches("pw"));
        Assert.False(password.Matches("wrong"));
        Assert.Throws<FormatException>(() => StationPassword.Parse("$scrypt$ln=14$salt$hash"));
    }

    [Fact]
    public void A_password_hashed_with_argon2id_is_checked_and_one_that_asks_for_too_much_is_refused()
    {
        // Made with the argon2 program: password pw, salt saltsalt.
        var password = StationPassword.Parse("$argon2id$v=19$m=1024,t=2,p=1$c2FsdHNhbHQ$bNSenaExtJgdIzXihZKBTbBaAksEV6TLji6KTHjm2lA");
        Assert.False(password.Matches("wrong"));
        Assert.True(password.Matches("pw"));
        Assert.True(password.Matches("pw"));
        Assert.False(password.Matches("pw "));
        Assert.False(password.Signed("data"u8, Convert.ToHexString(HMACSHA256.HashData("pw"u8, "data"u8))));
        Assert.Throws<FormatException>(() => StationPassword.Parse("$argon2id$v=19$m=65536$salt$hash"));
        Assert.Throws<FormatException>(() => StationPassword.Parse("$argon2id$v=19$m=99999999,t=2,p=1$c2FsdHNhbHQ$bNSenaExtJgdIzXihZKBTbBaAksEV6TLji6KTHjm2lA"));
    }

    [Fact]
    public async Task A_client_may_sign_its_batch_instead_of_sending_its_password()
    {
        await using var running = await RunningService.StartAsync();
        var pickle = Batches.Pickle(Batches.Coincidence(_time, 1));
        var signature = Convert.ToHexString(HMACSHA256.HashData("pw"u8, pickle));
        Assert.Equal("400", await running.UploadAsync(Batches.Form(pickle, password: "")));
        Assert.Equal("203", await SignedAsync(pickle, new string('0', 64)));
        Assert.Equal("203", await SignedAsync(Batches.Pickle(Batches.Coincidence(_time, 2)), signature));
        Assert.Equal("100", await SignedAsync(pickle, signature));

        async Task<string> SignedAsync(byte[] data, string signed)
        {
            using var form = Batches.Form(data, password: "");
            form.Headers.Add(HisparcWeb.SignatureHeader, signed);
            return await running.UploadAsync(form);
        }
    }

    [Fact]
    public async Task Spool_files_of_a_reference_application_are_stored_once_and_disappear()
    {
        await using var running = await RunningService.StartAsync();
        var batch = Events.EventBatch.Parse(Batches.Pickle(Batches.Coincidence(_time, 1), Batches.Coincidence(_time, 2)));
        await running.EndAsync();
        var spool = SuspiciousBatches.Spool(501, "Amsterdam", batch);
        await File.WriteAllBytesAsync(Path.Combine(running.Directory, "incoming", "tmpabcdefgh"), spool);
        await File.WriteAllBytesAsync(Path.Combine(running.Directory, "partial", "tmpabcdefgi"), spool);
        await File.WriteAllBytesAsync(Path.Combine(running.Directory, "incoming", "nonsense"), [1, 2, 3]);
        await running.BeginAsync();
        await Wait.Until(() => running.Service.Metrics["spool_files_total"] == 3);
        Assert.Empty(await running.EndAsync());
        Assert.Empty(Directory.GetFiles(Path.Combine(running.Directory, "incoming")));
        Assert.Empty(Directory.GetFiles(Path.Combine(running.Directory, "partial")));
        Assert.Single(Directory.GetFiles(Path.Combine(running.Directory, "quarantine"), "0-*.pickle"));
        Assert.Equal(2, RunningService.Dump(running.DayFile(2026, 1, 5)).GetProperty("/hisparc/cluster_amsterdam/station_501/events").GetProperty("rows").GetArrayLength());
    }

    [Fact]
    public async Task A_suspicious_batch_that_the_operator_releases_is_stored()
    {
        await using var running = await RunningService.StartAsync();
        Assert.Equal("100", await running.UploadAsync(Batches.Coincidence(new DateTime(2019, 4, 7), 1)));
        var kept = Directory.GetFiles(Path.Combine(running.Directory, "suspicious")).Single();
        File.Move(kept, Path.Combine(running.Directory, "released", "a"));
        await Wait.Until(() => File.Exists(running.DayFile(2019, 4, 7)));
    }

    [Fact]
    public async Task The_station_s_day_can_be_moved_and_removed_and_does_not_come_back()
    {
        await using var running = await RunningService.StartAsync();
        Assert.Equal("100", await running.UploadAsync(Batches.Coincidence(_time, 1)));
        Assert.Equal("100", await running.UploadAsync(Batches.Form(Batches.Pickle(Batches.Coincidence(_time, 2)), "502", "s3cret &=")));
        await running.EndAsync();
        await using (var service = HisparcService.Open(running.Options, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance))
        {
            Assert.True(service.Edit(new DateOnly(2026, 1, 5), path => StationDay.Move(path, 501, 599, "Test")));
            Assert.True(service.Edit(new DateOnly(2026, 1, 5), path => StationDay.Remove(path, 502)));
            Assert.False(service.Edit(new DateOnly(2026, 1, 5), path => StationDay.Remove(path, 502)));
        }

        await running.BeginAsync();
        await running.EndAsync();
        Assert.Equal(["/hisparc/cluster_test/station_599/blobs", "/hisparc/cluster_test/station_599/events"], RunningService.Dump(running.DayFile(2026, 1, 5)).EnumerateObject().Select(node => node.Name));
    }

    [Fact]
    public async Task Pages_for_people_and_programs_show_stations_and_counters()
    {
        await using var running = await RunningService.StartAsync();
        Assert.Equal("100", await running.UploadAsync(Batches.Coincidence(_time, 1)));
        Assert.Contains("501", await running.Client.GetStringAsync(new Uri("/", UriKind.Relative)), StringComparison.Ordinal);
        Assert.Contains("\"station\":501", await running.Client.GetStringAsync(new Uri("/status", UriKind.Relative)), StringComparison.Ordinal);
        await Wait.Until(() => running.Service.Backlog == 0);
        var metrics = await running.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        Assert.Contains("requests_total{code=\"100\"} 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains("events_total{type=\"CIC\",result=\"stored\"} 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains("ack_latency_count 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains("\nhdf5_files_open ", metrics, StringComparison.Ordinal);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"day_file_bytes{{day=\"2026_1_5\"}} {new FileInfo(running.DayFile(2026, 1, 5)).Length}\n"), metrics, StringComparison.Ordinal);
        var age = double.Parse(metrics.Split("last_event_age{station=\"501\"} ")[1].Split('\n')[0], CultureInfo.InvariantCulture);
        Assert.Equal((TimeProvider.System.GetUtcNow().UtcDateTime - _time).TotalSeconds, age, 60.0);
        foreach (var name in (string[])["request_bytes", "decode_seconds", "wal_bytes", "wal_oldest_age", "wal_fsync_seconds", "duplicates_total", "quarantined_total", "suspicious_total", "unknown_code_total", "out_of_range_total", "blobs_bytes", "hdf5_append_seconds", "auth_failures", "rejected_global_total", "disk_free"])
            Assert.Contains($"# TYPE {name} ", metrics, StringComparison.Ordinal);
        Assert.Equal("ready\n", await running.Client.GetStringAsync(new Uri("/health/ready", UriKind.Relative)));
    }

    [Fact]
    public async Task Strict_http_refuses_other_methods_and_paths()
    {
        await using var running = await RunningService.StartAsync(options => options with { StrictHttp = true });
        using var get = await running.Client.GetAsync(_upload);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, get.StatusCode);
        using var other = await running.Client.PostAsync(new Uri("/elsewhere", UriKind.Relative), new StringContent("a=b", Encoding.ASCII));
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
    }

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);
    }
}
