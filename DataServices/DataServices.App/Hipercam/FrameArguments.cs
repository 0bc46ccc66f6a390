using System.CommandLine;
using DataServices.Hipercam;

namespace DataServices.App.Hipercam;

/// <summary>The arguments all verbs for runs share.</summary>
internal sealed class FrameArguments
{
    public Argument<string> Source { get; } = new("source") { Description = $"where the frames are: {DataSource.Known}" };

    public Argument<string> Resource { get; } = new("resource") { Description = "the run (a path for local ones), or the list of .hcm files" };

    public Option<string?> Server { get; } = ServerOption();

    public Option<bool> CorrectTrim { get; } = new("--correct-legacy-trim")
    {
        Description = "ULTRACAM runs without a version: place the left window, not the right one, by the column they lose",
    };

    public Option<int> First { get; } = new("--first")
    {
        Description = "first frame, from 1 (a list of files is read whole); 0: the newest; below 0, from hs: so many before the newest",
        DefaultValueFactory = _ => 1,
    };

    public Option<long?> Limit { get; } = new("--limit") { Description = "stop after so many frames" };

    public Command AddTo(Command command, bool hasRange)
    {
        command.Arguments.Add(Source);
        command.Arguments.Add(Resource);
        command.Options.Add(Server);
        command.Options.Add(CorrectTrim);
        if (hasRange)
        {
            command.Options.Add(First);
            command.Options.Add(Limit);
        }

        return command;
    }

    public static Option<string?> ServerOption() => new("--server")
    {
        Description = "address of the file server; without it HIPERCAM_DEFAULT_URL or ULTRACAM_DEFAULT_URL, then port 8007 of this machine",
    };

    public SourceOptions Options(ParseResult result) => new()
    {
        Server = result.GetValue(Server),
        CorrectLegacyTrim = result.GetValue(CorrectTrim),
        Instruments = result.GetRequiredValue(Source).Contains(':', StringComparison.Ordinal) ? InstrumentFolder.Load() : [],
    };

    public long LimitOf(ParseResult result) => result.GetValue(Limit) switch
    {
        null => long.MaxValue,
        < 0 and var limit => throw new ArgumentException($"--limit {limit}: a number of frames is 0 or more."),
        var limit => limit.Value,
    };
}
