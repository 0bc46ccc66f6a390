namespace Alpaca.Devices.Loop;

/// <summary>What a device was like when it was last read: clients are answered from it and never wait for the hardware.</summary>
/// <param name="Value">The state.</param>
/// <param name="MeasuredAt">When it was read, UTC.</param>
/// <param name="Sequence">Rises with every new state; a command that changed the state has raised it when it returns.</param>
public sealed record Snapshot<T>(T Value, DateTimeOffset MeasuredAt, long Sequence);
