namespace Sequencer.Core.Equipment;

/// <summary>What a camera and its accessories say about themselves around an exposure; null where a device lacks the value or cannot read it now.</summary>
public sealed record CameraReading
{
    /// <summary>Temperature of the sensor, degrees C.</summary>
    public double? SensorTemperature { get; init; }

    /// <summary>Set point, degrees C; only for a cooled sensor.</summary>
    public double? SetPoint { get; init; }

    /// <summary>Percent.</summary>
    public double? CoolerPower { get; init; }

    public int? Gain { get; init; }

    public int? Offset { get; init; }

    /// <summary>Electrons per count.</summary>
    public double? ElectronsPerAdu { get; init; }

    /// <summary>Name of the readout mode.</summary>
    public string? ReadoutMode { get; init; }

    /// <summary>Filter in the light path.</summary>
    public string? Filter { get; init; }

    /// <summary>Its slot, counted from 1.</summary>
    public int? FilterPosition { get; init; }

    public string? WheelName { get; init; }

    public string? WheelDescription { get; init; }

    /// <summary>Steps.</summary>
    public int? FocuserPosition { get; init; }

    /// <summary>Degrees C.</summary>
    public double? FocuserTemperature { get; init; }

    /// <summary>Micrometres per step.</summary>
    public double? FocuserStepSize { get; init; }

    public string? FocuserName { get; init; }

    public string? FocuserDescription { get; init; }

    public string? RotatorName { get; init; }

    /// <summary>Position angle on the sky, degrees.</summary>
    public double? RotatorAngle { get; init; }
}
