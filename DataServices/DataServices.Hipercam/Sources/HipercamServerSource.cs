namespace DataServices.Hipercam;

/// <summary>A HiPERCAM run on the file server: from a frame on, always the newest, or always the one so many before it. Never ends.</summary>
internal sealed class HipercamServerSource : FrameSource
{
    private readonly HipercamServerClient _client;
    private readonly HipercamRun _run;
    private readonly int _first;
    private bool _hasBegun;
    private int _position;
    private int _expected;

    private HipercamServerSource(string name, HipercamServerClient client, HipercamRun run, int first)
        : base(name)
    {
        _client = client;
        _run = run;
        _first = first;
        _expected = first;
    }

    public static async Task<FrameSource> OpenAsync(string run, SourceOptions options, CancellationToken cancel)
    {
        var server = ServerAddress.Hipercam(options.Server);
        var client = await HipercamServerClient.ConnectAsync(server, run, options.Clock, cancel);
        try
        {
            var header = HipercamRun.FromHeader(new Uri(server, run).ToString(), await client.GetHeaderAsync(cancel), options.IsFull);
            var source = new HipercamServerSource(run, client, header, options.First);
            // The newest frame is one that was not there yet when the run was opened.
            if (options.First == 0)
                source._position = await client.CountAsync(cancel);
            return source;
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }
    }

    public override string? Setup => _run.Setup;

    public override ValueTask DisposeAsync() => _client.DisposeAsync();

    protected override ValueTask<NextFrame> NextAsync(CancellationToken cancel) => _first switch
    {
        > 0 => InOrderAsync(cancel),
        0 => NewestAsync(cancel),
        _ => BehindAsync(cancel),
    };

    private async ValueTask<NextFrame> InOrderAsync(CancellationToken cancel)
    {
        var bytes = _hasBegun ? await _client.GetNextAsync(cancel) : await _client.GetFrameAsync(_first, cancel);
        if (bytes.IsEmpty)
            return NextFrame.NotYet;
        _hasBegun = true;
        return Decode(bytes, _expected);
    }

    private async ValueTask<NextFrame> NewestAsync(CancellationToken cancel)
    {
        var count = await _client.CountAsync(cancel);
        if (count <= _position)
            return NextFrame.NotYet;
        var bytes = await _client.GetLastAsync(cancel);
        if (bytes.IsEmpty)
            return NextFrame.NotYet;
        var next = Decode(bytes, null);
        _position = next.Frame!.Number;
        return next;
    }

    private async ValueTask<NextFrame> BehindAsync(CancellationToken cancel)
    {
        var target = await _client.CountAsync(cancel) + _first;
        if (target < 1 || target <= _position)
            return NextFrame.NotYet;
        var bytes = target == _position + 1 && _hasBegun ? await _client.GetNextAsync(cancel) : await _client.GetFrameAsync(target, cancel);
        if (bytes.IsEmpty)
            return NextFrame.NotYet;
        _hasBegun = true;
        _position = target;
        return Decode(bytes, null);
    }

    // Where frames are left out on purpose, whichever comes is the one expected.
    private NextFrame Decode(ReadOnlyMemory<byte> bytes, int? expected)
    {
        if (bytes.Length < HipercamStamp.Length)
            throw new RunException($"{Name}: the server sent a frame of {bytes.Length} bytes; the header says {_run.FrameBytes}.");
        var number = HipercamStamp.Decode(bytes.Span[^HipercamStamp.Length..]).Number;
        var frame = _run.Decode(bytes.Span, expected ?? number);
        _expected = frame.Number + 1;
        return NextFrame.Of(frame);
    }
}
