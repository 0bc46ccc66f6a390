using System.Globalization;
using Alpaca.Devices.Links;

namespace Alpaca.Devices.Tests.Sample;

/// <summary>The language of the Stepper focuser: 9600 8N1, ASCII, every message ends with #.</summary>
internal sealed class StepperProtocol(ILink link)
{
    private readonly Dialogue _dialogue = new(link, TimeSpan.FromSeconds(1));

    /// <summary>V# -> STEPPER serial#</summary>
    public async ValueTask<string> SerialNumberAsync(CancellationToken cancel)
    {
        var reply = await _dialogue.CommandAsync("V#", '#', cancel);
        return reply.StartsWith("STEPPER ", StringComparison.Ordinal)
            ? reply["STEPPER ".Length..]
            : throw new LinkException(LinkFault.WrongDevice, link.Name, $"this is no Stepper focuser; it answers \"{reply}\"");
    }

    /// <summary>P# -> P00000 to P65535, then M (moving) or S (standing)#</summary>
    public ValueTask<(int Position, bool IsMoving)> PositionAsync(CancellationToken cancel) =>
        _dialogue.AskAsync<(int, bool)>("P#", '#', reply => reply is ['P', _, _, _, _, _, ('M' or 'S') and var motion] && Number(reply[1..^1]) is { } position ? (position, motion == 'M') : null, cancel);

    /// <summary>T# -> T+00.0, degrees Celsius#</summary>
    public ValueTask<double> TemperatureAsync(CancellationToken cancel) =>
        _dialogue.AskAsync<double>("T#", '#', reply =>
            reply is ['T', '+' or '-', _, _, '.', _] && double.TryParse(reply.AsSpan(1), NumberStyles.Float, CultureInfo.InvariantCulture, out var degrees) ? degrees : null, cancel);

    /// <summary>M00000# -> OK#, or ER# if it is out of range</summary>
    public ValueTask MoveAsync(int position, CancellationToken cancel) => DoAsync(string.Create(CultureInfo.InvariantCulture, $"M{position:00000}#"), cancel);

    /// <summary>H# -> OK#</summary>
    public ValueTask HaltAsync(CancellationToken cancel) => DoAsync("H#", cancel);

    private async ValueTask DoAsync(string command, CancellationToken cancel)
    {
        var reply = await _dialogue.CommandAsync(command, '#', cancel);
        if (reply == "ER")
            throw _dialogue.Rejected(command, reply);
        if (reply != "OK")
            throw _dialogue.Malformed(command, reply, "OK or ER");
    }

    private static int? Number(string digits) => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
