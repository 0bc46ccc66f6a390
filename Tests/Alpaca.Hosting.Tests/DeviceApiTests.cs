using System.Net;
using Alpaca.Hosting.Tests.Devices;

namespace Alpaca.Hosting.Tests;

public sealed class DeviceApiTests
{
    [Fact]
    public async Task A_get_answers_with_the_five_keys_and_nothing_else()
    {
        await using var host = await RunningHost.StartAsync(new TestFocuser());
        var answer = await host.GetAsync("/api/v1/focuser/0/position?ClientID=7&ClientTransactionID=67890");
        Assert.Equal("""{"Value":25000,"ClientTransactionID":67890,"ServerTransactionID":1,"ErrorNumber":0,"ErrorMessage":""}""", answer.Text);
    }

    [Fact]
    public async Task A_put_commands_the_device_and_carries_no_value()
    {
        var focuser = new TestFocuser();
        await using var host = await RunningHost.StartAsync(focuser);
        var answer = await host.PutAsync("/api/v1/focuser/0/move", "ClientTransactionID=5&Position=12000&ClientID=1&Extra=x");
        Assert.Equal("""{"ClientTransactionID":5,"ServerTransactionID":1,"ErrorNumber":0,"ErrorMessage":""}""", answer.Text);
        Assert.Equal(12000, focuser.Position);
    }

    [Fact]
    public async Task Server_transactions_are_numbered_from_one_upwards()
    {
        await using var host = await RunningHost.StartAsync(new TestFocuser());
        for (var number = 1; number <= 3; number++)
            Assert.Equal(number, (await host.GetAsync("/api/v1/focuser/0/ismoving")).Json.GetProperty("ServerTransactionID").GetInt32());
    }

    [Theory]
    [InlineData("/api/v1/FOCUSER/0/position", HttpStatusCode.NotFound, "lower case")]
    [InlineData("/api/v1/baddevicetype/0/position", HttpStatusCode.NotFound, "baddevicetype")]
    [InlineData("/api/v1/camera/0/gain", HttpStatusCode.NotFound, "no camera 0")]
    [InlineData("/api/v1/focuser/-1/position", HttpStatusCode.BadRequest, "device number")]
    [InlineData("/api/v1/focuser/A/position", HttpStatusCode.BadRequest, "device number")]
    [InlineData("/api/v1/focuser//position", HttpStatusCode.BadRequest, "device number")]
    [InlineData("/api/v1/focuser/99999/position", HttpStatusCode.NotFound, "no focuser 99999")]
    [InlineData("/api/v1/focuser/99999999999999/position", HttpStatusCode.NotFound, "no focuser")]
    [InlineData("/api/v1/focuser/0/descrip", HttpStatusCode.NotFound, "descrip")]
    [InlineData("/api/v1/focuser/0/Position", HttpStatusCode.NotFound, "lower case")]
    [InlineData("/api/v1/focuser/0/position/", HttpStatusCode.BadRequest, "<member>")]
    [InlineData("/api/v1/focuser/0", HttpStatusCode.BadRequest, "<member>")]
    [InlineData("/api/V1/focuser/0/position", HttpStatusCode.NotFound, "nothing at")]
    [InlineData("/api/v2/focuser/0/position", HttpStatusCode.NotFound, "nothing at")]
    [InlineData("/api/1/focuser/0/position", HttpStatusCode.NotFound, "nothing at")]
    [InlineData("/apx/v1/focuser/0/position", HttpStatusCode.NotFound, "nothing at")]
    public async Task A_wrong_path_is_refused_in_plain_text(string path, HttpStatusCode status, string mentioning)
    {
        await using var host = await RunningHost.StartAsync(new TestFocuser());
        (await host.GetAsync(path)).ShouldBeRefused(status, mentioning);
    }

    [Theory]
    [InlineData("POST", "position", "GET")]
    [InlineData("DELETE", "move", "PUT")]
    [InlineData("PUT", "position", "GET")]
    [InlineData("GET", "move", "PUT")]
    [InlineData("OPTIONS", "tempcomp", "GET, PUT")]
    public async Task A_wrong_verb_is_refused_with_those_that_work(string verb, string member, string allowed)
    {
        await using var host = await RunningHost.StartAsync(new TestFocuser());
        var answer = await host.SendAsync(new HttpMethod(verb), "/api/v1/focuser/0/" + member);
        answer.ShouldBeRefused(HttpStatusCode.MethodNotAllowed, allowed.Replace(", ", " or ", StringComparison.Ordinal));
        Assert.Equal(allowed, answer.Allow);
    }

    [Fact]
    public async Task A_head_request_is_refused()
    {
        await using var host = await RunningHost.StartAsync(new TestFocuser());
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await host.SendAsync(HttpMethod.Head, "/api/v1/focuser/0/position")).Status);
    }
}
