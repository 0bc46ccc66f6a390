using System.Net;
using System.Text.Json;
using Alpaca.Contract.Description;
using Alpaca.Hosting.Tests.Devices;

namespace Alpaca.Hosting.Tests;

public sealed class ManagementTests
{
    [Fact]
    public async Task The_api_versions_are_listed()
    {
        await using var host = await RunningHost.StartAsync();
        var answer = await host.GetAsync("/management/apiversions?ClientTransactionID=8");
        Assert.Equal("""{"Value":[1],"ClientTransactionID":8,"ServerTransactionID":1,"ErrorNumber":0,"ErrorMessage":""}""", answer.Text);
    }

    [Fact]
    public async Task The_server_describes_itself()
    {
        var options = new AlpacaHostOptions { ServerName = "Dome \"one\"", Manufacturer = "We", Version = "1.2.3", Location = "Hawai‘i" };
        await using var host = await RunningHost.StartAsync(options);
        var value = (await host.GetAsync("/management/v1/description")).Value;
        Assert.Equal("Dome \"one\"", value.GetProperty("ServerName").GetString());
        Assert.Equal("We", value.GetProperty("Manufacturer").GetString());
        Assert.Equal("1.2.3", value.GetProperty("ManufacturerVersion").GetString());
        Assert.Equal("Hawai‘i", value.GetProperty("Location").GetString());
    }

    [Fact]
    public async Task The_devices_are_listed_as_they_come_and_go()
    {
        await using var host = await RunningHost.StartAsync(new TestTelescope());
        var second = host.Devices.Add(new TestTelescope(), "Guide mount", "guide-id");
        host.Devices.Add(new TestFocuser(), "Focuser", "focuser-id", number: 7);
        Assert.Equal(
            """
            [{"DeviceName":"Focuser","DeviceType":"Focuser","DeviceNumber":7,"UniqueID":"focuser-id"},
            {"DeviceName":"TestTelescope","DeviceType":"Telescope","DeviceNumber":0,"UniqueID":"id-0"},
            {"DeviceName":"Guide mount","DeviceType":"Telescope","DeviceNumber":1,"UniqueID":"guide-id"}]
            """.ReplaceLineEndings(""),
            (await host.GetAsync("/management/v1/configureddevices")).Value.GetRawText());
        Assert.Equal(0, (await host.GetAsync("/api/v1/telescope/1/slewing")).Error);

        Assert.True(host.Devices.Remove(second));
        Assert.False(host.Devices.Remove(second));
        (await host.GetAsync("/api/v1/telescope/1/slewing")).ShouldBeRefused(HttpStatusCode.NotFound, "no telescope 1");
    }

    [Fact]
    public async Task The_management_api_follows_the_rules_of_all_requests()
    {
        await using var host = await RunningHost.StartAsync();
        (await host.PutAsync("/management/apiversions")).ShouldBeRefused(HttpStatusCode.MethodNotAllowed, "GET");
        (await host.GetAsync("/management/v1/description?ClientID=x")).ShouldBeRefused(HttpStatusCode.BadRequest, "ClientID");
        (await host.GetAsync("/management/v1/Description")).ShouldBeRefused(HttpStatusCode.NotFound, "nothing at");
        (await host.GetAsync("/management/v2/description")).ShouldBeRefused(HttpStatusCode.NotFound, "nothing at");
    }

    [Fact]
    public async Task The_openapi_document_has_every_operation_of_the_contract()
    {
        await using var host = await RunningHost.StartAsync();
        var answer = await host.GetAsync("/openapi/v1.json");
        Assert.Equal("3.1.1", answer.Json.GetProperty("openapi").GetString());
        var operations = answer.Json.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(verb => $"{verb.Name.ToUpperInvariant()} {path.Name}"))
            .ToHashSet();
        var expected = ApiDescription.Devices.Prepend(ApiDescription.Common)
            .SelectMany(d => d.Members.Select(m => $"{m.Verb} /{d.DeviceType}/{{device_number}}/{m.Route}"));
        Assert.Equal(expected.Order(), operations.Order());
    }

    [Fact]
    public async Task The_openapi_document_says_which_values_an_enumeration_has_and_what_they_mean()
    {
        await using var host = await RunningHost.StartAsync(new TestFocuser());
        var paths = (await host.GetAsync("/openapi/v1.json")).Json.GetProperty("paths").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetRawText());
        Assert.Contains("\"enum\":[0,1,2,3,4],\"x-enum-varnames\":[\"Open\",\"Closed\",\"Opening\",\"Closing\",\"Error\"]", Compact(paths["/dome/{device_number}/shutterstatus"]), StringComparison.Ordinal);
        Assert.Contains("\"x-enum-varnames\":[\"Sidereal\"", Compact(paths["/telescope/{device_number}/trackingrates"]), StringComparison.Ordinal);
        Assert.Contains("\"x-enum-varnames\"", Compact(paths["/telescope/{device_number}/moveaxis"]), StringComparison.Ordinal);
        static string Compact(string json) => string.Concat(json.Where(c => !char.IsWhiteSpace(c)));
    }

    [Fact]
    public async Task The_openapi_document_names_parameters_as_requests_must()
    {
        await using var host = await RunningHost.StartAsync();
        var paths = (await host.GetAsync("/openapi/v1.json")).Json.GetProperty("paths");
        var form = paths.GetProperty("/focuser/{device_number}/move").GetProperty("put")
            .GetProperty("requestBody").GetProperty("content").GetProperty("application/x-www-form-urlencoded").GetProperty("schema");
        Assert.Equal("integer", form.GetProperty("properties").GetProperty("Position").GetProperty("type").GetString());
        Assert.Equal("Position", Assert.Single(form.GetProperty("required").EnumerateArray()).GetString());
        var query = paths.GetProperty("/telescope/{device_number}/axisrates").GetProperty("get").GetProperty("parameters").EnumerateArray()
            .Where(p => p.GetProperty("in").GetString() == "query").ToDictionary(p => p.GetProperty("name").GetString()!, p => p.GetProperty("required").GetBoolean());
        Assert.Equal(new Dictionary<string, bool> { ["Axis"] = true, ["ClientID"] = false, ["ClientTransactionID"] = false }, query);
        Assert.Equal(JsonValueKind.Object, paths.GetProperty("/{device_type}/{device_number}/connected").GetProperty("put").ValueKind);
    }
}
