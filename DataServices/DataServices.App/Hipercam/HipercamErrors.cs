using System.Net.WebSockets;

namespace DataServices.App.Hipercam;

/// <summary>What can go wrong with a run and is told in a sentence instead of a stack trace.</summary>
internal static class HipercamErrors
{
    /// <summary>Runs a command and gives its exit code; what went wrong is told on the error stream.</summary>
    public static async Task<int> TellAsync(Func<Task<int>> command, CancellationToken cancel)
    {
        try
        {
            return await command();
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return 0;
        }
        catch (Exception error) when (Explains(error))
        {
            await Console.Error.WriteLineAsync(error.Message);
            return Program.Failed;
        }
    }

    private static bool Explains(Exception error) =>
        error is IOException or UnauthorizedAccessException or ArgumentException or KeyNotFoundException or HttpRequestException or WebSocketException or TimeoutException;
}
