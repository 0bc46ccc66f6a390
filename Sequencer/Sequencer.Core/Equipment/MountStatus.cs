using Alpaca.Astronomy;
using Alpaca.Contract;

namespace Sequencer.Core.Equipment;

/// <summary>What a mount said of itself at one instant.</summary>
/// <param name="Parked">It is parked.</param>
/// <param name="Slewing">It slews, homes or parks.</param>
/// <param name="Tracking">It follows the sky.</param>
/// <param name="Position">Where it points, ICRS, after any software offset.</param>
/// <param name="PierSide">The pointing state; unknown if the mount does not say.</param>
public sealed record MountStatus(bool Parked, bool Slewing, bool Tracking, SkyPosition Position, PierSide PierSide)
{
    /// <summary>True when the mount follows the sky and does nothing else: the condition for an exposure.</summary>
    public bool OnTheSky => Tracking && !Slewing && !Parked;
}
