using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Emulators.HipercamServer;

/// <summary>
/// Both file servers in one, over the run files of a folder: HiPERCAM runs by WebSocket, ULTRACAM and ULTRASPEC runs by HTTP, to the byte
/// of their protocols. How many frames "are there yet" can be set, so that a run grows.
/// </summary>
public sealed class RunServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _folder;
    private readonly bool _greets;

    private RunServer(WebApplication app, string folder, bool greets)
    {
        _app = app;
        _folder = folder;
        _greets = greets;
    }

    /// <summary>Frames that are there yet; more than a run has means all.</summary>
    public int Available { get; set; } = int.MaxValue;

    /// <summary>Every request so far, in order.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>HTTP status to answer frames with instead; null: as they are.</summary>
    public int? Failure { get; set; }

    /// <summary>Changes the header before it is sent; null: as it is in the file.</summary>
    public Func<string, string>? HeaderEdit { get; set; }

    /// <summary>host:port/</summary>
    public string Address => new Uri(_app.Urls.First()).Authority + "/";

    /// <summary>Starts serving on this machine.</summary>
    /// <param name="folder">Where the run files are.</param>
    /// <param name="port">TCP port; 0 lets the system choose.</param>
    /// <param name="greets">Whether a HiPERCAM connection is greeted, as new servers do.</param>
    public static async Task<RunServer> StartAsync(string folder, int port = 0, bool greets = true)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        var app = builder.Build();
        var server = new RunServer(app, folder, greets);
        app.UseWebSockets();
        app.Run(server.ServeAsync);
        await app.StartAsync();
        return server;
    }

    public Task WaitAsync(CancellationToken cancel) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task ServeAsync(HttpContext context)
    {
        var run = context.Request.Path.Value!.Trim('/');
        if (context.WebSockets.IsWebSocketRequest)
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            await ServeHipercamAsync(run, socket, context.RequestAborted);
            return;
        }

        var action = context.Request.Query["action"].ToString();
        Note($"{action} {run} {context.Request.Query["frame"]}".TrimEnd());
        var stem = Path.Combine(_folder, Path.GetFileName(run));
        if (action == "dir")
        {
            await context.Response.WriteAsync(string.Join('\n', Directory.GetFiles(_folder).Select(Path.GetFileNameWithoutExtension).Distinct().Order()) + "\n");
            return;
        }

        if (!File.Exists(stem + ".xml"))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var xml = await File.ReadAllTextAsync(stem + ".xml");
        if (action == "get_xml")
        {
            await context.Response.WriteAsync(xml);
            return;
        }

        var size = int.Parse(xml.Split("framesize=\"")[1].Split('"')[0], CultureInfo.InvariantCulture);
        await using var data = File.OpenRead(stem + ".dat");
        var count = (int)Math.Min(Available, data.Length / size);
        if (action == "get_num_frames")
        {
            await context.Response.WriteAsync($"<nframes nframes=\"{count}\"/>");
        }
        else if (Failure is { } status)
        {
            context.Response.StatusCode = status;
        }
        else if (int.TryParse(context.Request.Query["frame"], CultureInfo.InvariantCulture, out var frame) && frame >= 0 && frame < count)
        {
            var bytes = new byte[size];
            data.Seek((long)frame * size, SeekOrigin.Begin);
            await data.ReadExactlyAsync(bytes);
            await context.Response.Body.WriteAsync(bytes);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }

    private async Task ServeHipercamAsync(string run, WebSocket socket, CancellationToken cancel)
    {
        var path = Path.Combine(_folder, Path.GetFileName(run) + ".fits");
        if (!File.Exists(path))
        {
            await SendAsync(socket, """{"status":"no such run"}""", cancel);
            return;
        }

        if (_greets)
            await SendAsync(socket, """{"status":"ok"}""", cancel);
        await using var file = File.OpenRead(path);
        var (header, size) = await HeaderAsync(file);
        var position = 0;
        var request = new byte[4096];
        while (socket.State == WebSocketState.Open)
        {
            var received = await socket.ReceiveAsync(request, cancel);
            if (received.MessageType == WebSocketMessageType.Close)
                return;
            using var json = JsonDocument.Parse(request.AsMemory(0, received.Count));
            var action = json.RootElement.GetProperty("action").GetString();
            var count = (int)Math.Min(Available, (file.Length - header.Length) / size);
            var number = action switch
            {
                "get_frame" => json.RootElement.GetProperty("frame_number").GetInt32(),
                "get_next" => position + 1,
                "get_last" => count,
                _ => 0,
            };
            Note(action == "get_frame" ? $"{action} {number}" : action!);
            if (action == "get_hdr")
            {
                var text = Encoding.ASCII.GetString(header);
                await SendAsync(socket, HeaderEdit?.Invoke(text) ?? text, cancel);
            }
            else if (action == "get_nframes")
            {
                await SendAsync(socket, $$"""{"nframes":{{count}}}""", cancel);
            }
            else if (number < 1 || number > count)
            {
                await socket.SendAsync(ReadOnlyMemory<byte>.Empty, WebSocketMessageType.Binary, true, cancel);
            }
            else
            {
                var bytes = new byte[size];
                file.Seek(header.Length + (number - 1L) * size, SeekOrigin.Begin);
                await file.ReadExactlyAsync(bytes, cancel);
                position = number;
                await socket.SendAsync(bytes, WebSocketMessageType.Binary, true, cancel);
            }
        }
    }

    private void Note(string request)
    {
        lock (Requests)
            Requests.Add(request);
    }

    private static Task SendAsync(WebSocket socket, string text, CancellationToken cancel) =>
        socket.SendAsync(Encoding.ASCII.GetBytes(text), WebSocketMessageType.Text, true, cancel);

    private static async Task<(byte[] Header, int FrameBytes)> HeaderAsync(FileStream file)
    {
        var header = new MemoryStream();
        var block = new byte[2880];
        while (true)
        {
            await file.ReadExactlyAsync(block);
            header.Write(block);
            var text = Encoding.ASCII.GetString(header.ToArray());
            if (Enumerable.Range(0, text.Length / 80).Any(card => text.AsSpan(80 * card, 8) is "END     "))
            {
                var words = Enumerable.Range(0, text.Length / 80).Select(card => text.Substring(80 * card, 80)).First(card => card.StartsWith("NAXIS1 ", StringComparison.Ordinal));
                return (header.ToArray(), 2 * int.Parse(words[10..30], CultureInfo.InvariantCulture));
            }
        }
    }
}
