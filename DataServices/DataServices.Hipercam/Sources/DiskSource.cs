namespace DataServices.Hipercam;

/// <summary>A run in local files, from a frame on, or always the newest.</summary>
internal sealed class DiskSource : FrameSource
{
    private readonly IRunFile _file;
    private readonly bool _isFollowing;
    private readonly bool _isNewest;
    private int _position;

    public DiskSource(string name, IRunFile file, SourceOptions options)
        : base(name)
    {
        _file = file;
        _isNewest = options.First == 0;
        _isFollowing = options.IsFollowing;
        _position = Math.Max(0, options.First - 1);
    }

    public override string? Setup => _file.Setup;

    public override ValueTask DisposeAsync()
    {
        _file.Dispose();
        return ValueTask.CompletedTask;
    }

    protected override ValueTask<NextFrame> NextAsync(CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var count = _file.CountFrames();
        if (_isNewest || _isFollowing && count <= _position)
        {
            _file.Refresh();
            count = _file.CountFrames();
        }

        if (count <= _position)
            return ValueTask.FromResult(_isNewest || _isFollowing ? NextFrame.NotYet : Over());
        _position = _isNewest ? count : _position + 1;
        return ValueTask.FromResult(NextFrame.Of(_file.ReadFrame(_position)));
    }

    private NextFrame Over() => _file.Truncation() is { } note ? new NextFrame(NextFrameKind.Truncated, null, note) : NextFrame.End;
}
