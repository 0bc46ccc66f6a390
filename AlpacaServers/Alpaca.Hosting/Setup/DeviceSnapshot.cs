namespace Alpaca.Hosting;

/// <summary>How a device is right now, for pages: its connection and its state. It comes within seconds even if the device does not answer.</summary>
/// <param name="Connection">A word: connected, connecting, not connected, no answer.</param>
/// <param name="Tone">How the word should look: <c>good</c>, <c>busy</c>, <c>bad</c> or empty.</param>
/// <param name="IsConnected">True while it is connected.</param>
/// <param name="Fault">What went wrong with the connection or with reading the state; null if nothing.</param>
/// <param name="Lines">The state, line by line; empty while it is not connected.</param>
/// <param name="Headlines">The few lines that matter most.</param>
internal sealed record DeviceSnapshot(
    string Connection,
    string Tone,
    bool IsConnected,
    string? Fault,
    IReadOnlyList<ReadingLine> Lines,
    IReadOnlyList<ReadingLine> Headlines)
{
    public static async Task<DeviceSnapshot> OfAsync(RegisteredDevice registered, CancellationToken cancel)
    {
        var device = registered.Device;
        var connected = await Reading.OfAsync(device.ConnectedAsync, cancel);
        var connecting = await Reading.OfAsync(device.ConnectingAsync, cancel);
        if (connected.Error is { } silent)
            return Without(silent == Reading.NoAnswer ? "no answer" : "trouble", "bad", silent);
        if (!connected.Value)
            return connecting.Is(true) ? Without("connecting", "busy", null) : Without("not connected", connecting.Error is null ? "" : "bad", connecting.Error);
        var state = await Reading.OfAsync(device.DeviceStateAsync, cancel);
        if (state.Error is { } fault)
            return new("connected", "bad", true, fault, [], []);
        var values = state.Value!;
        var lines = await Reading.OfAsync(async c => await ReadingText.LinesAsync(registered, values, c), cancel);
        return new("connected", "good", true, connecting.Error ?? lines.Error, lines.Value ?? [], [.. ReadingText.Headlines(registered, values, lines.Value ?? [])]);
    }

    private static DeviceSnapshot Without(string connection, string tone, string? fault) => new(connection, tone, false, fault, [], []);
}
