using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using DataServices.Hisparc;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace DataServices.App.Hisparc;

/// <summary><c>data hisparc serve</c>: uploads, writer and status page until it is told to stop.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var settings = new ServiceSettings();
        var port = new Option<int>("--port") { Description = "Port of POST /hisparc/upload, the status page and /metrics; 0 lets the system choose", DefaultValueFactory = _ => 8123 };
        var bind = new Option<string>("--bind") { Description = "Address to listen on; 0.0.0.0 for all", DefaultValueFactory = _ => "127.0.0.1" };
        var certificate = new Option<string?>("--tls-cert") { Description = "PEM file of a certificate; with it, HTTPS" };
        var key = new Option<string?>("--tls-key") { Description = "PEM file of its key, if it is not in the same file" };
        var strict = new Option<bool>("--strict-http") { Description = "405 for anything but POST, 404 for other paths" };
        var unblock = new Option<int>("--unblock-after") { Description = "Answer 100 to an unreadable batch after it came so often, so that its station goes on; 0: never" };
        var command = new Command("serve", "Takes uploads and writes day files until SIGTERM; then writes what was acknowledged and ends") { port, bind, certificate, key, strict, unblock };
        settings.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            try
            {
                var (options, level, log) = settings.Read(parsed, needsStations: true);
                if (options.Queue is { Shard: not null })
                    throw new FormatException("serve publishes to all queues; the writer of one queue is: write --shard K.");
                options = options with { StrictHttp = parsed.GetValue(strict), Tls = parsed.GetValue(certificate) is not null, UnblockAfter = parsed.GetValue(unblock) };
                if (!IPAddress.TryParse(parsed.GetValue(bind), out var address))
                    throw new FormatException($"--bind {parsed.GetValue(bind)}: is no address. Use 127.0.0.1, 0.0.0.0 or [::].");
                var secret = parsed.GetValue(certificate) is { } pem ? X509Certificate2.CreateFromPemFile(pem, parsed.GetValue(key)) : null;
                return await RunAsync(options, level, log is null ? null : string.Create(CultureInfo.InvariantCulture, $"{log}-wsgi.{Environment.ProcessId}"), new IPEndPoint(address, parsed.GetValue(port)), secret, cancel);
            }
            catch (Exception error) when (error is IOException or FormatException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException)
            {
                await Console.Error.WriteLineAsync(error.Message);
                return Program.Failed;
            }
        });
        return command;
    }

    private static async Task<int> RunAsync(HisparcOptions options, LogLevel level, string? log, IPEndPoint address, X509Certificate2? certificate, CancellationToken cancel)
    {
        var clock = TimeProvider.System;
        using var loggers = Messages.Create(level, log);
        await using var service = HisparcService.Open(options, clock, loggers.CreateLogger("hisparc"));
        service.Start();
        await using var web = HisparcWeb.Create(
            service,
            options,
            kestrel => kestrel.Listen(address, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                if (certificate is not null)
                    listen.UseHttps(certificate);
            }),
            Messages.WebOnly,
            clock);
        await web.StartAsync(cancel);
        await Console.Out.WriteLineAsync($"POST {web.Urls.Single()}/hisparc/upload; status page at {web.Urls.Single()}/");
        await Console.Out.FlushAsync(cancel);

        // The web server listens for signals too, and may be the only one that does when one comes early.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancel, web.Lifetime.ApplicationStopping);
        await LiveView.ShowAsync(service, clock, ending.Token);

        await web.StopAsync(CancellationToken.None);
        var waiting = await service.StopAsync();
        foreach (var reason in waiting)
            await Console.Error.WriteLineAsync($"Stays in the log until the next start: {reason}");
        return waiting.Count == 0 ? 0 : Program.Failed;
    }
}
