using System.Runtime.CompilerServices;
using DataServices.Aartfaac;

namespace Benchmarks.Streams;

/// <summary>AARTFAAC windows of 1024 x 1024 pixels: from memory, and through sockets of this machine to complete groups.</summary>
internal static class ImageStreams
{
    private const int Side = 1024;
    private const string Stamp = "2026-03-14T23:59:50";

    public static async IAsyncEnumerable<Measurement> AllAsync(
        string folder, OriginalReaders? originals, TimeSpan length, [EnumeratorCancellation] CancellationToken cancel)
    {
        var window = EmulatorWindow.Make(Side, Side, "6000000", Stamp);
        using var memory = new MemoryStream(window);
        var read = Measurement.Of("AARTFAAC window, read and rebuilt, from memory", window.Length, length, 46, () =>
        {
            memory.Position = 0;
            using var read = new WindowReader(memory, "memory").ReadAsync(cancel).AsTask().GetAwaiter().GetResult()!.Value.Window;
        });
        if (originals is not null)
        {
            var path = Path.Combine(folder, "window.bin");
            await File.WriteAllBytesAsync(path, window, cancel);
            read = read with { OriginalRate = originals.Windows(path, length) };
        }

        yield return read;
        foreach (var subbands in (int[])[1, 2, 3, 6])
            yield return await GroupsAsync(subbands, length, cancel);
    }

    private static async Task<Measurement> GroupsAsync(int subbands, TimeSpan length, CancellationToken cancel)
    {
        await using var senders = await SubbandSenders.StartAsync(subbands, Side);
        await using var stream = AartfaacStream.Open(senders.Endpoints, SubbandSenders.Options);
        await using var groups = stream.ReadAllAsync(cancel).GetAsyncEnumerator(cancel);
        return Measurement.Of(
            $"AARTFAAC complete groups of {subbands} through sockets", (long)senders.WindowBytes * subbands, length, subbands == 3 ? 15.2 * 4 * Side * Side / 1e6 : 0,
            () =>
            {
                groups.MoveNextAsync().AsTask().GetAwaiter().GetResult();
                using var group = groups.Current;
                if (!group.IsComplete)
                    throw new InvalidOperationException($"the group of {group.Stamp} is not complete");
            });
    }
}
