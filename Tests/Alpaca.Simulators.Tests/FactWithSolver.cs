using Alpaca.Astronomy.Catalogue;

namespace Alpaca.Simulators.Tests;

/// <summary>A fact that needs astrometry.net and its catalogue, and is skipped where they are not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FactWithSolverAttribute : FactAttribute
{
    public FactWithSolverAttribute()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (!folders.Any(f => File.Exists(Path.Combine(f, "solve-field"))) || !Directory.Exists(StarCatalogue.DefaultFolder))
            Skip = "astrometry.net or its catalogue is not installed";
    }
}
