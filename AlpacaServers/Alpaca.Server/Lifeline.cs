namespace Alpaca.Server;

/// <summary>Ends the server with the program that started it, however that one ends: the pipe to it closes even when it is killed.</summary>
internal static class Lifeline
{
    /// <summary>Cancels <paramref name="stop"/> when <paramref name="input"/> has come to its end.</summary>
    public static async Task HoldAsync(Stream input, CancellationTokenSource stop)
    {
        var ignored = new byte[256];
        try
        {
            while (await input.ReadAsync(ignored, stop.Token) > 0)
            {
            }

            await stop.CancelAsync();
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The server ended first.
            return;
        }
    }
}
