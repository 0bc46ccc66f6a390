namespace Alpaca.Devices.Loop;

/// <summary>One command that waits for its turn on a loop, or has it.</summary>
internal sealed class LoopJob<TProtocol>(string name, Func<TProtocol, CancellationToken, ValueTask> work, TimeSpan deadline, bool isAbort = false)
{
    public string Name { get; } = name;

    public Func<TProtocol, CancellationToken, ValueTask> Work { get; } = work;

    public TimeSpan Deadline { get; } = deadline;

    /// <summary>True for what nothing may break off.</summary>
    public bool IsAbort { get; } = isAbort;

    public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
