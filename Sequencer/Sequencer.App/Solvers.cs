using Alpaca.Astronomy.Catalogue;
using Sequencer.Core.Configuration;
using Sequencer.Imaging;

namespace Sequencer.App;

/// <summary>The plate solver that a configuration asks for.</summary>
internal static class Solvers
{
    public static IPlateSolver Create(SolverOptions options, TimeProvider clock) => options.Kind switch
    {
        SolverKind.Catalogue => new CatalogueSolver(StarCatalogue.OpenInstalled(), clock),
        _ => new AstrometryNetSolver(clock),
    };
}
