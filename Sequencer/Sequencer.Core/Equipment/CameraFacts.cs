using Alpaca.Contract;

namespace Sequencer.Core.Equipment;

/// <summary>What does not change while a camera is connected; read once.</summary>
public sealed record CameraFacts
{
    /// <summary>The driver's name for it.</summary>
    public required string Name { get; init; }

    /// <summary>Maker, model, serial number.</summary>
    public required string Description { get; init; }

    public required string DriverVersion { get; init; }

    /// <summary>Width of the frames it takes, binned pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Height of the frames it takes, binned pixels.</summary>
    public required int Height { get; init; }

    public required int BinX { get; init; }

    public required int BinY { get; init; }

    /// <summary>Size of an unbinned pixel along x, micrometres.</summary>
    public required double PixelSizeX { get; init; }

    /// <summary>Size of an unbinned pixel along y, micrometres.</summary>
    public required double PixelSizeY { get; init; }

    /// <summary>Shortest exposure, seconds.</summary>
    public required double ExposureMin { get; init; }

    /// <summary>Longest exposure, seconds.</summary>
    public required double ExposureMax { get; init; }

    /// <summary>Highest count.</summary>
    public required int MaxAdu { get; init; }

    public required bool HasShutter { get; init; }

    public required bool CanAbort { get; init; }

    public required bool CanStop { get; init; }

    public required bool CanSetTemperature { get; init; }

    public required bool CanGetCoolerPower { get; init; }

    public SensorType? Sensor { get; init; }

    public string? SensorName { get; init; }

    /// <summary>Offset of the colour pattern; null for monochrome sensors.</summary>
    public int? BayerOffsetX { get; init; }

    /// <summary>Offset of the colour pattern; null for monochrome sensors.</summary>
    public int? BayerOffsetY { get; init; }

    /// <summary>Bits a count takes.</summary>
    public int BitDepth => (int)Math.Ceiling(Math.Log2(MaxAdu + 1.0));
}
