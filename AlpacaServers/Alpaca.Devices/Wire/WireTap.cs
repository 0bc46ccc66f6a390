using Alpaca.Devices.Links;

namespace Alpaca.Devices.Wire;

/// <summary>Stands between a program and an instrument: passes every byte on, both ways, and shows it to a recorder.</summary>
public static class WireTap
{
    private static readonly TimeSpan s_writing = TimeSpan.FromSeconds(5);

    /// <summary>Passes bytes on until either side is lost or the token says stop.</summary>
    /// <exception cref="LinkException">The instrument was lost.</exception>
    public static async Task RunAsync(ILink program, ILink instrument, WireRecorder recorder, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(recorder);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        await using var recorded = new RecordingLink(new Borrowed(instrument), recorder);
        var toInstrument = PassAsync(program, recorded, end.Token);
        var toProgram = PassAsync(recorded, program, end.Token);
        await Task.WhenAny(toInstrument, toProgram);
        end.Cancel();
        foreach (var way in new[] { toInstrument, toProgram })
        {
            try
            {
                await way;
            }
            catch (OperationCanceledException)
            {
                // The other way ended first, or all should.
            }
            catch (LinkException e) when (e.Port == program.Name)
            {
                // The program has closed the port; the next one may open it.
            }
        }
    }

    private static async Task PassAsync(ILink from, ILink to, CancellationToken cancel)
    {
        var bytes = new byte[1024];
        while (true)
        {
            var count = await from.ReadAsync(bytes, Timeout.InfiniteTimeSpan, cancel);
            await to.WriteAsync(bytes.AsMemory(0, count), s_writing, cancel);
        }
    }

    /// <summary>The instrument outlives the recording of one program.</summary>
    private sealed class Borrowed(ILink inner) : ILink
    {
        public string Name => inner.Name;

        public TimeProvider Time => inner.Time;

        public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, TimeSpan deadline, CancellationToken cancel = default) => inner.WriteAsync(bytes, deadline, cancel);

        public ValueTask<int> ReadAsync(Memory<byte> into, TimeSpan deadline, CancellationToken cancel = default) => inner.ReadAsync(into, deadline, cancel);

        public void DiscardInput() => inner.DiscardInput();

        public ValueTask DisposeAsync() => default;
    }
}
