using System.Diagnostics;
using DataServices.Aartfaac;
using DataServices.Hipercam;
using Emulators.HipercamServer;

namespace Benchmarks.Streams;

/// <summary>Resident memory after a few and after very many frames: a run may be of any length.</summary>
internal static class Endurance
{
    private const int Few = 20;

    public static async Task RunAsync(string folder, int frames, CancellationToken cancel)
    {
        Hipercam(folder, frames);
        Ultracam(folder, frames);
        await AartfaacAsync(frames, cancel);
    }

    // A sparse file: only the timing is on the disk, the pixels are zeros that the system makes up.
    private static void Hipercam(string folder, int frames)
    {
        var writer = new HipercamRunWriter("FullFrame-NoClear", (1024, 512)) { FrameCount = frames };
        var path = Path.Combine(folder, "run0001.fits");
        var timing = writer.Frame(1, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc))[^36..];
        using (var file = new FileStream(path, FileMode.Create))
        {
            var header = writer.Header(frames);
            file.Write(header);
            for (var frame = 1; frame <= frames; frame++)
            {
                (timing[1], timing[0]) = ((byte)((frame - 1) & 0xff), (byte)(((frame - 1) >> 8) ^ 0x80));
                file.Position = header.Length + (long)frame * writer.FrameBytes - timing.Length;
                file.Write(timing);
            }
        }

        using var run = HipercamRunFile.Open(path);
        Report("HiPERCAM full frames", writer.FrameBytes, frames, position => run.ReadFrame(position).Dispose());
        File.Delete(path);
    }

    private static void Ultracam(string folder, int frames)
    {
        var writer = new UltracamRunWriter("ap9_fullframe_mindead", 6 * 512 * 1024);
        var stem = Path.Combine(folder, "run001");
        writer.Write(stem, 0);
        using (var file = new FileStream(stem + ".dat", FileMode.Create))
        {
            var timing = writer.Frame(1)[..(2 * writer.HeaderWords)];
            for (var frame = 1; frame <= frames; frame++)
            {
                BitConverter.TryWriteBytes(timing.AsSpan(4), frame);
                file.Position = (frame - 1L) * writer.FrameBytes;
                file.Write(timing);
            }

            file.SetLength((long)frames * writer.FrameBytes);
        }

        using var run = UltracamRunFile.Open(stem);
        Report("ULTRACAM full frames", writer.FrameBytes, frames, position => run.ReadFrame(position).Dispose());
        File.Delete(stem + ".dat");
    }

    private static async Task AartfaacAsync(int groups, CancellationToken cancel)
    {
        await using var senders = await SubbandSenders.StartAsync(3, 1024);
        await using var stream = AartfaacStream.Open(senders.Endpoints, SubbandSenders.Options);
        await using var reader = stream.ReadAllAsync(cancel).GetAsyncEnumerator(cancel);
        Report("AARTFAAC groups of 3 x 1024 x 1024", 3L * senders.WindowBytes, groups, _ =>
        {
            reader.MoveNextAsync().AsTask().GetAwaiter().GetResult();
            reader.Current.Dispose();
        });
    }

    private static void Report(string name, long bytes, int count, Action<int> read)
    {
        long few = 0;
        for (var i = 1; i <= count; i++)
        {
            read(i);
            if (i == Few)
                few = Resident();
        }

        Console.WriteLine(FormattableString.Invariant(
            $"{name,-38} {few / 1e6,5:0} MB resident after {Few}, {Resident() / 1e6,5:0} MB after {count} ({count * bytes / 1e9:0} GB)"));
    }

    private static long Resident()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
