using Conformance.Report;

namespace Conformance.Checks;

/// <summary>Connecting and disconnecting, the new way and the old, once and again; then by many clients at the same time.</summary>
internal sealed class ConnectionCheck : DeviceCheck
{
    private const int Clients = 16;
    private static readonly TimeSpan s_prompt = TimeSpan.FromSeconds(1);

    public override string Name => "connection";

    public override Stage Stage => Stage.Own;

    public override async Task RunAsync(Device device, CancellationToken cancel)
    {
        foreach (var connected in (bool[])[true, true, false, false])
        {
            await WriteAsync(device, connected, cancel);
            if (device.IsPlatform7)
                await StartAsync(device, connected, cancel);
        }

        await RaceAsync(device, cancel);
    }

    private async Task StartAsync(Device device, bool connected, CancellationToken cancel)
    {
        var member = connected ? "connect" : "disconnect";
        var reply = await device.CommandAsync(member, cancel);
        if (!reply.IsDone)
        {
            device.Find(Rules.Connecting, device.Put(member), "error 0: it is started, whatever becomes of it", reply);
            return;
        }

        if (reply.Took > s_prompt)
            device.Find(Rules.InitiatorReturns, device.Put(member), "a reply within 1 s", FormattableString.Invariant($"one after {reply.Took.TotalSeconds:0.0} s"));
        if (await Link.SettleAsync(device, cancel))
            await ShouldBeAsync(device, connected, $"PUT {member}", cancel);
    }

    private static async Task WriteAsync(Device device, bool connected, CancellationToken cancel)
    {
        var reply = await device.CommandAsync("connected", cancel, ("Connected", connected ? "True" : "False"));
        if (reply.IsDone)
            await ShouldBeAsync(device, connected, $"PUT connected Connected={connected}", cancel);
        else
            device.Find(Rules.Connecting, device.Put("connected"), "error 0", reply);
    }

    private static async Task ShouldBeAsync(Device device, bool connected, string after, CancellationToken cancel)
    {
        var reply = await device.ReadAsync("connected", cancel);
        if (reply.Boolean != connected)
            device.Find(Rules.Connecting, device.Get("connected"), $"{(connected ? "true" : "false")} after {after}", reply);
    }

    private static async Task RaceAsync(Device device, CancellationToken cancel)
    {
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(async client =>
        {
            for (var round = 0; round < 4; round++)
            {
                var wish = (client + round) % 2 == 0;
                var reply = client % 4 < 2
                    ? await Link.CommandAsync(device, wish, cancel)
                    : await device.CommandAsync("connected", cancel, ("Connected", wish ? "true" : "false"));
                if (reply.Status != 200)
                    device.Find(Rules.ConnectionRace, device.Put("connected"), "HTTP 200 for each of 16 clients that connect and disconnect at the same time", reply);
                await device.ReadAsync("connected", cancel);
            }
        }));
        foreach (var connected in (bool[])[true, false])
        {
            await Link.CommandAsync(device, connected, cancel);
            await Link.SettleAsync(device, cancel);
            var reply = await device.ReadAsync("connected", cancel);
            if (reply.Boolean != connected)
                device.Find(Rules.ConnectionRace, device.Get("connected"), $"{(connected ? "true" : "false")}, as the last client wished when the others had ended", reply);
        }
    }
}
