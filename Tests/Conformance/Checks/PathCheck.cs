using Conformance.Report;
using Conformance.Wire;

namespace Conformance.Checks;

/// <summary>URLs and verbs that are slightly wrong.</summary>
internal sealed class PathCheck : DeviceCheck
{
    private static readonly string[] s_verbs = ["GET", "PUT", "POST", "DELETE", "PATCH"];

    public override string Name => "paths";

    public override Stage Stage => Stage.Disconnected;

    public override async Task RunAsync(Device device, CancellationToken cancel)
    {
        var (type, number) = (device.Type, device.Name[(device.Type.Length + 1)..]);
        string[] wrong =
        [
            $"/api/v1/{type.ToUpperInvariant()}/{number}/description",
            $"/api/v1/bad{type}/{number}/description",
            $"/api/v1/{type}/-1/description",
            $"/api/v1/{type}/99999/description",
            $"/api/v1/{type}/A/description",
            $"/api/v1/{type}//description",
            $"/api/v1/{type}/{number}",
            $"/api/v1/{type}/{number}/",
            $"/api/v1/{type}/{number}/descrip",
            $"/api/v1/{type}/{number}/description/more",
            $"/apx/v1/{type}/{number}/description",
            $"/api/1/{type}/{number}/description",
            $"/api/v/{type}/{number}/description",
            $"/api/V1/{type}/{number}/description",
            $"/api/v2/{type}/{number}/description",
        ];
        foreach (var path in wrong)
            await ShouldBeUnknownAsync(device, "GET", path, cancel);

        foreach (var operation in device.Operations)
        {
            await ShouldBeUnknownAsync(device, operation.Verb, device.PathOf(operation.Member + "x"), cancel);
            await ShouldBeUnknownAsync(device, operation.Verb, device.PathOf(operation.Member.ToUpperInvariant()), cancel);
        }

        foreach (var member in device.Operations.GroupBy(o => o.Member))
        {
            foreach (var verb in s_verbs.Except(member.Select(o => o.Verb)))
            {
                var sent = Sent.Of(verb, device.PathOf(member.Key), Device.Ids(device.Probe.NextTransaction()));
                var reply = await device.Probe.SendAsync(sent, cancel);
                if (!IsRefusal(reply))
                    device.Find(Rules.WrongVerb, $"{verb} {member.Key}", sent, $"HTTP 405: only {string.Join(" and ", member.Select(o => o.Verb).Order())} exists", reply);
            }
        }

        foreach (var operation in device.LaterOperations)
        {
            var sent = Sent.Of(operation.Verb, device.PathOf(operation.Member), [.. Device.Good(operation), .. Device.Ids(device.Probe.NextTransaction())]);
            var reply = await device.Probe.SendAsync(sent, cancel);
            if (!IsRefusal(reply) && reply.ErrorNumber != Api.Standard.NotImplemented)
                device.Find(Rules.LaterMembers, operation.ToString(), sent, $"HTTP 4xx or error 0x400: the device has version {device.InterfaceVersion} of the interface", reply);
        }
    }

    private static async Task ShouldBeUnknownAsync(Device device, string verb, string path, CancellationToken cancel)
    {
        var sent = Sent.Of(verb, path, Device.Ids(device.Probe.NextTransaction()));
        var reply = await device.Probe.SendAsync(sent, cancel);
        if (!IsRefusal(reply))
            device.Find(Rules.UnknownPath, $"{verb} {path}", sent, "HTTP 400 or 404", reply);
    }

    private static bool IsRefusal(Reply reply) => reply.Status is >= 400 and <= 499;
}
