namespace Alpaca.Astronomy.Clocks;

/// <summary>The end of a hold: runs its action once, however often it is disposed.</summary>
internal sealed class Release(Action? action) : IDisposable
{
    public static readonly Release None = new(null);

    private Action? _action = action;

    public void Dispose() => Interlocked.Exchange(ref _action, null)?.Invoke();
}
