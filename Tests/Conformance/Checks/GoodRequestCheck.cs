using System.Text.Json;
using Conformance.Api;
using Conformance.Report;
using Conformance.Wire;

namespace Conformance.Checks;

/// <summary>Every operation as a good client sends it, on a device that is not connected: each is answered, and nothing is read or done.</summary>
internal sealed class GoodRequestCheck : DeviceCheck
{
    public override string Name => "good requests";

    public override Stage Stage => Stage.Disconnected;

    public override async Task RunAsync(Device device, CancellationToken cancel)
    {
        var state = Standard.StateNames(device.Type).Select(n => n.ToLowerInvariant()).ToHashSet();
        await device.ForEachAsync(o => !Standard.IsAboutTheConnection(o.Member), async operation =>
        {
            var reply = await device.AskAsync(operation, Device.Good(operation), cancel);
            // A safety monitor that cannot look says "not safe" instead of failing: its definition wants it so.
            var mayAnswer = device.Type == "safetymonitor" ? !IsSafe(reply)
                : operation.IsGet && !state.Contains(operation.Member) && operation.Member != "devicestate";
            if (reply.IsDone && !mayAnswer)
                device.Find(Rules.NotConnected, operation, "error 0x407, since the device is not connected", reply);
        });
    }

    private static bool IsSafe(Reply reply) => reply.Value is { } value && (value.ValueKind == JsonValueKind.True
        || (value.ValueKind == JsonValueKind.Array && value.EnumerateArray().Any(e => e.ToString().Contains("IsSafe", StringComparison.Ordinal) && e.ToString().Contains("true", StringComparison.Ordinal))));
}
