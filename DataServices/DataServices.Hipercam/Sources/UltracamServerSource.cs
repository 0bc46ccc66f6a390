namespace DataServices.Hipercam;

/// <summary>An ULTRACAM or ULTRASPEC run on the ATC file server: from a frame on, or always the newest. Never ends.</summary>
internal sealed class UltracamServerSource : FrameSource
{
    private const int FewFrames = 8;
    private const long MostHistory = 64 << 20;
    private readonly UltracamServerClient _client;
    private readonly UltracamRun _run;
    private readonly UltracamClock _clock;
    private readonly bool _isNewest;
    private int _position;

    private UltracamServerSource(string name, UltracamServerClient client, UltracamRun run, int first)
        : base(name)
    {
        _client = client;
        _run = run;
        _clock = new UltracamClock(run);
        _isNewest = first == 0;
        _position = Math.Max(0, first - 1);
    }

    public static async Task<FrameSource> OpenAsync(string run, SourceOptions options, CancellationToken cancel)
    {
        var server = ServerAddress.Ultracam(options.Server);
        var client = new UltracamServerClient(server, run, options.Clock);
        try
        {
            var header = await ReadXmlAsync(client, new Uri(server, run), options, cancel);
            header.RequireFrames();
            return new UltracamServerSource(run, client, header, options.First);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    public static async Task<UltracamRun> ReadXmlAsync(string run, SourceOptions options, CancellationToken cancel)
    {
        var server = ServerAddress.Ultracam(options.Server);
        using var client = new UltracamServerClient(server, run, options.Clock);
        return await ReadXmlAsync(client, new Uri(server, run), options, cancel);
    }

    public override string? Setup => _run.Setup;

    public override ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    protected override async ValueTask<NextFrame> NextAsync(CancellationToken cancel)
    {
        var position = _position + 1;
        if (_isNewest)
        {
            position = await _client.CountAsync(cancel);
            if (position <= _position)
                return NextFrame.NotYet;
        }

        if (await _client.GetFrameAsync(position, cancel) is not { } bytes)
            return NextFrame.NotYet;
        if (bytes.Length != _run.FrameBytes)
            throw new RunException($"{_run.Name}: the server sent {bytes.Length} bytes of frame {position}, which has {_run.FrameBytes}.");
        await AddHistoryAsync(position, cancel);
        var frame = _run.Decode(bytes, position, _clock);
        _position = position;
        return NextFrame.Of(frame);
    }

    // Times follow from the stamps of frames before. Those that were passed over are fetched: a few small ones, as many as there are windows on
    // their way through the chip in drift modes. Of a run whose frames are so many or so large that this would take long, the first times
    // are flagged as bad instead, as they are at the start of a run.
    private async Task AddHistoryAsync(int position, CancellationToken cancel)
    {
        var depth = Math.Min(_clock.Depth, position - 1);
        var isKnown = Frames > 0 && position > _position && position - 1 - _position <= depth;
        if (!isKnown)
            _clock.Reset();
        var before = isKnown ? _position + 1 : position - depth;
        if (position - before > FewFrames && (position - before) * (long)_run.FrameBytes > MostHistory)
            return;
        for (; before < position; before++)
        {
            if (await _client.GetFrameAsync(before, cancel) is { } bytes && bytes.Length == _run.FrameBytes)
                _ = _clock.Add(bytes.AsSpan(0, _run.TimingBytes));
        }
    }

    private static async Task<UltracamRun> ReadXmlAsync(UltracamServerClient client, Uri run, SourceOptions options, CancellationToken cancel)
    {
        await using var xml = await client.GetXmlAsync(cancel);
        return UltracamRun.FromXml(run.ToString(), xml, options.CorrectLegacyTrim);
    }
}
