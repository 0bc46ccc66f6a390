namespace Sequencer.Imaging;

/// <summary>Finds out where on the sky a frame was taken.</summary>
public interface IPlateSolver
{
    /// <summary>Short name for journals and headers.</summary>
    string Name { get; }

    /// <summary>Solves one frame.</summary>
    /// <exception cref="SolveException">No solution, out of time, or the solver is not installed.</exception>
    /// <exception cref="IOException">The frame's file cannot be read.</exception>
    Task<PlateSolution> SolveAsync(PlateSolveRequest request, CancellationToken cancel = default);
}
