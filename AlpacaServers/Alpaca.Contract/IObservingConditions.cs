namespace Alpaca.Contract;

/// <summary>Weather and sky sensors (ASCOM IObservingConditionsV2). A sensor the device lacks is NotImplemented, with its description and age.</summary>
[AlpacaDevice("observingconditions", InterfaceVersion = 2)]
public partial interface IObservingConditions : IAlpacaDevice
{
    /// <summary>The time over which readings are averaged, hours; 0 means instantaneous.</summary>
    [Get] ValueTask<double> AveragePeriodAsync(CancellationToken cancel = default);

    /// <summary>Sets the averaging time, hours, 0 or more. 0 is always accepted; what else, the device decides (0x401).</summary>
    [Set] ValueTask SetAveragePeriodAsync(double averagePeriod, CancellationToken cancel = default);

    /// <summary>Share of the sky that is covered, percent, 0 to 100.</summary>
    [Get, InDeviceState] ValueTask<double> CloudCoverAsync(CancellationToken cancel = default) => NotImplemented<double>();

    /// <summary>Dew point, degrees Celsius. Present exactly when <see cref="HumidityAsync"/> is.</summary>
    [Get, InDeviceState] ValueTask<double> DewPointAsync(CancellationToken cancel = default) => NotImplemented<double>();

    /// <summary>Relative humidity, percent, 0 to 100.</summary>
    [Get, InDeviceState] ValueTask<double> HumidityAsync(CancellationToken cancel = default) => NotImplemented<double>();

    /// <summary>Air pressure at the site (not reduced to sea level), hectopascal.</summary>
    [Get, InDeviceState] ValueTask<double> PressureAsync(CancellationToken cancel = default) => NotImplemented<double>();

    /// <summary>Rain rate, millimetres per hour; any value above 0 means rain.</summary>
    [Get, InDeviceState] ValueTask<double> RainRateAsync(CancellationToken cancel = default) => NotImplemented<double>();

    /// <summary>Brightness of the sky, lux.</summary>
    [Get, InDeviceState] ValueTask<double> SkyBrightnessAsync(CancellationToken cancel = default) => NotImplemented<double>();

    /// <summary>Darkness of the sky, magnitudes per square arcsecond.</summary>
    [Get, InDeviceState] ValueTask<double> SkyQualityAsync(CancellationToken cancel = default) => NotImplemented<double>();

    /// <summary>Infrared temperature of the sky, degrees Celsius: cold when clear.</summary>
    [Get, InDeviceState] ValueTask<double> SkyTemperatureAsync(CancellationToken cancel = default) => NotImplemented<double>();

    /// <summary>Full width at half maximum of star images, arcseconds.</summary>
    [Get, InDeviceState] ValueTask<double> StarFWHMAsync(CancellationToken cancel = default) => NotImplemented<double>();

    /// <summary>Air temperature, degrees Celsius.</summary>
    [Get, InDeviceState] ValueTask<double> TemperatureAsync(CancellationToken cancel = default) => NotImplemented<double>();

    /// <summary>Direction the wind comes from, degrees from north through east, 0 to 360; 0 when there is no wind, 360 is north.</summary>
    [Get, InDeviceState] ValueTask<double> WindDirectionAsync(CancellationToken cancel = default) => NotImplemented<double>();

    /// <summary>Strongest gust of the last two minutes, metres per second.</summary>
    [Get, InDeviceState] ValueTask<double> WindGustAsync(CancellationToken cancel = default) => NotImplemented<double>();

    /// <summary>Wind speed, metres per second.</summary>
    [Get, InDeviceState] ValueTask<double> WindSpeedAsync(CancellationToken cancel = default) => NotImplemented<double>();

    /// <summary>Asks the device to read all sensors anew.</summary>
    [Put] ValueTask RefreshAsync(CancellationToken cancel = default) => NotImplemented();

    /// <summary>What the sensor behind a property is.</summary>
    /// <param name="sensorName">A property's name, for example <c>WindSpeed</c>, in any case.</param>
    [Get] ValueTask<string> SensorDescriptionAsync(string sensorName, CancellationToken cancel = default);

    /// <summary>Age of a reading, seconds; negative if there has been none.</summary>
    /// <param name="sensorName">A property's name in any case, or empty for the youngest reading of all.</param>
    [Get] ValueTask<double> TimeSinceLastUpdateAsync(string sensorName, CancellationToken cancel = default);
}
