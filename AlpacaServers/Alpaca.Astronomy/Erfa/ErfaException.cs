namespace Alpaca.Astronomy.Erfa;

/// <summary>ERFA refused its input.</summary>
public sealed class ErfaException : Exception
{
    public ErfaException(string message)
        : base(message)
    {
    }

    public ErfaException(string message, Exception inner)
        : base(message, inner)
    {
    }

    public ErfaException()
    {
    }

    /// <summary>Throws for a negative status. Positive ones are remarks: from five years after the library's leap second table ends, every date is "dubious" (+1).</summary>
    internal static void Check(int status, string function)
    {
        if (status < 0) throw new ErfaException($"{function} failed with status {status}: the date, the site or an angle is outside what it can compute.");
    }
}
