using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace DataServices.Hisparc.Tests;

/// <summary>A power cut: of everything the service wrote, only what it flushed is there afterwards, and only under the names that were flushed.</summary>
public sealed class PowerCutTests : IDisposable
{
    private const int Cuts = 3;
    private const int EventsPerBatch = 5;
    private static readonly DateTime _time = new(2026, 1, 5);
    private readonly string _directory = Directory.CreateTempSubdirectory("hisparc-cut-").FullName;

    private string Root => Path.Combine(_directory, "data");

    private string Shadow => Path.Combine(_directory, "shadow");

    private string Tree => Path.Combine(Shadow, "tree");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [CompilerFact]
    public async Task After_power_cuts_everything_acknowledged_is_there_once()
    {
        var list = Path.Combine(_directory, "stations.csv");
        await File.WriteAllTextAsync(list, "501,Amsterdam,pw\n502,Utrecht,pw\n");

        // Under this name the service's own calls find it too, not only those of its runtime.
        var shim = Path.Combine(_directory, "libc.so");
        using (var compiler = Process.Start(Compiler.Program!, ["-shared", "-fPIC", "-w", "-o", shim, Path.Combine(AppContext.BaseDirectory, "PowerCut.c")]))
        {
            await compiler.WaitForExitAsync();
            Assert.Equal(0, compiler.ExitCode);
        }

        Directory.CreateDirectory(Root);
        var acknowledged = new ConcurrentDictionary<int, bool>();
        var next = 0;
        for (var cut = 0; cut < Cuts; cut++)
        {
            BeginShadow();
            using (var service = await ServiceProcess.StartAsync(Root, list, new Dictionary<string, string> { ["LD_PRELOAD"] = shim, ["LD_LIBRARY_PATH"] = _directory, ["CUT_ROOT"] = Root, ["CUT_SHADOW"] = Shadow }))
            {
                var goal = acknowledged.Count + 100 + 77 * cut;
                var stations = Enumerable.Range(501, 2).Select(station => SendAsync(service.Client, station, () => Interlocked.Increment(ref next), acknowledged)).ToList();
                await Wait.Until(() => acknowledged.Count > goal && Directory.GetFiles(Root, "*.h5", SearchOption.AllDirectories).Length > 0);
                service.Kill();
                await Task.WhenAll(stations);
            }

            Directory.Delete(Root, recursive: true);
            Directory.Move(Tree, Root);
            foreach (var note in Directory.GetFiles(Root, "*.cut", SearchOption.AllDirectories))
                File.Delete(note);
        }

        using (var service = await ServiceProcess.StartAsync(Root, list))
            Assert.Equal(0, await service.EndAsync());
        var stored = RunningService.Dump(new DataFolders(Root).DayFile(new DateOnly(2026, 1, 5))).EnumerateObject()
            .Where(node => node.Name.EndsWith("/events", StringComparison.Ordinal))
            .SelectMany(node => node.Value.GetProperty("rows").EnumerateArray().Select(row => row[2].GetInt32())).ToList();
        Assert.Equal(stored.Count, stored.Distinct().Count());
        Assert.Empty(acknowledged.Keys.Except(stored));
    }

    // What is there when the power comes back is on the platter.
    private void BeginShadow()
    {
        if (Directory.Exists(Shadow))
            Directory.Delete(Shadow, recursive: true);
        Directory.CreateDirectory(Path.Combine(Shadow, ".content"));
        Directory.CreateDirectory(Tree);
        foreach (var folder in Directory.GetDirectories(Root, "*", SearchOption.AllDirectories))
            Directory.CreateDirectory(Path.Combine(Tree, Path.GetRelativePath(Root, folder)));
        foreach (var file in Directory.GetFiles(Root, "*", SearchOption.AllDirectories))
        {
            using var stat = Process.Start(new ProcessStartInfo("stat", ["-c", "%i", file]) { RedirectStandardOutput = true })!;
            var number = stat.StandardOutput.ReadToEnd().Trim();
            var copy = Path.Combine(Tree, Path.GetRelativePath(Root, file));
            File.Copy(file, copy);
            File.Copy(file, Path.Combine(Shadow, ".content", number));
            File.WriteAllText(copy + ".owner.cut", number);
        }
    }

    private static async Task SendAsync(HttpClient client, int station, Func<int> next, ConcurrentDictionary<int, bool> acknowledged)
    {
        while (true)
        {
            try
            {
                var numbers = Enumerable.Range(next() * EventsPerBatch, EventsPerBatch).ToList();
                using var form = Batches.Form(Batches.Pickle([.. numbers.Select(i => Batches.Coincidence(_time.AddSeconds(i), i))]), station.ToString(CultureInfo.InvariantCulture));
                using var response = await client.PostAsync(new Uri("/hisparc/upload", UriKind.Relative), form);
                if (await response.Content.ReadAsStringAsync() == "100")
                    numbers.ForEach(number => acknowledged[number] = true);
            }
            catch (HttpRequestException)
            {
                return;
            }
        }
    }
}

/// <summary>The machine's C compiler.</summary>
internal static class Compiler
{
    public static string? Program { get; } = new[] { "/usr/bin/cc", "/usr/bin/gcc", "/usr/bin/clang" }.FirstOrDefault(File.Exists);
}

/// <summary>Runs only where a C compiler is.</summary>
internal sealed class CompilerFactAttribute : FactAttribute
{
    public CompilerFactAttribute() => Skip = Compiler.Program is null ? "no C compiler is installed (apt-get install gcc libc6-dev)" : null;
}
