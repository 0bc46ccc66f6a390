using Alpaca.Contract;

namespace Alpaca.Hosting.Tests.Devices;

/// <summary>A focuser that is where it was told to go at once, or fails as a test wants it to.</summary>
internal sealed class TestFocuser : TestDevice, IFocuser
{
    public const int MaxStep = 50000;

    public int Position { get; private set; } = 25000;

    public bool TempComp { get; private set; }

    /// <summary>What StepSize answers.</summary>
    public Func<ValueTask<double>> StepSize { get; set; } = () => new(1.5);

    public ValueTask<bool> AbsoluteAsync(CancellationToken cancel = default) => new(true);

    public ValueTask<bool> IsMovingAsync(CancellationToken cancel = default) => new(false);

    public ValueTask<int> MaxIncrementAsync(CancellationToken cancel = default) => new(MaxStep);

    public ValueTask<int> MaxStepAsync(CancellationToken cancel = default) => new(MaxStep);

    public ValueTask<int> PositionAsync(CancellationToken cancel = default)
    {
        RequireConnected();
        return new(Position);
    }

    public ValueTask<double> StepSizeAsync(CancellationToken cancel = default) => StepSize();

    public ValueTask<bool> TempCompAsync(CancellationToken cancel = default) => new(TempComp);

    public ValueTask SetTempCompAsync(bool tempComp, CancellationToken cancel = default)
    {
        TempComp = tempComp;
        return default;
    }

    public async ValueTask MoveAsync(int position, CancellationToken cancel = default)
    {
        AlpacaException.ThrowIfOutOfRange(position, 0, MaxStep);
        RequireConnected();
        await Task.Yield();
        Position = position;
    }
}
