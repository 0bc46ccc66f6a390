using System.Text.Json;

namespace DataServices.Aartfaac.Tests;

/// <summary>Captured streams and reference values that lie beside the repository, if they do.</summary>
internal static class Golden
{
    public static string? Folder { get; } = Find();

    public static string Capture(string name) => Path.Combine(Folder!, "data", name);

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

/// <summary>A test that is skipped, with the reason shown, where the captured streams are not at hand.</summary>
internal sealed class GoldenFactAttribute : FactAttribute
{
    public GoldenFactAttribute() => Skip = Golden.Folder is null ? "the captured streams (shared/golden/streams) are not here" : null;
}
