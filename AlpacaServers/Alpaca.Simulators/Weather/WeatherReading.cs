namespace Alpaca.Simulators.Weather;

/// <summary>The air at the site at one moment.</summary>
/// <param name="Temperature">Degrees Celsius.</param>
/// <param name="Humidity">Relative, percent, 0 to 100.</param>
/// <param name="Pressure">At the site, hectopascal.</param>
/// <param name="WindSpeed">Metres per second.</param>
/// <param name="WindDirection">Where it comes from, degrees from north through east.</param>
/// <param name="CloudCover">Share of the sky, percent, 0 to 100.</param>
/// <param name="RainRate">Millimetres per hour.</param>
/// <param name="Seeing">Full width at half maximum of a star's image at the zenith, arcseconds.</param>
public sealed record WeatherReading(
    double Temperature,
    double Humidity,
    double Pressure,
    double WindSpeed,
    double WindDirection,
    double CloudCover,
    double RainRate,
    double Seeing)
{
    /// <summary>Dew point, degrees Celsius (Magnus formula with the coefficients of Alduchov and Eskridge 1996).</summary>
    public double DewPoint
    {
        get
        {
            const double A = 17.625, B = 243.04;
            var gamma = Math.Log(Math.Max(Humidity, 1) / 100) + (A * Temperature / (B + Temperature));
            return B * gamma / (A - gamma);
        }
    }

    /// <summary>Infrared temperature of the sky, degrees Celsius: some 30 below the air when clear, the air's own under cloud.</summary>
    public double SkyTemperature => Temperature - (30 * (1 - (CloudCover / 100))) - 2;
}
