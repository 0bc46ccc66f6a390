namespace Alpaca.Drivers.IOptron;

/// <summary>What the mount answers, and so how the answer is read: no line ends are ever sent, by either side.</summary>
internal enum ReplyKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Four digits without an end mark: the model.</summary>
    Model,

    /// <summary>One character without an end mark: 1 is yes, 0 is no.</summary>
    YesOrNo,

    /// <summary>Characters up to a hash sign.</summary>
    Text,
}

/// <summary>One command, ready to be sent.</summary>
/// <param name="Text">From the colon to the hash sign.</param>
/// <param name="Reply">How its answer is read.</param>
internal sealed record MountCommand(string Text, ReplyKind Reply)
{
    /// <summary>True for a question, which may be asked again when the answer is lost. Anything else is sent once: nobody knows whether the first one arrived.</summary>
    public bool IsQuery { get; init; }

    /// <summary>True for commands that the mount thinks about for longer than others.</summary>
    public bool IsSlow { get; init; }

    /// <summary>True where some firmware never answers, so that silence means yes.</summary>
    public bool SilenceIsYes { get; init; }

    public static MountCommand Ask(string text, ReplyKind reply = ReplyKind.Text) => new(text, reply) { IsQuery = true };

    public static MountCommand Set(string text) => new(text, ReplyKind.YesOrNo);

    public static MountCommand Tell(string text) => new(text, ReplyKind.None);

    public override string ToString() => Text;
}
