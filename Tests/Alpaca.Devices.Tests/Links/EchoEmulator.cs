using System.Text;
using Emulators.Kit;

namespace Alpaca.Devices.Tests.Links;

/// <summary>An instrument that answers every line ending in # with the same line in capitals.</summary>
internal sealed class EchoEmulator(TimeProvider clock) : WireEmulator(clock)
{
    private readonly StringBuilder _line = new();

    public TimeSpan Delay { get; set; }

    public List<string> Heard { get; } = [];

    protected override void Receive(ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
        {
            _line.Append((char)b);
            if (b != '#')
                continue;
            Heard.Add(_line.ToString());
            Send(_line.ToString().ToUpperInvariant(), Delay);
            _line.Clear();
        }
    }
}
