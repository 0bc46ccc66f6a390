using System.Globalization;
using Alpaca.Contract;

namespace Alpaca.Client.Tests;

/// <summary>What goes over the wire.</summary>
public sealed class RequestTests
{
    [Fact]
    public async Task A_read_has_its_parameters_in_the_query()
    {
        await using var server = RawServer.Json("""{"Value":1.5}""");
        using var connection = server.Connect();
        await DeviceClients.Create<IObservingConditions>(connection, 3).TimeSinceLastUpdateAsync("Sky Quality&");
        Assert.StartsWith(
            "GET /api/v1/observingconditions/3/timesincelastupdate?SensorName=Sky%20Quality%26&ClientID=4711&ClientTransactionID=1 HTTP/1.1\r\n",
            Assert.Single(server.Requests),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_has_them_in_a_form_without_a_charset()
    {
        await using var server = RawServer.Json("{}");
        using var connection = server.Connect();
        await DeviceClients.Create<ITelescope>(connection).SlewToCoordinatesAsync(1.0 / 3, -1e-7);
        var request = Assert.Single(server.Requests);
        Assert.StartsWith("PUT /api/v1/telescope/0/slewtocoordinates HTTP/1.1\r\n", request, StringComparison.Ordinal);
        Assert.Contains("\r\nContent-Type: application/x-www-form-urlencoded\r\n", request, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\nRightAscension=0.3333333333333333&Declination=-1E-07&ClientID=4711&ClientTransactionID=1", request, StringComparison.Ordinal);
        Assert.DoesNotContain("Expect", request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Transactions_are_numbered_upwards_and_retries_get_numbers_of_their_own()
    {
        await using var server = new RawServer(RawServer.Reply("", status: "500 Oh"), RawServer.Reply("""{"Value":true}"""), RawServer.Reply("{}"));
        using var connection = server.Connect();
        var dome = DeviceClients.Create<IDome>(connection);
        await dome.SlewingAsync();
        await dome.AbortSlewAsync();
        Assert.Equal([1, 2, 3], server.Requests.Select(r => int.Parse(r.Split("ClientTransactionID=")[1].Split(' ')[0], CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Two_clients_have_different_numbers()
    {
        Assert.NotEqual(new AlpacaClientOptions().ClientID, new AlpacaClientOptions().ClientID);
        Assert.InRange(new AlpacaClientOptions().ClientID, 1u, (uint)int.MaxValue);
    }

    [Fact]
    public void Times_go_as_UTC_and_booleans_as_words()
    {
        var arguments = new AlpacaArguments()
            .With("UTCDate", new DateTimeOffset(2026, 11, 21, 23, 0, 0, 250, TimeSpan.FromHours(2)))
            .With("On", true)
            .With("Off", false)
            .With("N", -5);
        Assert.Equal("UTCDate=2026-11-21T21%3A00%3A00.2500000Z&On=True&Off=False&N=-5", arguments.ToString());
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public async Task What_is_no_number_is_refused_before_it_is_sent(double value)
    {
        await using var server = new RawServer();
        using var connection = server.Connect();
        var error = await Assert.ThrowsAsync<AlpacaException>(() => DeviceClients.Create<IRotator>(connection).MoveAsync(value).AsTask());
        Assert.Equal(AlpacaError.InvalidValue, error.Error);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("\"2026-11-21T21:00:00.25Z\"", 250)]
    [InlineData("\"2026-11-21T21:00:00.2500000\"", 250)]
    [InlineData("\"2026-11-21T23:00:00+02:00\"", 0)]
    [InlineData("\"2026-11-21 21:00:00\"", 0)]
    public async Task Times_are_UTC_unless_they_say_otherwise(string value, int milliseconds)
    {
        await using var server = RawServer.Json($$"""{"Value":{{value}}}""");
        using var connection = server.Connect();
        var time = await DeviceClients.Create<ITelescope>(connection).UTCDateAsync();
        Assert.Equal(new DateTimeOffset(2026, 11, 21, 21, 0, 0, milliseconds, TimeSpan.Zero), time);
        Assert.Equal(TimeSpan.Zero, time.Offset);
    }

    [Fact]
    public async Task Null_is_an_empty_string_and_an_empty_list()
    {
        await using var server = RawServer.Json("""{"Value":null}""", """{"Value":null}""");
        using var connection = server.Connect();
        var wheel = DeviceClients.Create<IFilterWheel>(connection);
        Assert.Equal(string.Empty, await wheel.NameAsync());
        Assert.Empty(await wheel.NamesAsync());
    }

    [Fact]
    public async Task Whole_numbers_in_the_state_have_the_type_of_their_property()
    {
        await using var server = RawServer.Json(
            """{"Value":[{"Name":"Position","Value":10},{"Name":"Temperature","Value":10},{"Name":"TimeStamp","Value":"2026"}]}""",
            """{"Value":[{"Name":"GetSwitchValue12","Value":1},{"Name":"GetSwitch12","Value":true}]}""");
        using var connection = server.Connect();
        Assert.Equal(
            [new StateValue("Position", 10), new StateValue("Temperature", 10.0), new StateValue("TimeStamp", "2026")],
            await DeviceClients.Create<IFocuser>(connection).DeviceStateAsync());
        Assert.Equal(
            [new StateValue("GetSwitchValue12", 1.0), new StateValue("GetSwitch12", true)],
            await DeviceClients.Create<ISwitch>(connection).DeviceStateAsync());
    }

    [Theory]
    [InlineData("""[{"Name":"A","Value":1}]""", true)]
    [InlineData("""[{"name":"A","value":1,"x":{}}]""", true)]
    [InlineData("""[{"Value":1}]""", false)]
    [InlineData("""[{"Name":"A"}]""", false)]
    [InlineData("""[{"Name":"A","Value":{}}]""", false)]
    [InlineData("""["A"]""", false)]
    [InlineData("""{"Name":"A","Value":1}""", false)]
    public async Task The_state_is_a_list_of_names_and_plain_values(string value, bool good)
    {
        await using var server = RawServer.Json($$"""{"Value":{{value}}}""");
        using var connection = server.Connect();
        var read = () => DeviceClients.Create<IDome>(connection).DeviceStateAsync().AsTask();
        if (good)
            Assert.Equal(new StateValue("A", 1), Assert.Single(await read()));
        else
            Assert.Equal(LinkFailure.InvalidReply, (await Assert.ThrowsAsync<AlpacaLinkException>(read)).Kind);
    }
}
