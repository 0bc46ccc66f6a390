namespace DataServices.Hipercam;

/// <summary>An instrument somebody adds: its runs are read as <c>NAME:local</c>, and from its file server as <c>NAME:server</c>.</summary>
public interface IInstrument
{
    /// <summary>The name in front of the colon; case matters.</summary>
    string Name { get; }

    /// <summary>Whether there is a file server.</summary>
    bool HasServer { get; }

    /// <summary>Opens a run.</summary>
    /// <param name="resource">The run as the user named it.</param>
    /// <param name="isServer">Whether it is on the file server.</param>
    /// <param name="options">First frame and so on.</param>
    /// <param name="cancel">Ends waiting for a server.</param>
    ValueTask<FrameSource> OpenAsync(string resource, bool isServer, SourceOptions options, CancellationToken cancel);

    /// <summary>Label and size of every chip, in order.</summary>
    /// <inheritdoc cref="OpenAsync"/>
    ValueTask<IReadOnlyList<KeyValuePair<string, CcdSize>>> GetCcdsAsync(string resource, bool isServer, SourceOptions options, CancellationToken cancel);
}
