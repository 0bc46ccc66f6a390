using Alpaca.Contract;

namespace Alpaca.Hosting.Tests.Devices;

/// <summary>A focuser whose texts are markup.</summary>
internal sealed class HostileFocuser : TestDevice, IFocuser
{
    public override ValueTask<string> DescriptionAsync(CancellationToken cancel = default) => new("<img src=x onerror=alert(1)>");

    public ValueTask<bool> AbsoluteAsync(CancellationToken cancel = default) => new(true);

    public ValueTask<bool> IsMovingAsync(CancellationToken cancel = default) => throw AlpacaException.NotConnected("<img src=y>");

    public ValueTask<int> MaxIncrementAsync(CancellationToken cancel = default) => new(1);

    public ValueTask<int> MaxStepAsync(CancellationToken cancel = default) => new(1);

    public ValueTask MoveAsync(int position, CancellationToken cancel = default) => default;
}

/// <summary>A focuser that never answers, until it is cancelled.</summary>
internal sealed class SilentFocuser : IFocuser
{
    public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ValueTask ConnectAsync(CancellationToken cancel = default) => default;

    public ValueTask DisconnectAsync(CancellationToken cancel = default) => default;

    public ValueTask<bool> ConnectingAsync(CancellationToken cancel = default) => new(false);

    /// <summary>Silent too, but not what a test waits for: the server asks this of its own accord.</summary>
    public ValueTask<bool> ConnectedAsync(CancellationToken cancel = default) => new(new TaskCompletionSource<bool>().Task.WaitAsync(cancel));

    public ValueTask SetConnectedAsync(bool connected, CancellationToken cancel = default) => default;

    public ValueTask<string> DescriptionAsync(CancellationToken cancel = default) => SilenceAsync<string>(cancel);

    public ValueTask<string> DriverInfoAsync(CancellationToken cancel = default) => new("");

    public ValueTask<string> DriverVersionAsync(CancellationToken cancel = default) => new("1.0");

    public ValueTask<string> NameAsync(CancellationToken cancel = default) => new("Silent");

    public ValueTask<bool> AbsoluteAsync(CancellationToken cancel = default) => new(true);

    public ValueTask<bool> IsMovingAsync(CancellationToken cancel = default) => new(false);

    public ValueTask<int> MaxIncrementAsync(CancellationToken cancel = default) => new(1);

    public ValueTask<int> MaxStepAsync(CancellationToken cancel = default) => new(1);

    /// <summary>Not even cancellation ends this one.</summary>
    public async ValueTask MoveAsync(int position, CancellationToken cancel = default)
    {
        Asked.TrySetResult();
        await new TaskCompletionSource().Task;
    }

    private async ValueTask<T> SilenceAsync<T>(CancellationToken cancel)
    {
        Asked.TrySetResult();
        return await new TaskCompletionSource<T>().Task.WaitAsync(cancel);
    }
}
