using Conformance.Report;
using Conformance.Wire;

namespace Conformance.Checks;

/// <content>Cameras.</content>
internal sealed partial class MotionCheck
{
    private const int Idle = 0;

    private static async Task CameraAsync(Device device, CancellationToken cancel)
    {
        var duration = Math.Max(1, await NumberAsync(device, "exposuremin", cancel) ?? 1);
        (string, string) light = ("Light", "true");
        var exposed = await DoAsync(
            device,
            "startexposure",
            [("Duration", Text(duration)), light],
            "without ImageReady",
            async () => await BooleanAsync(device, "imageready", cancel) is { } ready ? !ready : null,
            () => ShouldBeAsync(device, "imageready", true, cancel),
            cancel);
        if (exposed)
            await ImageJudge.JudgeAsync(device, cancel);

        if (await BooleanAsync(device, "canabortexposure", cancel) == true)
        {
            await ShouldDoAsync(device, "startexposure", [("Duration", Text(duration + 60)), light], cancel);
            await StopAsync(device, "abortexposure", [], "exposing", async () => await NumberAsync(device, "camerastate", cancel) is { } state ? (int)state != Idle : null, cancel);
        }

        if (await BooleanAsync(device, "canpulseguide", cancel) == true)
            await PulseAsync(device, cancel);
        else
            Denied(device, "pulseguide", await device.CommandAsync("pulseguide", cancel, ("Direction", "0"), ("Duration", "100")));
    }

    private static Task<bool> PulseAsync(Device device, CancellationToken cancel) => DoAsync(
        device,
        "pulseguide",
        [("Direction", "0"), ("Duration", "800")],
        "IsPulseGuiding",
        () => BooleanAsync(device, "ispulseguiding", cancel),
        () => ShouldBeAsync(device, "ispulseguiding", false, cancel),
        cancel);

    private static void Denied(Device device, string member, Reply reply)
    {
        if (reply.ErrorNumber != Api.Standard.NotImplemented)
            device.Find(Rules.Capability, device.Put(member), "error 0x400: the device says that it cannot", reply);
    }
}
