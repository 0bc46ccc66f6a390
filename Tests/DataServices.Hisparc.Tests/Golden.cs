using System.Text.Json;

namespace DataServices.Hisparc.Tests;

/// <summary>The reference set beside the repository, where there is one: uploads in many dialects and what the reference made of them.</summary>
internal static class Golden
{
    public static string? Folder { get; } = Find();

    public static JsonElement Json(string name) => JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder!, name))).RootElement.Clone();

    private static string? Find()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            var candidate = Path.Combine(directory.FullName, "shared", "golden", "hisparc");
            if (File.Exists(Path.Combine(candidate, "manifest.json")))
                return candidate;
        }

        return null;
    }
}

/// <summary>Runs only where the reference set is.</summary>
internal sealed class GoldenFactAttribute : FactAttribute
{
    public GoldenFactAttribute() => Skip = Golden.Folder is null ? "the reference set (shared/golden/hisparc) is not here" : null;
}
