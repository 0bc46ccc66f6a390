using DataServices.Aartfaac;

namespace DataServices.App.Aartfaac;

/// <summary>Reads captured streams. They carry no times of arrival, so the windows are taken in the order of their stamps, then of the files.</summary>
internal static class AartfaacReplay
{
    public static async Task<int> RunAsync(
        IReadOnlyList<string> files, GroupingPolicy policy, PixelOrder order, bool isJson, CancellationToken cancel)
    {
        var captures = new List<Capture>();
        var failed = false;
        try
        {
            foreach (var file in files)
                captures.Add(new Capture(file, order));
            var grouper = new ImageGrouper(files.Count, new GroupingOptions { Policy = policy });
            foreach (var capture in captures)
                failed |= !await capture.AdvanceAsync(cancel);
            while (captures.Where(capture => capture.Head is not null).MinBy(capture => capture.Head!.Stamp) is { } next)
            {
                var image = new SubbandImage(captures.IndexOf(next), next.Take());
                Write(grouper.Add(image, DateTimeOffset.UnixEpoch), files, isJson);
                failed |= !await next.AdvanceAsync(cancel);
            }

            Write(grouper.Flush(), files, isJson);
            if (!isJson)
                Console.WriteLine($"{grouper.Complete} groups complete, {grouper.Partial} not; {grouper.Late} images late, {grouper.Duplicates} twice");
        }
        finally
        {
            foreach (var capture in captures)
                capture.Dispose();
        }

        return failed ? Program.Failed : 0;
    }

    private static void Write(IReadOnlyList<ImageGroup> groups, IReadOnlyList<string> files, bool isJson)
    {
        foreach (var group in groups)
        {
            using (group)
            {
                Console.WriteLine(isJson ? GroupLine.Json(group, files) : GroupLine.Text(group, files.Count));
            }
        }
    }

    private sealed class Capture : IDisposable
    {
        private readonly FileStream _file;
        private readonly WindowReader _reader;

        public Capture(string path, PixelOrder order)
        {
            if (!File.Exists(path))
                throw new FileNotFoundException($"{path}: there is no such file.");
            _file = File.OpenRead(path);
            _reader = new WindowReader(_file, path, order: order);
        }

        public AartfaacWindow? Head { get; private set; }

        public AartfaacWindow Take()
        {
            var head = Head!;
            Head = null;
            return head;
        }

        /// <summary>Goes to the next window that can be taken; false when something was wrong on the way, which has been told.</summary>
        public async Task<bool> AdvanceAsync(CancellationToken cancel)
        {
            var isGood = true;
            try
            {
                while (await _reader.ReadAsync(cancel) is { } read)
                {
                    Head = read.Window;
                    if (Head is not null)
                        return isGood;
                    isGood = false;
                    await Console.Error.WriteLineAsync(read.Reason);
                }

                return isGood;
            }
            catch (AartfaacProtocolException error)
            {
                await Console.Error.WriteLineAsync(error.Message);
                return false;
            }
        }

        public void Dispose()
        {
            Head?.Dispose();
            _file.Dispose();
        }
    }
}
