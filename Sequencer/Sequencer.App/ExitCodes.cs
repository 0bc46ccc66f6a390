namespace Sequencer.App;

/// <summary>What the program's exit code means.</summary>
internal static class ExitCodes
{
    /// <summary>Done as asked; for a night: it ended parked and closed.</summary>
    public const int Done = 0;

    /// <summary>It could not be done, or the night did not end parked and closed.</summary>
    public const int Failed = 1;

    /// <summary>The command line or the configuration is wrong; nothing was moved.</summary>
    public const int Usage = 2;
}
