namespace Alpaca.Simulators.Imaging;

/// <summary>What a client asked for when it started an exposure.</summary>
/// <param name="Number">Counts the camera's exposures: its noise comes from it.</param>
/// <param name="Began">Start of the exposure.</param>
/// <param name="Duration">Seconds, as it really was.</param>
/// <param name="Light">False for a dark frame.</param>
/// <param name="Window">The part of the sensor that is read.</param>
/// <param name="Gain">Tenths of a decibel.</param>
/// <param name="Offset">Tens of counts.</param>
/// <param name="SensorTemperature">Degrees Celsius.</param>
internal sealed record FramePlan(
    int Number,
    DateTimeOffset Began,
    double Duration,
    bool Light,
    SensorWindow Window,
    int Gain,
    int Offset,
    double SensorTemperature);

/// <summary>A part of the sensor in binned pixels, as ASCOM has it.</summary>
internal sealed record SensorWindow(int BinX, int BinY, int StartX, int StartY, int NumX, int NumY)
{
    /// <summary>Unbinned pixels per row.</summary>
    public int Width => NumX * BinX;

    /// <summary>Unbinned rows.</summary>
    public int Height => NumY * BinY;

    /// <summary>First unbinned column.</summary>
    public int Left => StartX * BinX;

    /// <summary>First unbinned row.</summary>
    public int Top => StartY * BinY;
}
