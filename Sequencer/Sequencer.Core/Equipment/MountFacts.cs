using Alpaca.Contract;

namespace Sequencer.Core.Equipment;

/// <summary>What does not change while a mount is connected; null where it does not say.</summary>
public sealed record MountFacts
{
    /// <summary>The driver's name for it.</summary>
    public string? Name { get; init; }

    /// <summary>Maker, model, serial number.</summary>
    public string? Description { get; init; }

    /// <summary>Aperture of the telescope, millimetres.</summary>
    public double? ApertureMillimetres { get; init; }

    /// <summary>Focal length of the telescope, millimetres.</summary>
    public double? FocalLengthMillimetres { get; init; }

    internal static async Task<MountFacts> ReadAsync(ITelescope telescope, DeviceLink link, CancellationToken cancel) => new()
    {
        Name = await link.CallAsync(telescope.NameAsync, cancel),
        Description = await link.CallAsync(telescope.DescriptionAsync, cancel),
        ApertureMillimetres = await link.ReadAsync(telescope.ApertureDiameterAsync, cancel) * 1000,
        FocalLengthMillimetres = await link.ReadAsync(telescope.FocalLengthAsync, cancel) * 1000,
    };
}
