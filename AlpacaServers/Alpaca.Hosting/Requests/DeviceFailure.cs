using System.Net.Sockets;
using Alpaca.Contract;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Alpaca.Hosting;

/// <summary>Turns whatever a driver threw into a number and a sentence for the person at the telescope. Stack traces stay in the log.</summary>
internal static class DeviceFailure
{
    private const int FirstNumber = 0x400;
    private const int LastNumber = 0xFFF;

    public static (int Number, string Message) Describe(Exception cause, RegisteredDevice device, HttpRequest request, ILogger log)
    {
        if (cause is AlpacaException { Number: >= FirstNumber and <= LastNumber } expected)
            return (expected.Number, expected.Message.Length > 0 ? expected.Message : expected.Error.ToString());
        if (cause is OperationCanceledException)
            return ((int)AlpacaError.OperationCancelled, $"{device.Name} was interrupted; the server is stopping or the operation was cancelled.");
        HostLog.DeviceFailed(log, cause, device.Name, request.Method, request.Path.Value!);
        return ((int)AlpacaError.Driver, cause is IOException or TimeoutException or SocketException or UnauthorizedAccessException
            ? $"{device.Name} failed: {cause.Message}"
            : $"{device.Name} failed unexpectedly ({cause.GetType().Name}); the server's log says more.");
    }
}
