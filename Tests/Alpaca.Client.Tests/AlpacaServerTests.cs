using Alpaca.Contract;

namespace Alpaca.Client.Tests;

public sealed class AlpacaServerTests
{
    private const string About = """{"Value":{"ServerName":"Dome 3","Manufacturer":"M","ManufacturerVersion":"1.2","Location":"Hill"}}""";

    [Fact]
    public async Task A_server_says_who_it_is_and_what_it_has()
    {
        await using var raw = RawServer.Json(
            About,
            """{"Value":[{"DeviceName":"EAF","DeviceType":"Focuser","DeviceNumber":2,"UniqueID":"abc","More":[1]},{"devicename":null,"devicetype":"FilterWheel","devicenumber":0,"uniqueid":"def"}]}""");
        var server = await AlpacaServer.ReadAsync(raw.Address);
        Assert.Equal(("Dome 3", "M", "1.2", "Hill"), (server.Name, server.Manufacturer, server.Version, server.Location));
        Assert.Equal([new ConfiguredDevice("EAF", "focuser", 2, "abc"), new ConfiguredDevice("", "filterwheel", 0, "def")], server.Devices);
        Assert.StartsWith("GET /management/v1/description?ClientID=", raw.Requests[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"Value":[{"DeviceName":"EAF","DeviceType":"Focuser"}]}""")]
    [InlineData("""{"Value":[{"DeviceName":"EAF","DeviceType":"Focuser","DeviceNumber":-1}]}""")]
    [InlineData("""{"Value":[{"DeviceName":"EAF","DeviceNumber":1}]}""")]
    [InlineData("""{"Value":["Focuser"]}""")]
    [InlineData("""{"Value":{}}""")]
    public async Task A_device_that_cannot_be_addressed_is_an_error(string devices)
    {
        await using var raw = RawServer.Json(About, devices);
        var failure = await Assert.ThrowsAsync<AlpacaLinkException>(() => AlpacaServer.ReadAsync(raw.Address).AsTask());
        Assert.Equal((LinkFailure.InvalidReply, "management", "configureddevices"), (failure.Kind, failure.Device, failure.Member));
    }

    [Fact]
    public async Task A_device_is_chosen_by_type_and_by_name_if_there_are_several()
    {
        var (first, _) = RecordingDevice.Create(typeof(IFocuser));
        var (second, _) = RecordingDevice.Create(typeof(IFocuser));
        var (third, _) = RecordingDevice.Create(typeof(IDome));
        await using var host = await EveryMemberTests.StartAsync(first, second, third);
        using var connection = new AlpacaConnection(host.Address, RawServer.Quick);
        Assert.Equal("dome 0 at " + host.Address.GetLeftPart(UriPartial.Authority), (await DeviceClients.CreateAsync<IDome>(connection)).ToString());
        Assert.Equal(1, ((FocuserClient)await DeviceClients.CreateAsync<IFocuser>(connection, "Device 1")).Number);
        Assert.Equal(0, ((FocuserClient)await DeviceClients.CreateAsync<IFocuser>(connection, "id-0")).Number);
        var several = await Assert.ThrowsAsync<InvalidOperationException>(() => DeviceClients.CreateAsync<IFocuser>(connection).AsTask());
        Assert.Contains("0 \"Device 0\" (id-0), 1 \"Device 1\" (id-1)", several.Message, StringComparison.Ordinal);
        var none = await Assert.ThrowsAsync<InvalidOperationException>(() => DeviceClients.CreateAsync<ICamera>(connection).AsTask());
        Assert.Contains("it has: none", none.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_server_under_two_addresses_is_recognised()
    {
        var (focuser, _) = RecordingDevice.Create(typeof(IFocuser));
        await using var host = await EveryMemberTests.StartAsync(focuser);
        var server = await AlpacaServer.ReadAsync(host.Address);
        Assert.True(server.IsSameAs(server with { BaseAddress = new Uri($"http://localhost:{host.Address.Port}/") }));
        Assert.False(server.IsSameAs(server with { Devices = [] }));
    }

    [Fact]
    public async Task A_device_type_of_the_future_is_named_and_refused()
    {
        await using var raw = new RawServer();
        using var connection = raw.Connect();
        var failure = Assert.Throws<NotSupportedException>(() => DeviceClients.Create(new ConfiguredDevice("X", "spectrograph", 0, ""), connection));
        Assert.Contains("spectrograph", failure.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => DeviceClients.Create<IAlpacaDevice>(connection));
    }

    [Theory]
    [InlineData("ftp://127.0.0.1")]
    [InlineData("/relative")]
    public void What_is_no_address_of_a_server_is_refused(string address) =>
        Assert.Throws<ArgumentException>(() => new AlpacaConnection(new Uri(address, UriKind.RelativeOrAbsolute)));
}
