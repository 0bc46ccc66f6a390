using Conformance.Report;
using Conformance.Wire;

namespace Conformance.Checks;

/// <summary>Connects and disconnects a device the way its version does it, and waits until that is done.</summary>
internal static class Link
{
    private static readonly TimeSpan s_pollInterval = TimeSpan.FromMilliseconds(20);

    /// <summary>Brings the device into a state; false if it cannot be brought there.</summary>
    public static async Task<bool> BringAsync(Device device, bool connected, CancellationToken cancel)
    {
        var before = await device.ReadAsync("connected", cancel);
        if (before.Boolean == connected)
            return true;
        var reply = await CommandAsync(device, connected, cancel);
        return reply.IsDone && await SettleAsync(device, cancel) && (await device.ReadAsync("connected", cancel)).Boolean == connected;
    }

    /// <summary>Sends Connect or Disconnect, or writes Connected on a device that is too old for these.</summary>
    public static Task<Reply> CommandAsync(Device device, bool connected, CancellationToken cancel) => device.IsPlatform7
        ? device.CommandAsync(connected ? "connect" : "disconnect", cancel)
        : device.CommandAsync("connected", cancel, ("Connected", connected ? "true" : "false"));

    /// <summary>Waits until Connecting is false; false if it stays, or tells of a failure.</summary>
    public static async Task<bool> SettleAsync(Device device, CancellationToken cancel)
    {
        if (!device.IsPlatform7)
            return true;
        var until = Patience.Start();
        while (true)
        {
            var connecting = await device.ReadAsync("connecting", cancel);
            if (connecting.Boolean != true)
                return connecting.IsDone;
            if (until.IsOver)
            {
                device.Find(Rules.Connecting, device.Get("connecting"), $"false within {Patience.Limit.TotalSeconds:0} s", connecting);
                return false;
            }

            await Task.Delay(s_pollInterval, TimeProvider.System, cancel);
        }
    }
}
