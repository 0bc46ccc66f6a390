using System.Runtime.CompilerServices;

namespace Sequencer.Core.Tests;

/// <summary>The files that ship with the product, found beside the tests' sources.</summary>
internal static class Shipped
{
    /// <summary>Absolute path of a file below <c>deploy</c>.</summary>
    public static string File(string name) => Path.Combine(Root(), "deploy", name);

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath("../..", Path.GetDirectoryName(here)!);
}
