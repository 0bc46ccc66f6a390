namespace Sequencer.Imaging;

/// <summary>How two star lists lie over each other.</summary>
/// <param name="Transform">Takes positions of the first list to those of the second.</param>
/// <param name="Pairs">Indices of stars that are the same in both lists.</param>
/// <param name="Rms">Root mean square distance of the pairs after the transform, in units of the second list.</param>
public sealed record StarMatch(PlaneTransform Transform, IReadOnlyList<(int First, int Second)> Pairs, double Rms);
