using Alpaca.Contract;

namespace Alpaca.Hosting.Tests.Devices;

/// <summary>Two switches: one that works, one that does not answer.</summary>
internal sealed class TestSwitch : TestDevice, ISwitch
{
    public ValueTask<int> MaxSwitchAsync(CancellationToken cancel = default) => new(2);

    public ValueTask<bool> CanStartChangeAsync(int id, CancellationToken cancel = default) => new(false);

    public ValueTask<bool> CanWriteAsync(int id, CancellationToken cancel = default) => new(true);

    public ValueTask<bool> GetSwitchAsync(int id, CancellationToken cancel = default) => new(id == 0);

    public ValueTask<string> GetSwitchDescriptionAsync(int id, CancellationToken cancel = default) => new("A switch");

    public ValueTask<string> GetSwitchNameAsync(int id, CancellationToken cancel = default) => new("Switch");

    public ValueTask<double> GetSwitchValueAsync(int id, CancellationToken cancel = default) =>
        id == 0 ? new(1) : throw AlpacaException.InvalidOperation("The gauge does not answer.");

    public ValueTask<double> MinSwitchValueAsync(int id, CancellationToken cancel = default) => new(0);

    public ValueTask<double> MaxSwitchValueAsync(int id, CancellationToken cancel = default) => new(1);

    public ValueTask<bool> StateChangeCompleteAsync(int id, CancellationToken cancel = default) => new(true);

    public ValueTask<double> SwitchStepAsync(int id, CancellationToken cancel = default) => new(1);
}
