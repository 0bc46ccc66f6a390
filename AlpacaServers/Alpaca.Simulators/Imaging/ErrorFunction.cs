namespace Alpaca.Simulators.Imaging;

/// <summary>The error function, which .NET lacks.</summary>
internal static class ErrorFunction
{
    /// <summary>Abramowitz and Stegun 7.1.26: right to 1.5e-7.</summary>
    public static double Of(double x)
    {
        var t = 1 / (1 + (0.3275911 * Math.Abs(x)));
        var tail = t * (0.254829592 + (t * (-0.284496736 + (t * (1.421413741 + (t * (-1.453152027 + (t * 1.061405429))))))));
        var value = 1 - (tail * Math.Exp(-x * x));
        return x < 0 ? -value : value;
    }
}
