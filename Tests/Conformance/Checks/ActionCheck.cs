using System.Text.Json;
using Conformance.Api;
using Conformance.Report;

namespace Conformance.Checks;

/// <summary>SupportedActions and Action. Actions of the device are not called: nobody but its driver knows what they do.</summary>
internal sealed class ActionCheck : DeviceCheck
{
    public override string Name => "actions";

    public override Stage Stage => Stage.Connected;

    public override async Task RunAsync(Device device, CancellationToken cancel)
    {
        var list = await device.ReadAsync("supportedactions", cancel);
        if (!list.IsDone || list.Value is not { ValueKind: JsonValueKind.Array } actions)
            return;
        var names = actions.EnumerateArray().Select(a => a.ValueKind == JsonValueKind.String ? a.GetString()! : "").ToList();
        if (names.Any(n => n.Trim().Length == 0) || names.Distinct(StringComparer.OrdinalIgnoreCase).Count() != names.Count)
            device.Find(Rules.Actions, device.Get("supportedactions"), "distinct names", list);

        var reply = await device.CommandAsync("action", cancel, ("Action", "NoSuchActionAnywhere"), ("Parameters", ""));
        var isRefused = reply.ErrorNumber == Standard.ActionNotImplemented || (names.Count == 0 && reply.ErrorNumber == Standard.NotImplemented);
        if (!isRefused)
            device.Find(Rules.Actions, device.Put("action"), names.Count == 0 ? "error 0x40C or 0x400" : "error 0x40C", reply);
    }
}
