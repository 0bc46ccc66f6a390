namespace DataServices.Hipercam;

/// <summary>The frames of a list of .hcm files.</summary>
internal sealed class HcmListSource(string name, IReadOnlyList<(string Name, string Path)> files, string? ccd) : FrameSource(name)
{
    private int _next;

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    protected override ValueTask<NextFrame> NextAsync(CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (_next == files.Count)
            return ValueTask.FromResult(NextFrame.End);
        var (listed, path) = files[_next++];
        var frame = HcmFile.Read(path);
        try
        {
            if (ccd is not null)
                frame = new Mccd([frame[ccd]], frame.Header);
        }
        catch (KeyNotFoundException error)
        {
            throw new KeyNotFoundException($"{path}: {error.Message}", error);
        }

        frame.Header.Set("FILENAME", listed, "name in the list");
        return ValueTask.FromResult(NextFrame.Of(frame));
    }
}
