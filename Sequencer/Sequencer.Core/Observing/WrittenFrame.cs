using Alpaca.Astronomy;
using Sequencer.Core.Scheduling;
using Sequencer.Imaging;

namespace Sequencer.Core.Observing;

/// <summary>A frame that is whole on the disk.</summary>
/// <param name="Exposure">What the observation keeps of it.</param>
/// <param name="Kind">light, pointing, dark, bias or flat.</param>
/// <param name="Solution">Where it looks, if that could be found out.</param>
/// <param name="Problem">Why it could not be found out, if it was tried.</param>
/// <param name="Middle">Middle of the exposure, UTC.</param>
public sealed record WrittenFrame(Exposure Exposure, string Kind, PlateSolution? Solution, string? Problem, DateTimeOffset Middle)
{
    /// <summary>What the centre of the frame looks at, ICRS; null if not known.</summary>
    public SkyPosition? Centre => Solution?.Centre;
}
