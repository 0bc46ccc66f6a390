using System.CommandLine;
using System.Globalization;
using System.Net.Http.Headers;
using DataServices.Hisparc.Emulation;

namespace DataServices.App.Hisparc;

/// <summary><c>data hisparc emulate</c>: stations that are not there, for trying a server.</summary>
internal static class EmulateCommand
{
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(60);

    public static Command Create()
    {
        var stations = new Option<int>("--stations") { Description = "How many stations, numbered from --first", DefaultValueFactory = _ => 5 };
        var first = new Option<int>("--first") { Description = "Number of the first station", DefaultValueFactory = _ => 1001 };
        var rate = new Option<double>("--rate") { Description = "Events per second of each station; 0: as fast as the server answers", DefaultValueFactory = _ => 0.7 };
        var batch = new Option<int>("--batch") { Description = "Events per upload", DefaultValueFactory = _ => 100 };
        var samples = new Option<int>("--samples") { Description = "Samples per trace", DefaultValueFactory = _ => 1000 };
        var url = new Option<string>("--url") { Description = "Where to upload, http://127.0.0.1:8123/hisparc/upload", Required = true };
        var password = new Option<string>("--password") { Description = "Password of all of them", DefaultValueFactory = _ => "emulated" };
        var list = new Option<FileInfo?>("--write-list") { Description = "Write the station list for the server to this file, and end" };
        var seconds = new Option<double>("--seconds") { Description = "End after this time; 0: never", DefaultValueFactory = _ => 0 };
        var command = new Command("emulate", "Uploads made-up events of many stations. Example: emulate --stations 50 --rate 0 --url http://127.0.0.1:8123/hisparc/upload")
        {
            stations, first, rate, batch, samples, url, password, list, seconds,
        };
        url.Validators.Add(result =>
        {
            if (!Uri.TryCreate(result.GetValueOrDefault<string>(), UriKind.Absolute, out var found) || !found.Scheme.StartsWith("http", StringComparison.Ordinal))
                result.AddError("--url must be like http://127.0.0.1:8123/hisparc/upload.");
        });
        command.SetAction(async (parsed, cancel) =>
        {
            var numbers = Enumerable.Range(parsed.GetValue(first), parsed.GetValue(stations)).ToList();
            if (parsed.GetValue(list) is { } file)
            {
                await File.WriteAllLinesAsync(file.FullName, numbers.Select(number => string.Create(CultureInfo.InvariantCulture, $"{number},Emulated {number % 7},{parsed.GetValue(password)}")), cancel);
                return 0;
            }

            using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            if (parsed.GetValue(seconds) is > 0 and var limit)
                ending.CancelAfter(TimeSpan.FromSeconds(limit));
            var tally = new Tally();
            using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = numbers.Count }) { Timeout = TimeSpan.FromMinutes(10) };
            var begun = TimeProvider.System.GetTimestamp();
            await Task.WhenAll(numbers.Select(number => RunAsync(
                client, new Uri(parsed.GetRequiredValue(url)), new EmulatedStation(number, parsed.GetRequiredValue(password), parsed.GetValue(samples)), parsed.GetValue(rate), parsed.GetValue(batch), tally, ending.Token)));
            Console.WriteLine(tally.Summary(TimeProvider.System.GetElapsedTime(begun)));
            return tally.Refused == 0 ? 0 : Program.Failed;
        });
        return command;
    }

    /// <summary>One station uploads until cancelled, and keeps what is refused.</summary>
    internal static async Task RunAsync(HttpClient client, Uri url, EmulatedStation station, double rate, int batch, Tally tally, CancellationToken cancel)
    {
        var clock = TimeProvider.System;
        var pause = TimeSpan.FromSeconds(1);
        try
        {
            while (true)
            {
                var form = station.Form(station.NextBatch(clock.GetUtcNow().UtcDateTime.AddSeconds(-batch), batch));
                while (true)
                {
                    var begun = clock.GetTimestamp();
                    var answer = await PostAsync(client, url, form, cancel);
                    if (answer == "100")
                    {
                        tally.Accepted(batch, clock.GetElapsedTime(begun));
                        pause = TimeSpan.FromSeconds(1);
                        break;
                    }

                    // As the station software does: keep the batch, wait twice as long as before, come again.
                    tally.Refuse(station.Number, answer);
                    pause = pause * 2 < _longestPause ? pause * 2 : _longestPause;
                    await Task.Delay(pause, clock, cancel);
                }

                if (rate > 0)
                    await Task.Delay(TimeSpan.FromSeconds(batch / rate), clock, cancel);
            }
        }
        catch (OperationCanceledException)
        {
            // The time is over.
        }
    }

    private static async Task<string> PostAsync(HttpClient client, Uri url, byte[] form, CancellationToken cancel)
    {
        try
        {
            using var content = new ByteArrayContent(form);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
            using var response = await client.PostAsync(url, content, cancel);
            return await response.Content.ReadAsStringAsync(cancel);
        }
        catch (HttpRequestException error)
        {
            return error.Message;
        }
    }

    /// <summary>What became of the uploads.</summary>
    internal sealed class Tally
    {
        private readonly Lock _gate = new();
        private readonly List<double> _latencies = [];
        private long _events;

        public int Refused { get; private set; }

        public void Accepted(int events, TimeSpan latency)
        {
            lock (_gate)
            {
                _events += events;
                _latencies.Add(latency.TotalMilliseconds);
            }
        }

        public void Refuse(int station, string answer)
        {
            lock (_gate)
                Refused++;
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"station {station}: {answer}"));
        }

        public string Summary(TimeSpan time)
        {
            lock (_gate)
            {
                _latencies.Sort();
                double Percentile(double share) => _latencies.Count == 0 ? 0 : _latencies[(int)Math.Min(_latencies.Count - 1, share * _latencies.Count)];
                return string.Create(CultureInfo.InvariantCulture,
                    $"{_events} events in {_latencies.Count} uploads, {_events / time.TotalSeconds:F0} events/s; acknowledged in {Percentile(0.5):F0} ms (median), {Percentile(0.99):F0} ms (99 %); {Refused} refused");
            }
        }
    }
}
