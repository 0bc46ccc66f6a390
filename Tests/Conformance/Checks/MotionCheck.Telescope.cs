using System.Text.Json;

namespace Conformance.Checks;

/// <content>Domes and telescopes.</content>
internal sealed partial class MotionCheck
{
    private const double ShutterOpen = 0;
    private const double ShutterClosed = 1;

    private static async Task DomeAsync(Device device, CancellationToken cancel)
    {
        Func<Task<bool?>> slewing = () => BooleanAsync(device, "slewing", cancel);
        if (await BooleanAsync(device, "cansetshutter", cancel) == true)
        {
            var wasOpen = await NumberAsync(device, "shutterstatus", cancel) is ShutterOpen;
            string[] moves = wasOpen ? ["closeshutter", "openshutter"] : ["openshutter", "closeshutter"];
            foreach (var move in moves)
                await DoAsync(device, move, [], "Slewing", slewing, () => ShouldBeAsync(device, "shutterstatus", move == "openshutter" ? ShutterOpen : ShutterClosed, 0, cancel), cancel);
        }
        else
        {
            Denied(device, "openshutter", await device.CommandAsync("openshutter", cancel));
        }

        if (await BooleanAsync(device, "cansetazimuth", cancel) != true || await NumberAsync(device, "azimuth", cancel) is not { } start)
        {
            Denied(device, "slewtoazimuth", await device.CommandAsync("slewtoazimuth", cancel, ("Azimuth", "10")));
            return;
        }

        var wasParked = await BooleanAsync(device, "atpark", cancel) == true;
        await TurnAsync((start + 40) % 360);
        await device.CommandAsync("slewtoazimuth", cancel, ("Azimuth", Text((start + 200) % 360)));
        await StopAsync(device, "abortslew", [], "Slewing", slewing, cancel);
        if (await BooleanAsync(device, "canfindhome", cancel) == true)
            await DoAsync(device, "findhome", [], "Slewing", slewing, () => ShouldBeAsync(device, "athome", true, cancel), cancel);
        if (wasParked && await BooleanAsync(device, "canpark", cancel) == true)
            await DoAsync(device, "park", [], "Slewing", slewing, () => ShouldBeAsync(device, "atpark", true, cancel), cancel);
        else
            await TurnAsync(start);

        Task TurnAsync(double azimuth) =>
            DoAsync(device, "slewtoazimuth", [("Azimuth", Text(azimuth))], "Slewing", slewing, () => ShouldBeAsync(device, "azimuth", azimuth, 1.5, cancel, turn: 360), cancel);
    }

    private static async Task TelescopeAsync(Device device, CancellationToken cancel)
    {
        var wasParked = await BooleanAsync(device, "atpark", cancel) == true;
        var wasTracking = await BooleanAsync(device, "tracking", cancel) == true;
        if (wasParked)
            await DoAsync(device, "unpark", [], "Slewing", () => BooleanAsync(device, "slewing", cancel), () => ShouldBeAsync(device, "atpark", false, cancel), cancel);
        if (await BooleanAsync(device, "canslewasync", cancel) == true)
            await SlewAsync(device, cancel);
        if (await BooleanAsync(device, "canslewaltazasync", cancel) == true)
            await AltAzAsync(device, cancel);
        await MoveAxisAsync(device, cancel);
        await TrackAsync(device, true, cancel);
        if (await BooleanAsync(device, "canpulseguide", cancel) == true)
            await PulseAsync(device, cancel);
        else
            Denied(device, "pulseguide", await device.CommandAsync("pulseguide", cancel, ("Direction", "0"), ("Duration", "100")));
        if (await BooleanAsync(device, "canfindhome", cancel) == true)
            await DoAsync(device, "findhome", [], "Slewing", () => BooleanAsync(device, "slewing", cancel), () => ShouldBeAsync(device, "athome", true, cancel), cancel);
        if (await BooleanAsync(device, "canpark", cancel) == true)
        {
            await DoAsync(device, "park", [], "without AtPark", async () => await BooleanAsync(device, "atpark", cancel) is { } parked ? !parked : null, () => ShouldBeAsync(device, "atpark", true, cancel), cancel);
            if (!wasParked)
                await ShouldDoAsync(device, "unpark", [], cancel);
        }

        if (!wasParked)
            await TrackAsync(device, wasTracking, cancel);
    }

    /// <summary>Slews to either side of the zenith, where any mount can point, and breaks one slew off.</summary>
    private static async Task SlewAsync(Device device, CancellationToken cancel)
    {
        await TrackAsync(device, true, cancel);
        if (await NumberAsync(device, "siderealtime", cancel) is not { } sidereal)
            return;
        var declination = Math.Clamp(await NumberAsync(device, "sitelatitude", cancel) ?? 0, -75, 75);
        Func<Task<bool?>> slewing = () => BooleanAsync(device, "slewing", cancel);
        foreach (var hourAngle in (double[])[2, -2])
        {
            var rightAscension = Math.Round((sidereal - hourAngle + 24) % 24, 4);
            (string, string)[] place = [("RightAscension", Text(rightAscension)), ("Declination", Text(declination))];
            if (hourAngle > 0)
            {
                await DoAsync(
                    device,
                    "slewtocoordinatesasync",
                    place,
                    "Slewing",
                    slewing,
                    async () => await ShouldBeAsync(device, "rightascension", rightAscension, 0.02, cancel, turn: 24) ?? await ShouldBeAsync(device, "declination", declination, 0.2, cancel),
                    cancel);
                continue;
            }

            await ShouldDoAsync(device, "slewtocoordinatesasync", place, cancel);
            await StopAsync(device, "abortslew", [], "Slewing", slewing, cancel);
        }
    }

    private static async Task AltAzAsync(Device device, CancellationToken cancel)
    {
        await TrackAsync(device, false, cancel);
        await DoAsync(
            device,
            "slewtoaltazasync",
            [("Azimuth", "120"), ("Altitude", "60")],
            "Slewing",
            () => BooleanAsync(device, "slewing", cancel),
            async () => await ShouldBeAsync(device, "altitude", 60, 0.5, cancel) ?? await ShouldBeAsync(device, "azimuth", 120, 1, cancel, turn: 360),
            cancel);
    }

    private static async Task MoveAxisAsync(Device device, CancellationToken cancel)
    {
        (string, string) axis = ("Axis", "0");
        var can = (await device.ReadAsync("canmoveaxis", cancel, axis)).Boolean == true;
        var rates = await device.ReadAsync("axisrates", cancel, axis);
        if (!can || rates.Value is not { ValueKind: JsonValueKind.Array } list || list.GetArrayLength() == 0)
        {
            if (!can)
                Denied(device, "moveaxis", await device.CommandAsync("moveaxis", cancel, axis, ("Rate", "0")));
            return;
        }

        var fastest = list.EnumerateArray().Max(r => r.GetProperty("Maximum").GetDouble());
        await ShouldDoAsync(device, "moveaxis", [axis, ("Rate", Text(fastest))], cancel);
        if (await ShouldBeAsync(device, "slewing", true, cancel) is { } wrong)
            device.Find(Report.Rules.InitiatorCompletes, device.Put("moveaxis"), "Slewing while an axis is moved", wrong);
        await StopAsync(device, "moveaxis", [axis, ("Rate", "0")], "Slewing", () => BooleanAsync(device, "slewing", cancel), cancel);
    }

    private static async Task TrackAsync(Device device, bool tracking, CancellationToken cancel)
    {
        if (await BooleanAsync(device, "cansettracking", cancel) == true)
            await ShouldDoAsync(device, "tracking", [("Tracking", Text(tracking))], cancel);
    }
}
