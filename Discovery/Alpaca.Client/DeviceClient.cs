using Alpaca.Contract;

namespace Alpaca.Client;

/// <summary>A device on an Alpaca server, whoever made it. Its members are generated from the contract; this is how they travel.</summary>
/// <param name="connection">The server.</param>
/// <param name="deviceType">The type as URLs spell it.</param>
/// <param name="number">The device's number among those of its type, from 0.</param>
public abstract partial class DeviceClient(AlpacaConnection connection, string deviceType, int number)
{
    private static readonly char[] s_digits = [.. "0123456789"];
    private readonly string _path = FormattableString.Invariant($"api/v1/{deviceType}/{number}/");
    private readonly string _device = FormattableString.Invariant($"{deviceType} {number}");

    /// <summary>The server.</summary>
    public AlpacaConnection Connection { get; } = connection;

    /// <summary>The type as URLs spell it.</summary>
    public string DeviceType { get; } = deviceType;

    /// <summary>The device's number among those of its type, from 0.</summary>
    public int Number { get; } = number;

    public override string ToString() => $"{_device} at {Connection.BaseAddress.GetLeftPart(UriPartial.Authority)}";

    private protected ValueTask<T> GetAsync<T>(string member, JsonValueReader<T> reader, CancellationToken cancel) =>
        GetAsync(member, default, reader, cancel);

    private protected async ValueTask<T> GetAsync<T>(string member, AlpacaArguments arguments, JsonValueReader<T> reader, CancellationToken cancel) =>
        (await Connection.GetAsync(_path + member, arguments, reader, Subject(member, isCommand: false), cancel))!;

    private protected ValueTask<ImageArray> GetImageAsync(string member, CancellationToken cancel) =>
        Connection.GetImageAsync(_path + member, Subject(member, isCommand: false), cancel);

    /// <summary>Reads the state, and gives its numbers the type they have in the contract: on the wire 10 degrees and 10 steps look the same.</summary>
    private protected async ValueTask<IReadOnlyList<StateValue>> GetStateAsync(string member, CancellationToken cancel)
    {
        var state = await GetAsync(member, AlpacaJson.StateList, cancel);
        var numbers = StateNumbers.Of(DeviceType);
        return [.. state.Select(v => v.Value is int integer && numbers.Contains(v.Name.TrimEnd(s_digits)) ? v with { Value = (double)integer } : v)];
    }

    private protected ValueTask PutAsync(string member, CancellationToken cancel) => PutAsync(member, default(AlpacaArguments), cancel);

    private protected async ValueTask PutAsync(string member, AlpacaArguments arguments, CancellationToken cancel) =>
        await Connection.PutAsync<object>(_path + member, arguments, null, Subject(member, isCommand: true), cancel);

    private protected ValueTask<T> PutAsync<T>(string member, JsonValueReader<T> reader, CancellationToken cancel) =>
        PutAsync(member, default, reader, cancel);

    private protected async ValueTask<T> PutAsync<T>(string member, AlpacaArguments arguments, JsonValueReader<T> reader, CancellationToken cancel) =>
        (await Connection.PutAsync(_path + member, arguments, reader, Subject(member, isCommand: true), cancel))!;

    private RequestSubject Subject(string member, bool isCommand) => new(Connection.BaseAddress, _device, member, isCommand);
}
