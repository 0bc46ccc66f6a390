using System.Buffers;
using DataServices.Hisparc.Upload;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace DataServices.Hisparc;

/// <summary>The web side: uploads, status page, metrics, health.</summary>
public static class HisparcWeb
{
    /// <summary>Header of clients that sign instead of sending their password: HMAC-SHA256 of the pickle, hexadecimal.</summary>
    public const string SignatureHeader = "X-HiSPARC-Signature";

    /// <summary>Builds the web server.</summary>
    /// <param name="listen">Addresses, and TLS where wanted.</param>
    /// <param name="logging">Where messages go.</param>
    public static WebApplication Create(HisparcService service, HisparcOptions options, Action<KestrelServerOptions> listen, Action<ILoggingBuilder> logging, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(service);
        ArgumentNullException.ThrowIfNull(options);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        logging?.Invoke(builder.Logging);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.MaxBody;
            listen?.Invoke(kestrel);
        });
        if (options.Tls)
            builder.WebHost.UseKestrelHttpsConfiguration();
        var app = builder.Build();
        var status = new StatusPage(service, clock);
        app.Run(context => HandleAsync(context, service, options, status));
        return app;
    }

    private static Task HandleAsync(HttpContext context, HisparcService service, HisparcOptions options, StatusPage status)
    {
        var request = context.Request;
        var path = request.Path.Value ?? "/";
        var reading = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        if (reading)
        {
            switch (path)
            {
                case "/": return TextAsync(context, 200, "text/html; charset=utf-8", status.Html());
                case "/status": return TextAsync(context, 200, "application/json", status.Json());
                case "/metrics": return TextAsync(context, 200, "text/plain; version=0.0.4", service.Metrics.ToPrometheus());
                case "/health/live":
                    var alive = status.IsAlive;
                    return TextAsync(context, alive ? 200 : 503, "text/plain", alive ? "alive\n" : "the writer shows no sign of life\n");
                case "/health/ready": return TextAsync(context, service.IsReady ? 200 : 503, "text/plain", service.IsReady ? "ready\n" : string.Join('\n', service.Alarms.Current) + "\n");
            }
        }

        if (options.StrictHttp && path is not ("/hisparc/upload" or "/nikhef/upload"))
            return TextAsync(context, 404, "text/plain", "not here\n");
        if (!HttpMethods.IsPost(request.Method))
        {
            if (options.StrictHttp)
                context.Response.Headers.Allow = "POST";
            return TextAsync(context, options.StrictHttp ? 405 : 200, "text/plain", UploadCode.BadRequest);
        }

        return ReceiveAsync(context, service, options);
    }

    private static async Task ReceiveAsync(HttpContext context, HisparcService service, HisparcOptions options)
    {
        var length = (int)Math.Min(context.Request.ContentLength ?? 64 * 1024, options.MaxBody);
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Max(length + 1, 4096));
        try
        {
            var count = 0;
            while (true)
            {
                var read = await context.Request.Body.ReadAsync(buffer.AsMemory(count), context.RequestAborted);
                if (read == 0)
                    break;
                count += read;
                if (count < buffer.Length)
                    continue;
                var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
                buffer.AsSpan(0, count).CopyTo(larger);
                ArrayPool<byte>.Shared.Return(buffer);
                buffer = larger;
            }

            var result = await service.Uploads.ReceiveAsync(buffer.AsMemory(0, count), context.Connection.RemoteIpAddress?.ToString() ?? "", context.RequestAborted, context.Request.Headers[SignatureHeader]);
            if (result.Status != 200)
                context.Response.Headers.RetryAfter = "30";
            await TextAsync(context, result.Status, "text/plain", result.Code);
        }
        catch (Microsoft.AspNetCore.Http.BadHttpRequestException error)
        {
            // Too long, or the client went away in the middle.
            await TextAsync(context, error.StatusCode, "text/plain", UploadCode.BadRequest);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client gave up waiting. It will come again, and is then told that the batch is known.
            service.Metrics.Count("aborted_total");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task TextAsync(HttpContext context, int status, string type, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        var bytes = System.Text.Encoding.UTF8.GetBytes(text);
        context.Response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.Body.WriteAsync(bytes);
    }
}
