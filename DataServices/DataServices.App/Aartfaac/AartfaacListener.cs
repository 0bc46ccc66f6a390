using DataServices.Aartfaac;
using DataServices.Fits;

namespace DataServices.App.Aartfaac;

/// <summary>Receives live streams: a table that lives for people, or lines of JSON, and files.</summary>
internal static class AartfaacListener
{
    public static async Task<int> RunAsync(
        IReadOnlyList<AartfaacEndpoint> endpoints, StreamOptions options, string? folder, bool isSeparate, long count, int? statusPort, bool isJson, CancellationToken cancel)
    {
        if (folder is not null)
            Directory.CreateDirectory(folder);
        var names = endpoints.Select(endpoint => endpoint.ToString()).ToList();
        await using var stream = AartfaacStream.Open(endpoints, options);
        var latest = new LatestImage(options.Clock);
        await using var web = statusPort is { } port ? await StatusWeb.StartAsync(stream, latest, port, cancel) : null;
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var isLive = !isJson && !Console.IsOutputRedirected;
        var view = new StreamView(stream, options, latest, isLive);
        var showing = view.RunAsync(done.Token);
        var hasFailed = false;
        try
        {
            var left = count;
            if (left > 0)
            {
                await foreach (var group in stream.ReadAllAsync(cancel))
                {
                    using (group)
                    {
                        if (isLive || web is not null || folder is not null)
                            latest.Offer(group);
                        if (isJson)
                            Console.WriteLine(GroupLine.Json(group, names));
                        else if (!isLive)
                            Console.WriteLine(GroupLine.Text(group, names.Count));
                        if (folder is not null)
                            hasFailed |= !await TryStoreAsync(folder, group, latest.Current!, isSeparate);
                    }

                    if (--left == 0)
                        break;
                }
            }
        }
        finally
        {
            await done.CancelAsync();
            await showing;
        }

        return hasFailed ? Program.Failed : 0;
    }

    // A file that cannot be written is told; the stream goes on.
    private static async Task<bool> TryStoreAsync(string folder, ImageGroup group, LatestImage.Copy latest, bool isSeparate)
    {
        try
        {
            Store(folder, group, latest, isSeparate);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            await Console.Error.WriteLineAsync($"{ObservationStamp.Format(group.Stamp)}: {error.Message}");
            return false;
        }
    }

    private static void Store(string folder, ImageGroup group, LatestImage.Copy latest, bool isSeparate)
    {
        var stem = ObservationStamp.Format(group.Stamp).Replace(':', '-');
        if (isSeparate || group.Images.Any(image => image.Window.PixelBytes != group.Images[0].Window.PixelBytes))
        {
            foreach (var image in group.Images)
                AartfaacFits.WriteImage(Free(Path.Combine(folder, $"{stem}_{image.Endpoint}")), image.Window);
        }
        else
        {
            AartfaacFits.WriteCube(Free(Path.Combine(folder, stem)), group);
        }

        // A picture a second is enough for people.
        var picture = Path.Combine(folder, "latest.png");
        if (latest.Stamp == group.Stamp || !File.Exists(picture))
            FloatPreview.Write(picture, latest.Rows, latest.Width, latest.Height);
    }

    // A supplement has the time step of its group; nothing is overwritten.
    private static string Free(string stem)
    {
        var path = stem + ".fits";
        for (var i = 2; File.Exists(path); i++)
            path = $"{stem}-{i}.fits";
        return path;
    }
}
