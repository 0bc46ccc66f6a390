using System.CommandLine;
using System.Runtime.InteropServices;
using Alpaca.Client;
using Alpaca.Contract;
using Alpaca.Contract.Pixels;
using Alpaca.Hosting;
using Alpaca.Hosting.Tests.Devices;
using Benchmarks.Measuring;

namespace Benchmarks.Images;

/// <summary><c>images</c>: a frame's way from the camera's buffer to the client's, each step against the least it could cost.</summary>
internal static class ImagesCommand
{
    private const string Path = "/api/v1/camera/0/imagearray";
    private const int ReceiveBytes = 1 << 20;

    /// <summary>As server and client take them.</summary>
    private const int BlockBytes = 2 << 20;

    public static Command Create()
    {
        var rounds = new Option<int>("--rounds") { Description = "how often each case has its turn", DefaultValueFactory = _ => 15 };
        var size = new Option<int>("--megapixels") { Description = "size of the frame", DefaultValueFactory = _ => 24 };
        var command = new Command("images", "Frames: transpose and decode against memcpy, ImageBytes against Kestrel's WriteAsync and a bare socket.") { rounds, size };
        command.SetAction((result, cancel) => RunAsync(result.GetValue(rounds), result.GetValue(size), cancel));
        return command;
    }

    private static async Task<int> RunAsync(int rounds, int megapixels, CancellationToken cancel)
    {
        var report = new Report("images");
        report.Begin();
        var height = (int)Math.Sqrt(megapixels * 1e6 / 1.5);
        var width = height * 3 / 2;
        await TransposeAsync(report, rounds, width, height);
        await SendAsync(report, rounds, width, height, cancel);
        return await report.EndAsync(cancel);
    }

    private static async Task TransposeAsync(Report report, int rounds, int width, int height)
    {
        foreach (var (pixelBytes, name, target) in new (int, string, double?)[] { (2, "16-bit", 4), (1, "8-bit", null), (4, "32-bit", null), (6, "16-bit colour", null) })
        {
            var frame = new byte[(long)width * height * pixelBytes];
            new Random(1).NextBytes(frame);
            var target1 = new byte[frame.Length];
            var columnBytes = height * pixelBytes;
            var columns = Math.Max(1, BlockBytes / columnBytes);
            var seconds = await Contest.RunAsync(
                rounds,
                () => Task.FromResult(Contest.Time(() => frame.CopyTo(target1, 0))),
                () => Task.FromResult(Contest.Time(() => Blocks((x, count) =>
                    PixelTranspose.Copy(frame.AsSpan(x * pixelBytes), width, target1.AsSpan(x * columnBytes), height, height, count, pixelBytes)))),
                () => Task.FromResult(Contest.Time(() => Blocks((x, count) =>
                    PixelTranspose.Copy(frame.AsSpan(x * columnBytes), height, target1.AsSpan(x * pixelBytes), width, count, height, pixelBytes)))));
            report.Cost($"transpose {width} x {height}, {name}", "memcpy", seconds[1], seconds[0], target);
            report.Cost($"transpose back, {name}", "memcpy", seconds[2], seconds[0], target);

            void Blocks(Action<int, int> turn)
            {
                for (var x = 0; x < width; x += columns)
                    turn(x, Math.Min(columns, width - x));
            }
        }
    }

    private static async Task SendAsync(Report report, int rounds, int width, int height, CancellationToken cancel)
    {
        var pixels = new ushort[width * height];
        var random = new Random(2);
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = (ushort)random.Next(800, 60_000);
        using var image = ImageArray.CopyOf<ushort>(pixels, width, height);
        var registry = new DeviceRegistry();
        registry.Add(new TestCamera { Image = image.Share }, "bench", "bench");
        await using var host = new AlpacaHost(new AlpacaHostOptions { Port = 0 }, registry);
        await host.StartAsync(cancel);

        var body = new byte[ImageBytesHeader.Size + (2 * pixels.Length)];
        MemoryMarshal.AsBytes(pixels.AsSpan()).CopyTo(body.AsSpan(ImageBytesHeader.Size));
        await using var bare = await BareKestrel.StartAsync(body, ImageBytesHeader.MediaType);
        using var raw = new RawSender(body);
        var copy = new byte[body.Length];

        using var alpaca = new RawClient(host.Address.Port, RawClient.Get(Path, ImageBytesHeader.MediaType), ReceiveBytes);
        using var kestrel = new RawClient(bare.Port, RawClient.Get("/"), ReceiveBytes);
        using var socket = new RawClient(raw.Port, [1], ReceiveBytes);
        using var connection = new AlpacaConnection(host.Address);
        var camera = DeviceClients.Create<ICamera>(connection);
        var seconds = await Contest.RunAsync(
            rounds,
            () => Task.FromResult(Contest.Time(() => alpaca.Exchange())),
            () => Task.FromResult(Contest.Time(() => kestrel.Exchange())),
            () => Task.FromResult(Contest.Time(() => socket.ExchangeRaw(body.Length))),
            () => Task.FromResult(Contest.Time(() => body.CopyTo(copy, 0))),
            async () =>
            {
                var begun = TimeProvider.System.GetTimestamp();
                (await camera.ImageArrayAsync(cancel)).Dispose();
                return TimeProvider.System.GetElapsedTime(begun).TotalSeconds;
            });
        report.Speed("ImageBytes, ready to last byte", "Kestrel WriteAsync", seconds[0], seconds[1], 2);
        report.Speed("ImageBytes, ready to last byte", "loopback socket", seconds[0], seconds[2], 0.7);
        report.Cost("ImageBytes, ready to last byte", "memcpy", seconds[0], seconds[3]);
        report.Cost("loopback socket alone", "memcpy", seconds[2], seconds[3]);
        report.Speed("ImageBytes into the client's rows", "loopback socket", seconds[4], seconds[2]);
        report.Cost("ImageBytes into the client's rows", "memcpy", seconds[4], seconds[3]);
        report.Figure("ImageBytes, ready to last byte", "ms", seconds[0].Select(s => s * 1e3));

        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        const int Frames = 20;
        for (var i = 0; i < Frames; i++)
            alpaca.Exchange();
        report.Figure("allocated by the server per frame", "KB", [(GC.GetTotalAllocatedBytes(precise: true) - allocated) / 1e3 / Frames], 100);
        (await camera.ImageArrayAsync(cancel)).Dispose();
        allocated = GC.GetTotalAllocatedBytes(precise: true);
        for (var i = 0; i < Frames; i++)
            (await camera.ImageArrayAsync(cancel)).Dispose();
        report.Figure("allocated by server and client per frame", "KB", [(GC.GetTotalAllocatedBytes(precise: true) - allocated) / 1e3 / Frames], 100);
        using var text = new RawClient(host.Address.Port, RawClient.Get(Path), ReceiveBytes);
        text.ExchangeChunked();
        allocated = GC.GetTotalAllocatedBytes(precise: true);
        seconds = await Contest.RunAsync(3, () => Task.FromResult(Contest.Time(text.ExchangeChunked)), () => Task.FromResult(Contest.Time(() => body.CopyTo(copy, 0))));
        report.Figure("allocated per JSON image", "KB", [(GC.GetTotalAllocatedBytes(precise: true) - allocated) / 1e3 / 4], 100);
        report.Figure("JSON image", "Mpixel/s", seconds[0].Select(s => pixels.Length / s / 1e6));
    }
}
