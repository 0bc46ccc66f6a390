namespace DataServices.Hipercam;

/// <summary>A run in local files, read by position.</summary>
internal interface IRunFile : IDisposable
{
    /// <inheritdoc cref="FrameSource.Setup"/>
    string Setup { get; }

    /// <summary>Complete frames there are now.</summary>
    int CountFrames();

    /// <summary>Looks again at what says how many frames there are, if that can change.</summary>
    void Refresh();

    /// <summary>Reads one frame; positions count from 1.</summary>
    Mccd ReadFrame(int position);

    /// <summary>What is missing at the end, in words; null when nothing is.</summary>
    string? Truncation();
}
