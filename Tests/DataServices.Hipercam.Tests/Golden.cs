using System.Text.Json;

namespace DataServices.Streams.Tests;

/// <summary>Runs, captured streams and reference values that lie beside the repository, if they do. Compiled into the tests of both readers.</summary>
internal static class Golden
{
    public static string? Folder { get; } = Find();

    public static string Data(string name) => Path.Combine(Folder!, "data", name);

    public static JsonElement Values(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder!, file)));
        return document.RootElement.Clone();
    }

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", "golden", "streams");
            if (Directory.Exists(candidate))
                return candidate;
        }

        return null;
    }
}

/// <summary>A test that is skipped, with the reason shown, where the reference data are not at hand.</summary>
internal sealed class GoldenFactAttribute : FactAttribute
{
    public GoldenFactAttribute() => Skip = Golden.Folder is null ? "the reference data (shared/golden/streams) are not here" : null;
}

/// <inheritdoc cref="GoldenFactAttribute"/>
internal sealed class GoldenTheoryAttribute : TheoryAttribute
{
    public GoldenTheoryAttribute() => Skip = Golden.Folder is null ? "the reference data (shared/golden/streams) are not here" : null;
}
