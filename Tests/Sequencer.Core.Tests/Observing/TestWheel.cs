using Alpaca.Contract;

namespace Sequencer.Core.Tests.Observing;

/// <summary>A filter wheel that takes three seconds, or for ever.</summary>
internal sealed class TestWheel(TimeProvider clock, params string[] names) : IFilterWheel
{
    private DateTimeOffset _arrives = DateTimeOffset.MinValue;
    private int _slot;

    public bool Stuck { get; set; }

    public int Moves { get; private set; }

    public ValueTask<IReadOnlyList<int>> FocusOffsetsAsync(CancellationToken cancel = default) => new([.. names.Select(_ => 0)]);

    public ValueTask<IReadOnlyList<string>> NamesAsync(CancellationToken cancel = default) => new(names);

    public ValueTask<int> PositionAsync(CancellationToken cancel = default) => new(clock.GetUtcNow() >= _arrives ? _slot : -1);

    public ValueTask SetPositionAsync(int position, CancellationToken cancel = default)
    {
        _slot = position;
        Moves++;
        _arrives = Stuck ? DateTimeOffset.MaxValue : clock.GetUtcNow() + TimeSpan.FromSeconds(3);
        return ValueTask.CompletedTask;
    }

    public ValueTask ConnectAsync(CancellationToken cancel = default) => ValueTask.CompletedTask;

    public ValueTask DisconnectAsync(CancellationToken cancel = default) => ValueTask.CompletedTask;

    public ValueTask<bool> ConnectingAsync(CancellationToken cancel = default) => new(false);

    public ValueTask<bool> ConnectedAsync(CancellationToken cancel = default) => new(true);

    public ValueTask SetConnectedAsync(bool connected, CancellationToken cancel = default) => ValueTask.CompletedTask;

    public ValueTask<string> DescriptionAsync(CancellationToken cancel = default) => new("Test wheel");

    public ValueTask<string> DriverInfoAsync(CancellationToken cancel = default) => new("For tests");

    public ValueTask<string> DriverVersionAsync(CancellationToken cancel = default) => new("1.0");

    public ValueTask<int> InterfaceVersionAsync(CancellationToken cancel = default) => new(3);

    public ValueTask<string> NameAsync(CancellationToken cancel = default) => new("Test wheel");
}
