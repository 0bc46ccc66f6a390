using System.CommandLine;
using System.Net;
using Alpaca.Discovery;

namespace Sequencer.App.Devices;

/// <summary><c>discover relay</c>: answers discovery on this machine for a server that cannot hear it.</summary>
internal static class DiscoverRelayCommand
{
    private const string Description = """
        Answers discovery for a server in a container, until a signal ends it: broadcasts do not reach into a container's network, its published port is all there is.
        While nothing answers at the port, the relay is silent.

        Example, for a container started with -p 11111:11111:
          discover relay 11111
        """;

    public static Command Create()
    {
        var port = new Argument<int>("PORT") { Description = "The TCP port of this machine at which clients reach the server." };
        var host = new Option<string>("--host") { Description = "The address of this machine at which they do; * for all.", DefaultValueFactory = _ => "*" };
        var discovery = new Option<int>("--discovery-port") { Description = "The UDP port of discovery.", DefaultValueFactory = _ => DiscoveryProtocol.Port };
        port.Validators.Add(r =>
        {
            if (r.GetValueOrDefault<int>() is < 1 or > IPEndPoint.MaxPort)
                r.AddError("PORT must be 1 to 65535.");
        });
        var command = new Command("relay", Description) { port, host, discovery };
        command.SetAction((parse, cancel) => RunAsync(parse.GetValue(port), parse.GetValue(host)!, parse.GetValue(discovery), cancel));
        return command;
    }

    private static async Task<int> RunAsync(int port, string host, int discovery, CancellationToken cancel)
    {
        if (!IPAddress.TryParse(host == "*" ? "::" : host, out var address))
        {
            await Console.Error.WriteLineAsync($"--host {host} is no address of this machine; give an IP address, or * for all.");
            return ExitCodes.Usage;
        }

        var relay = new DiscoveryRelay(port, DiscoveryOptions.For(address, discovery), TimeProvider.System)
        {
            Changed = isThere => Console.WriteLine(isThere ? $"answering discovery for port {port}" : $"silent: nothing answers at port {port} any more"),
        };
        await using (relay)
        {
            try
            {
                await relay.StartAsync();
            }
            catch (DiscoveryException e)
            {
                await Console.Error.WriteLineAsync(e.Message);
                return ExitCodes.Usage;
            }

            if (!relay.IsAnswering)
                Console.WriteLine($"silent: nothing answers at port {port} yet");
            var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            using (cancel.Register(stopped.SetResult))
                await stopped.Task;
        }

        return ExitCodes.Done;
    }
}
