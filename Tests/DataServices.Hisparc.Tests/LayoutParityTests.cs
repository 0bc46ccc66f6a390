using System.Diagnostics;
using DataServices.Hisparc.Events;
using DataServices.Hisparc.Store;

namespace DataServices.Hisparc.Tests;

public sealed class LayoutParityTests
{
    [H5DumpFact]
    public void An_empty_file_with_all_tables_is_described_as_the_reference_s()
    {
        var directory = Directory.CreateTempSubdirectory("hisparc-parity-").FullName;
        try
        {
            var path = Path.Combine(directory, "2026_1_5.h5");
            using (var file = DayFile.Open(path, new StoreOptions { ReferenceCompatible = true }, new HisparcMetrics()))
            {
                Assert.Equal(0, file.Append(new StationEvents("Amsterdam", 501, [], [], [.. EventTypes.Everything]), new DayIndex()));
                file.Close();
            }

            Assert.Empty(DayCheck.Problems(path, thorough: true));
            Assert.Equal(Lines(File.ReadAllText(Path.Combine(Golden.Folder!, "hisparc_layout_props_attrs.txt"))), Lines(H5Dump.Run("-A", "-p", path)));
            const int superblock = 17;
            Assert.Equal(Lines(File.ReadAllText(Path.Combine(Golden.Folder!, "hisparc_layout_superblock.txt")))[..superblock], Lines(H5Dump.Run("-B", "-H", path))[..superblock]);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    // The file's name, where the bytes lie, and what h5dump says on leaving are not the layout.
    private static string[] Lines(string text) =>
    [
        .. text.Split("# stderr")[0].Split('\n').Select(line => line.TrimEnd())
            .Where(line => line.Length > 0 && !line.StartsWith("HDF5 \"", StringComparison.Ordinal) && !line.Contains("MODIFICATION", StringComparison.Ordinal)),
    ];
}

/// <summary>The HDF5 project's own tool.</summary>
internal static class H5Dump
{
    public static string? Program { get; } = new[] { "/usr/bin/h5dump", "/usr/local/bin/h5dump" }.FirstOrDefault(File.Exists);

    public static string Run(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Program!, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        _ = errors.Result;
        return output;
    }
}

/// <summary>Runs only where h5dump and the reference set are.</summary>
internal sealed class H5DumpFactAttribute : FactAttribute
{
    public H5DumpFactAttribute() => Skip = H5Dump.Program is null ? "h5dump is not installed (apt-get install hdf5-tools)"
        : Golden.Folder is null ? "the reference set (shared/golden/hisparc) is not here" : null;
}
