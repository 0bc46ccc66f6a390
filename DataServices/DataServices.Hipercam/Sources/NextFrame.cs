namespace DataServices.Hipercam;

/// <summary>What a source has to give just now.</summary>
public enum NextFrameKind
{
    /// <summary>A frame.</summary>
    Frame,

    /// <summary>Nothing yet; ask again later.</summary>
    NotYet,

    /// <summary>Nothing more will come: the run is over.</summary>
    End,

    /// <summary>Nothing more will come, and the run is cut off inside a frame.</summary>
    Truncated,
}

/// <summary>The answer to "is there a frame?".</summary>
/// <param name="Kind">Whether there is one.</param>
/// <param name="Frame">The frame, to be disposed of by the caller.</param>
/// <param name="Note">Of a truncated run, what is missing.</param>
public readonly record struct NextFrame(NextFrameKind Kind, Mccd? Frame = null, string? Note = null)
{
    /// <summary>Nothing yet.</summary>
    public static NextFrame NotYet => new(NextFrameKind.NotYet);

    /// <summary>Nothing more.</summary>
    public static NextFrame End => new(NextFrameKind.End);

    /// <summary>A frame.</summary>
    public static NextFrame Of(Mccd frame) => new(NextFrameKind.Frame, frame);
}
