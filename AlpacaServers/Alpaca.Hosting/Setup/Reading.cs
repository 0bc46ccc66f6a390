using Alpaca.Contract;

namespace Alpaca.Hosting;

/// <summary>A value read from a device for a page, or why there is none: a page must come even if a device does not answer.</summary>
internal readonly record struct Reading<T>(T? Value, string? Error)
{
    public bool Is(T value) => Error is null && EqualityComparer<T>.Default.Equals(Value, value);

    public Reading<TOther> As<TOther>(Func<T, TOther> convert) => Error is null ? new(convert(Value!), null) : new(default, Error);
}

/// <summary>Reads devices with a deadline.</summary>
internal static class Reading
{
    /// <summary>What is said of a device that does not answer in time.</summary>
    public const string NoAnswer = "no answer";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    public static async Task<Reading<T>> OfAsync<T>(Func<CancellationToken, ValueTask<T>> read, CancellationToken cancel)
    {
        try
        {
            return new(await read(cancel).AsTask().WaitAsync(s_patience, TimeProvider.System, cancel), null);
        }
        catch (AlpacaException e)
        {
            return new(default, e.Message);
        }
        catch (TimeoutException)
        {
            return new(default, NoAnswer);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return new(default, $"failed ({e.GetType().Name})");
        }
    }
}
