using System.CommandLine;
using Benchmarks.Images;
using Benchmarks.Server;
using Benchmarks.Streams;

namespace Benchmarks;

/// <summary>Load programs: one verb per subject; what counts are the ratios to a yardstick of the same run.</summary>
internal static class Program
{
    private static Task<int> Main(string[] arguments)
    {
        var root = new RootCommand("Measures speed relative to a yardstick of the same run.");
        root.Subcommands.Add(ServerCommand.Create());
        root.Subcommands.Add(ImagesCommand.Create());
        root.Subcommands.Add(StreamsCommand.Create());
        return root.Parse(arguments).InvokeAsync();
    }
}
