using System.Text.Json.Nodes;
using Sequencer.Core.Configuration.Schema;
using Sequencer.Core.Configuration.Sections;

namespace Sequencer.Core.Configuration;

/// <summary>The observatory's YAML file: read strictly, described to people and to editors.</summary>
public static class ConfigurationFile
{
    /// <summary>
    /// Reads a file and, when it stands beside it, <c>&lt;name&gt;_local.yaml</c> with the local differences. Paths come out absolute.
    /// </summary>
    /// <param name="path">The file, for example <c>observatory.yaml</c>.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ConfigurationException">Unknown keys, wrong units, impossible values: every one with file and line.</exception>
    public static ObservatoryConfiguration Load(string path)
    {
        var full = Path.GetFullPath(path);
        var node = YamlFile.Read(full);
        var local = LocalPath(full);
        if (File.Exists(local))
            node = ConfigurationOverlay.Merge(node, YamlFile.Read(local));
        return Read(node, Path.GetDirectoryName(full)!);
    }

    /// <summary>Reads configuration text.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="folder">Absolute folder that relative directories stand on.</param>
    /// <param name="source">Name of the file in messages.</param>
    /// <exception cref="ConfigurationException">As in <see cref="Load"/>.</exception>
    public static ObservatoryConfiguration Parse(string text, string folder, string source = "observatory.yaml") =>
        Read(YamlFile.Parse(text, source), folder);

    /// <summary>The file of local differences that belongs to a base file.</summary>
    public static string LocalPath(string path) =>
        Path.Combine(Path.GetDirectoryName(path) ?? "", Path.GetFileNameWithoutExtension(path) + "_local" + Path.GetExtension(path));

    /// <summary>JSON schema (draft 2020-12) of the file, for editors.</summary>
    public static JsonObject Schema()
    {
        var schema = ObservatorySection.Root.Schema();
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", "observatory.yaml");
        return schema;
    }

    /// <summary>One row per key: name, kind, default, meaning.</summary>
    public static IReadOnlyList<KeyDocumentation> Document() => [.. ObservatorySection.Root.Document()];

    /// <summary>The whole configuration as it is in force, as a tree that could be read again.</summary>
    public static JsonNode Write(ObservatoryConfiguration configuration) => ObservatorySection.Root.Write(configuration);

    private static ObservatoryConfiguration Read(ConfigurationNode node, string folder)
    {
        var problems = new Problems();
        if (!ObservatorySection.Root.TryRead(node, "", problems, out var configuration))
            throw new ConfigurationException(problems.List);
        var directories = configuration.Directories.Resolve(folder);
        return configuration with
        {
            Directories = directories,
            Db = configuration.Db with { Folder = Path.GetFullPath(configuration.Db.Folder, directories.Base) },
        };
    }
}
