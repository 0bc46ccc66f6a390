using System.Text.Json;

namespace Conformance.Checks;

/// <content>Covers, filter wheels, focusers, rotators and switches.</content>
internal sealed partial class MotionCheck
{
    private const int Off = 1;
    private const int Ready = 3;
    private const int Closed = 1;
    private const int Open = 3;
    private const int Moving = 2;

    private static async Task CoverAsync(Device device, CancellationToken cancel)
    {
        var cover = await NumberAsync(device, "coverstate", cancel);
        if (cover is > 0)
        {
            Func<Task<bool?>> moving = device.IsPlatform7
                ? () => BooleanAsync(device, "covermoving", cancel)
                : async () => await NumberAsync(device, "coverstate", cancel) is { } state ? (int)state == Moving : null;
            string[] moves = cover == Open ? ["closecover", "opencover"] : ["opencover", "closecover"];
            foreach (var move in moves)
            {
                await DoAsync(device, move, [], "moving", moving, () => ShouldBeAsync(device, "coverstate", move == "opencover" ? Open : Closed, 0, cancel), cancel);
            }
        }

        if (await NumberAsync(device, "calibratorstate", cancel) is not > 0 || await NumberAsync(device, "maxbrightness", cancel) is not { } brightest)
            return;
        Func<Task<bool?>> changing = device.IsPlatform7
            ? () => BooleanAsync(device, "calibratorchanging", cancel)
            : async () => await NumberAsync(device, "calibratorstate", cancel) is { } state ? (int)state == Moving : null;
        await DoAsync(device, "calibratoron", [("Brightness", Text(brightest))], "changing", changing, () => ShouldBeAsync(device, "calibratorstate", Ready, 0, cancel), cancel);
        await DoAsync(device, "calibratoroff", [], "changing", changing, () => ShouldBeAsync(device, "calibratorstate", Off, 0, cancel), cancel);
    }

    private static async Task FilterWheelAsync(Device device, CancellationToken cancel)
    {
        if ((await device.ReadAsync("names", cancel)).Value is not { ValueKind: JsonValueKind.Array } names || await NumberAsync(device, "position", cancel) is not { } start)
            return;
        foreach (var target in (double[])[(start + 1) % names.GetArrayLength(), start])
        {
            await DoAsync(
                device,
                "position",
                [("Position", Text(target))],
                "at position -1",
                async () => await NumberAsync(device, "position", cancel) is { } position ? position < 0 : null,
                () => ShouldBeAsync(device, "position", target, 0, cancel),
                cancel);
        }
    }

    private static async Task FocuserAsync(Device device, CancellationToken cancel)
    {
        if (await NumberAsync(device, "maxstep", cancel) is not { } end)
            return;
        var step = Math.Max(10, Math.Floor(Math.Min(end, await NumberAsync(device, "maxincrement", cancel) ?? end) / 20));
        if (await BooleanAsync(device, "absolute", cancel) == true && await NumberAsync(device, "position", cancel) is { } start)
        {
            foreach (var target in (double[])[start + step <= end ? start + step : start - step, start])
                await MoveAsync(target, () => ShouldBeAsync(device, "position", target, 2, cancel));
            return;
        }

        foreach (var distance in (double[])[step, -step])
            await MoveAsync(distance, () => ShouldBeAsync(device, "ismoving", false, cancel));

        Task MoveAsync(double position, Func<Task<string?>> wrong) =>
            DoAsync(device, "move", [("Position", Text(position))], "IsMoving", () => BooleanAsync(device, "ismoving", cancel), wrong, cancel);
    }

    private static async Task RotatorAsync(Device device, CancellationToken cancel)
    {
        if (await NumberAsync(device, "position", cancel) is not { } start)
            return;
        var there = (start + 25) % 360;
        await TurnAsync("moveabsolute", there, there);
        await TurnAsync("move", -25, start);

        Task TurnAsync(string member, double value, double target) => DoAsync(
            device,
            member,
            [("Position", Text(value))],
            "IsMoving",
            () => BooleanAsync(device, "ismoving", cancel),
            () => ShouldBeAsync(device, "position", target, 1, cancel, turn: 360),
            cancel);
    }

    private static async Task SwitchAsync(Device device, CancellationToken cancel)
    {
        var count = await NumberAsync(device, "maxswitch", cancel) ?? 0;
        for (var id = 0; id < count; id++)
        {
            (string, string) which = ("Id", Text(id));
            if ((await device.ReadAsync("canwrite", cancel, which)).Boolean != true
                || await NumberAsync(device, "getswitchvalue", cancel, which) is not { } start
                || await NumberAsync(device, "maxswitchvalue", cancel, which) is not { } most
                || await NumberAsync(device, "minswitchvalue", cancel, which) is not { } least)
                continue;
            await ShouldDoAsync(device, "setswitchvalue", [which, ("Value", Text(start))], cancel);
            if (!device.IsPlatform7 || (await device.ReadAsync("canasync", cancel, which)).Boolean != true)
                continue;
            foreach (var value in (double[])[start == most ? least : most, start])
            {
                await DoAsync(
                    device,
                    "setasyncvalue",
                    [which, ("Value", Text(value))],
                    "StateChangeComplete false",
                    async () => (await device.ReadAsync("statechangecomplete", cancel, which)).Boolean is { } complete ? !complete : null,
                    async () => await NumberAsync(device, "getswitchvalue", cancel, which) is { } now && Math.Abs(now - value) <= 1e-6 * Math.Max(1, Math.Abs(value)) ? null : $"switch {id} has not that value",
                    cancel);
            }
        }
    }
}
