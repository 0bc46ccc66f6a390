namespace DataServices.Hipercam;

/// <summary>A HiPERCAM run in a local file, from a frame on, or always the newest.</summary>
internal sealed class HipercamDiskSource : FrameSource
{
    private readonly HipercamRunFile _file;
    private readonly bool _isFollowing;
    private readonly bool _isNewest;
    private int _position;

    public HipercamDiskSource(string name, SourceOptions options)
        : base(name)
    {
        _file = HipercamRunFile.Open(name, options.IsFull);
        _isNewest = options.First == 0;
        _isFollowing = options.IsFollowing;
        _position = Math.Max(0, options.First - 1);
    }

    public override ValueTask DisposeAsync()
    {
        _file.Dispose();
        return ValueTask.CompletedTask;
    }

    private protected override ValueTask<NextFrame> NextAsync(CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (_isNewest || _isFollowing)
            _file.Refresh();
        var count = _file.CountFrames();
        if (count <= _position)
            return ValueTask.FromResult(_isNewest || _isFollowing ? NextFrame.NotYet : Over());
        _position = _isNewest ? count : _position + 1;
        return ValueTask.FromResult(NextFrame.Of(_file.ReadFrame(_position)));
    }

    private NextFrame Over() => _file.Truncation() is { } note ? new NextFrame(NextFrameKind.Truncated, null, note) : NextFrame.End;
}
