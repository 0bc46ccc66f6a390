namespace Sequencer.Core.Equipment;

/// <summary>A device cannot be reached: not a refusal of the device, but no answer at all.</summary>
public sealed class DeviceLostException(string device, Exception cause)
    : Exception($"{device} cannot be reached: {cause.Message} Check its power, its cable and the device server; it is tried again by itself.", cause)
{
    /// <summary>The device.</summary>
    public string Device { get; } = device;
}
