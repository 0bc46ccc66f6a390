namespace Alpaca.Contract;

/// <summary>Which client the call under way comes from. Servers set it for devices that are an <see cref="IClientObserver"/>.</summary>
public static class RequestingClient
{
    private static readonly AsyncLocal<uint> s_current = new();

    /// <summary>The client's number of itself; 0 if it gave none, or if the call comes from this process.</summary>
    public static uint Current
    {
        get => s_current.Value;
        set => s_current.Value = value;
    }
}
