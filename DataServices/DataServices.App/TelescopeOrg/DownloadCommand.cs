using System.CommandLine;
using System.IO.Compression;
using DataServices.TelescopeOrg;

namespace DataServices.App.TelescopeOrg;

/// <summary><c>download</c>: a job's file from the cache or the site.</summary>
internal static class DownloadCommand
{
    public static Command Create(SiteOptions site)
    {
        var jid = new Argument<int>("JID") { Description = "Job id." };
        var cube = new Option<bool>("--cube") { Description = "One FITS file with the filters as its third axis (the default)." };
        var zip = new Option<bool>("--zip") { Description = "A zip archive of one FITS file per filter." };
        var processed = new Option<bool>("--processed") { Description = "The processed file (art_JID), which is not cached." };
        var to = new Option<string>("--out") { Description = "Where to put it. Default: here.", DefaultValueFactory = _ => "." };
        var timeout = new Option<double?>("--timeout") { Description = "Seconds to wait until the site has prepared it. Default: 600, for a processed file 60." };
        var frames = new Option<bool>("--frames") { Description = "Also write it as ordinary FITS frames, one per filter." };
        var command = new Command("download", "Fetches the file of a job, unless the cache has it.") { jid, cube, zip, processed, to, timeout, frames };
        command.Validators.Add(result =>
        {
            if (result.GetValue(cube) && result.GetValue(zip))
                result.AddError("Give --cube or --zip, not both.");
            if (result.GetValue(timeout) is <= 0)
                result.AddError("--timeout is more than 0 seconds.");
        });
        command.SetAction((parse, cancel) => site.RunAsync(
            parse,
            async (client, output, token) =>
            {
                var kind = parse.GetValue(zip) ? FileKind.Zip : FileKind.Cube;
                var directory = Directory.CreateDirectory(parse.GetValue(to)!).FullName;
                var id = parse.GetValue(jid);
                var path = await Meter.RunAsync($"job {id}", progress => parse.GetValue(processed)
                    ? client.DownloadProcessedAsync(id, directory, kind, progress, token)
                    : CachedAsync(client, id, directory, kind, progress, token));
                if (path is null)
                    throw new TimeoutException($"telescope.org had no processed file of job {id} in time: try again later, or with a longer --timeout.");
                var made = parse.GetValue(frames) ? FrameExtractor.Extract(path, directory, Path.GetFileNameWithoutExtension(path)) : [];
                output.Print(
                    new { jid = id, path, bytes = new FileInfo(path).Length, members = Members(path, kind), frames = made.Select(frame => new { path = frame.Path, filter = frame.Filter, width = frame.Width, height = frame.Height }) },
                    () => Array.ForEach([path, .. made.Select(frame => frame.Path)], Console.WriteLine));
                return 0;
            },
            cancel,
            options => parse.GetValue(timeout) is { } seconds
                ? options with { ReadyTimeout = TimeSpan.FromSeconds(seconds), ProcessedTimeout = TimeSpan.FromSeconds(seconds) }
                : options));
        return command;
    }

    private static IEnumerable<string>? Members(string path, FileKind kind)
    {
        if (kind != FileKind.Zip)
            return null;
        using var archive = ZipFile.OpenRead(path);
        return [.. archive.Entries.Select(entry => entry.FullName)];
    }

    private static async Task<string?> CachedAsync(
        TelescopeClient client, int id, string directory, FileKind kind, IProgress<TransferProgress> progress, CancellationToken cancel)
    {
        var cached = await client.GetFileAsync(id, kind, progress, cancel);
        var path = Path.Combine(directory, Path.GetFileName(cached));
        if (Path.GetFullPath(cached) != path)
            Fits.AtomicFile.Write(path, temporary => File.Copy(cached, temporary), overwrite: true);
        return path;
    }
}
