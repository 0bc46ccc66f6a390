using System.Globalization;
using System.Text.Json;
using Alpaca.Contract.Description;

namespace Conformance.Tests;

/// <summary>
/// Every operation of the contract over HTTP, on devices that note their calls: a good request reaches its own member with its own arguments, and one that is refused
/// reaches none. What replies look like from outside is the business of the conformance checks.
/// </summary>
public sealed class DispatchTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private static readonly (string, string)[] s_ids = [("ClientID", "123456"), ("ClientTransactionID", "67890")];

    [Fact]
    public Task A_good_request_reaches_its_member_and_brings_its_value() => ForAllAsync(async operation =>
    {
        var device = server.Device(operation.DeviceType);
        RecordingDevice.Taken(device);
        var reply = await server.SendAsync(operation.Verb, operation.Path, [.. s_ids, .. Good(operation)]);
        ShouldBeAnswer(operation, reply, transaction: 67890);

        var call = RecordingDevice.Taken(device).Single();
        Equal(MethodOf(operation.Member), call.Method);
        var arguments = call.Arguments.Select(a => a is Enum e ? Convert.ToInt32(e, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture)
            : a is DateTimeOffset t ? t.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)
            : Convert.ToString(a, CultureInfo.InvariantCulture)!.ToLowerInvariant() is var text && a is bool ? text : Convert.ToString(a, CultureInfo.InvariantCulture)!);
        Equal(string.Join('|', Good(operation).Select(p => p.Value)), string.Join('|', arguments));
    });

    [Fact]
    public Task A_missing_parameter_is_refused_by_name_and_the_device_is_not_asked() => ForAllAsync(async operation =>
    {
        var device = server.Device(operation.DeviceType);
        foreach (var parameter in operation.Member.Parameters)
        {
            RecordingDevice.Taken(device);
            var parameters = Good(operation).Where(p => p.Name != parameter.Name).ToArray();
            ShouldBeRefused(await server.SendAsync(operation.Verb, operation.Path, parameters), 400, parameter.Name);
            Equal(0, RecordingDevice.Taken(device).Count);
        }
    });

    [Fact]
    public Task A_parameter_that_cannot_be_read_is_refused_by_name_and_the_device_is_not_asked() => ForAllAsync(async operation =>
    {
        var device = server.Device(operation.DeviceType);
        foreach (var parameter in operation.Member.Parameters.Where(p => p.Type != WireType.String))
        {
            foreach (var bad in (string[])["asduio6fghZZ", "", "     ", "1;2"])
            {
                RecordingDevice.Taken(device);
                var parameters = Good(operation).Select(p => p.Name == parameter.Name ? (p.Name, bad) : p).ToArray();
                ShouldBeRefused(await server.SendAsync(operation.Verb, operation.Path, parameters), 400, parameter.Name);
                Equal(0, RecordingDevice.Taken(device).Count);
            }
        }
    });

    [Fact]
    public Task An_enumeration_or_integer_out_of_range_is_the_devices_error() => ForAllAsync(async operation =>
    {
        foreach (var parameter in operation.Member.Parameters.Where(p => p.Type is WireType.Enumeration or WireType.Integer))
        {
            var outside = parameter.Type == WireType.Enumeration ? "99" : "3000000000";
            var parameters = Good(operation).Select(p => p.Name == parameter.Name ? (p.Name, outside) : p).Concat(s_ids).ToArray();
            var reply = await server.SendAsync(operation.Verb, operation.Path, parameters);
            Equal(200, reply.Status);
            var json = JsonDocument.Parse(reply.Body).RootElement;
            Equal(0x401, json.GetProperty("ErrorNumber").GetInt32());
            Equal(67890, json.GetProperty("ClientTransactionID").GetInt32());
        }
    });

    [Fact]
    public void The_sweep_covers_all_operations_of_all_types() =>
        Assert.Equal((10 * 16) + 181 - 11 + 87 - 5 + 1, ServerFixture.Operations.Count());

    private static (string Name, string Value)[] Good(Operation operation) =>
        [.. operation.Member.Parameters.Select(p => (p.Name, p.Type switch
        {
            WireType.Boolean => "true",
            WireType.Integer => "3",
            WireType.Enumeration => "1",
            WireType.Number => "2.5",
            WireType.DateTime => "2026-01-31T12:00:00Z",
            _ => "Some Text",
        }))];

    /// <summary>The C# name of a member, from the naming rule of the contract and its exceptions.</summary>
    private static string MethodOf(MemberDescription member) => (member.Verb, member.Name) switch
    {
        ("GET", "SetCCDTemperature") => "CCDSetPointAsync",
        ("PUT", "SetCCDTemperature") => "SetCCDSetPointAsync",
        (_, "CanAsync") => "CanStartChangeAsync",
        (_, "CancelAsync") => "CancelChangeAsync",
        (_, "SetAsync") => "StartSetSwitchAsync",
        (_, "SetAsyncValue") => "StartSetSwitchValueAsync",
        (_, "CanSlewAsync") => "CanStartSlewAsync",
        (_, "CanSlewAltAzAsync") => "CanStartSlewAltAzAsync",
        (_, ['S', 'l', 'e', 'w', .., 'A', 's', 'y', 'n', 'c']) => "Start" + member.Name,
        ("PUT", _) when member.Parameters is [{ } only] && only.Name == member.Name && member.Name != "Action" => $"Set{member.Name}Async",
        _ => member.Name + "Async",
    };

    private static void ShouldBeAnswer(Operation operation, HttpReply reply, int transaction)
    {
        Equal("200 " + reply.Body, $"{reply.Status} {reply.Body}");
        Equal("application/json; charset=utf-8", reply.ContentType);
        var json = JsonDocument.Parse(reply.Body).RootElement;
        Equal(transaction, json.GetProperty("ClientTransactionID").GetInt32());
        Equal(0, json.GetProperty("ErrorNumber").GetInt32());
        Equal("", json.GetProperty("ErrorMessage").GetString());
        if (json.GetProperty("ServerTransactionID").GetInt64() < 1)
            throw new InvalidOperationException("ServerTransactionID is below 1.");
        var keys = string.Join(',', json.EnumerateObject().Select(p => p.Name).Where(n => n is not ("Type" or "Rank")));
        Equal((operation.Member.Returns is null ? "" : "Value,") + "ClientTransactionID,ServerTransactionID,ErrorNumber,ErrorMessage", keys);
        if (operation.Member.Returns is { } type)
            Equal(Sample(type), json.GetProperty("Value").GetRawText().Split(",{\"Name\":\"TimeStamp\"")[0]);
    }

    /// <summary>What the recording device's answers look like on the wire.</summary>
    private static string Sample(WireType type) => type switch
    {
        WireType.Boolean => "true",
        WireType.Integer => "42",
        WireType.Number => "1.25",
        WireType.String => "\"text\"",
        WireType.DateTime => "\"2026-11-21T06:18:47.0000000Z\"",
        WireType.Enumeration => "1",
        WireType.StringList => "[\"text\"]",
        WireType.IntegerList => "[42]",
        WireType.EnumerationList => "[3]",
        WireType.AxisRateList => "[{\"Minimum\":0,\"Maximum\":1.25}]",
        WireType.StateList => "[{\"Name\":\"Slewing\",\"Value\":true}",
        WireType.ImageArray => "[[1],[2]]",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not on the wire."),
    };

    private static void ShouldBeRefused(HttpReply reply, int status, string mentioning)
    {
        Equal($"{status} {reply.Body}", $"{reply.Status} {reply.Body}");
        Equal("text/plain; charset=utf-8", reply.ContentType);
        if (!reply.Body.Contains(mentioning, StringComparison.Ordinal))
            throw new InvalidOperationException($"\"{reply.Body}\" does not mention {mentioning}.");
    }

    private static void Equal<T>(T expected, T actual) => Assert.Equal(expected, actual);

    /// <summary>Tries all operations and reports all that fail.</summary>
    private static async Task ForAllAsync(Func<Operation, Task> check)
    {
        var failures = new List<string>();
        foreach (var operation in ServerFixture.Operations)
        {
            try
            {
                await check(operation);
            }
            catch (Exception e) when (e is Xunit.Sdk.XunitException or InvalidOperationException or JsonException or KeyNotFoundException)
            {
                failures.Add($"{operation}: {e.Message.ReplaceLineEndings(" ")}");
            }
        }

        Assert.True(failures.Count == 0, $"{failures.Count} operations fail:\n{string.Join('\n', failures.Take(20))}");
    }
}
