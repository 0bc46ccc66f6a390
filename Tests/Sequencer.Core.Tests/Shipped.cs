namespace Sequencer.Core.Tests;

/// <summary>The files that ship with the product, found above the tests.</summary>
internal static class Shipped
{
    /// <summary>Absolute path of a file below <c>deploy</c>.</summary>
    public static string File(string name)
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (System.IO.File.Exists(Path.Combine(folder, "Alpaca.sln")))
                return Path.Combine(folder, "deploy", name);
        }

        throw new FileNotFoundException("These tests must run below the repository: Alpaca.sln is not above them.");
    }
}
