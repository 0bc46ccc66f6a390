using System.CommandLine;

namespace Emulators.HipercamServer;

/// <summary><c>hipercam</c>: the file servers of HiPERCAM and ULTRACAM over a folder of runs.</summary>
internal static class HipercamServerCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("folder") { Description = "folder with runNNNN.fits, or runNNN.xml and runNNN.dat" };
        var port = new Option<int>("--port") { Description = "TCP port", DefaultValueFactory = _ => 8007 };
        var silent = new Option<bool>("--silent") { Description = "do not greet, as old servers" };
        var command = new Command("hipercam", "Serves HiPERCAM runs by WebSocket and ULTRACAM runs by HTTP until Ctrl-C.") { folder, port, silent };
        command.SetAction(async (result, cancel) =>
        {
            await using var server = await RunServer.StartAsync(result.GetRequiredValue(folder), result.GetValue(port), !result.GetValue(silent));
            Console.WriteLine($"serving {result.GetValue(folder)} on {server.Address}; Ctrl-C ends it");
            try
            {
                await server.WaitAsync(cancel);
            }
            catch (OperationCanceledException)
            {
                // Ctrl-C.
            }
        });
        return command;
    }
}
