using Alpaca.Contract;

namespace Alpaca.Hosting;

/// <summary>
/// Asks one device how its link stands, without ever waiting for it: a device that does not answer at once keeps its last state,
/// and one that goes on not answering is silent. Only one question is open at a time.
/// </summary>
internal sealed class DeviceLink(RegisteredDevice device, TimeProvider clock)
{
    /// <summary>How long an answer may take before the device counts as silent.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private Task<LinkStatus>? _question;
    private long _askedAt;
    private LinkStatus _last;

    public RegisteredDevice Device { get; } = device;

    /// <summary>How the link stands.</summary>
    public LinkStatus Look()
    {
        lock (_lock)
        {
            if (_question is null)
                (_question, _askedAt) = (AskAsync(Device.Device), clock.GetTimestamp());
            if (_question.IsCompleted)
                (_last, _question) = (_question.Result, null);
            else if (clock.GetElapsedTime(_askedAt) > Patience)
                _last = new(LinkState.Silent, FormattableString.Invariant($"no answer for {Patience.TotalSeconds:0} s and more"));
            return _last;
        }
    }

    private static async Task<LinkStatus> AskAsync(IAlpacaDevice device)
    {
        try
        {
            var connected = await device.ConnectedAsync();
            return new(await IsConnectingAsync(device) ? LinkState.Connecting : connected ? LinkState.Connected : LinkState.Disconnected);
        }
        catch (Exception e)
        {
            // Whatever the driver throws is the answer: its link is not in order.
            return new(LinkState.Faulted, e.Message);
        }
    }

    private static async ValueTask<bool> IsConnectingAsync(IAlpacaDevice device)
    {
        try
        {
            return await device.ConnectingAsync();
        }
        catch (AlpacaException e) when (e.Error is AlpacaError.NotImplemented)
        {
            // Devices of older interfaces connect at once or not at all.
            return false;
        }
    }
}
