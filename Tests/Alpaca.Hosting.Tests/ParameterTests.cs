using System.Net;
using Alpaca.Hosting.Tests.Devices;

namespace Alpaca.Hosting.Tests;

public sealed class ParameterTests
{
    private const string Focuser = "/api/v1/focuser/0/";
    private const string Telescope = "/api/v1/telescope/0/";

    [Theory]
    [InlineData("clientid=1&clienttransactionid=67890")]
    [InlineData("CLIENTID=1&CLIENTTRANSACTIONID=67890")]
    [InlineData("ExtraParameter=ExtraValue&ClientTransactionID=67890")]
    public async Task Names_in_a_query_have_any_case_and_extra_ones_are_ignored(string query)
    {
        await using var host = await RunningHost.StartAsync(new TestFocuser());
        Assert.Equal(67890, (await host.GetAsync($"{Focuser}position?{query}")).Json.GetProperty("ClientTransactionID").GetInt32());
    }

    [Fact]
    public async Task Device_parameters_of_a_get_have_any_case()
    {
        await using var host = await RunningHost.StartAsync(new TestTelescope());
        Assert.Equal(4, (await host.GetAsync(Telescope + "axisrates?aXIS=0")).Value[0].GetProperty("Maximum").GetDouble());
    }

    [Fact]
    public async Task Device_parameters_of_a_put_have_exactly_one_case()
    {
        var focuser = new TestFocuser();
        await using var host = await RunningHost.StartAsync(focuser);
        (await host.PutAsync(Focuser + "move", "pOSITION=1")).ShouldBeRefused(HttpStatusCode.BadRequest, "differs from it in case");
        Assert.Equal(25000, focuser.Position);
    }

    [Fact]
    public async Task Client_ids_of_a_put_in_another_case_count_as_absent()
    {
        await using var host = await RunningHost.StartAsync(new TestFocuser());
        var answer = await host.PutAsync(Focuser + "move", "Position=1&clientid=1&clienttransactionid=67890");
        Assert.Equal(0, answer.Json.GetProperty("ClientTransactionID").GetInt32());
        Assert.Equal(0, answer.Error);
    }

    [Theory]
    [InlineData("")]
    [InlineData("     ")]
    [InlineData("-67890")]
    [InlineData("qweqwe")]
    [InlineData("4294967296")]
    [InlineData("1.0")]
    public async Task Client_ids_that_are_no_number_are_refused_and_nothing_is_done(string id)
    {
        var focuser = new TestFocuser();
        await using var host = await RunningHost.StartAsync(focuser);
        foreach (var name in (string[])["ClientID", "ClientTransactionID"])
        {
            var pair = $"{name}={Uri.EscapeDataString(id)}";
            (await host.GetAsync($"{Focuser}position?{pair}")).ShouldBeRefused(HttpStatusCode.BadRequest, name);
            (await host.PutAsync(Focuser + "move", "Position=1&" + pair)).ShouldBeRefused(HttpStatusCode.BadRequest, name);
        }

        Assert.Equal(25000, focuser.Position);
    }

    [Fact]
    public async Task The_largest_transaction_id_comes_back()
    {
        await using var host = await RunningHost.StartAsync(new TestFocuser());
        var answer = await host.GetAsync(Focuser + "position?ClientTransactionID=4294967295");
        Assert.Equal(4294967295, answer.Json.GetProperty("ClientTransactionID").GetInt64());
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("True", true)]
    [InlineData("TRUE", true)]
    [InlineData("false", false)]
    [InlineData("False", false)]
    public async Task A_boolean_is_true_or_false_in_any_case(string text, bool expected)
    {
        var focuser = new TestFocuser();
        await focuser.SetTempCompAsync(!expected);
        await using var host = await RunningHost.StartAsync(focuser);
        Assert.Equal(0, (await host.PutAsync(Focuser + "tempcomp", "TempComp=" + text)).Error);
        Assert.Equal(expected, focuser.TempComp);
    }

    [Theory]
    [InlineData(Focuser + "tempcomp", "TempComp", "asduio6fghZZ")]
    [InlineData(Focuser + "tempcomp", "TempComp", "123456")]
    [InlineData(Focuser + "tempcomp", "TempComp", "1")]
    [InlineData(Focuser + "tempcomp", "TempComp", "")]
    [InlineData(Focuser + "tempcomp", "TempComp", "true ")]
    [InlineData(Focuser + "move", "Position", "asduio6fghZZ")]
    [InlineData(Focuser + "move", "Position", "12.0")]
    [InlineData(Focuser + "move", "Position", "")]
    [InlineData(Focuser + "move", "Position", " 12")]
    [InlineData(Focuser + "move", "Position", "0x10")]
    [InlineData(Telescope + "targetdeclination", "TargetDeclination", "asduio6fghZZ")]
    [InlineData(Telescope + "targetdeclination", "TargetDeclination", "NaN")]
    [InlineData(Telescope + "targetdeclination", "TargetDeclination", "Infinity")]
    [InlineData(Telescope + "targetdeclination", "TargetDeclination", "1,5")]
    [InlineData(Telescope + "targetdeclination", "TargetDeclination", "")]
    [InlineData(Telescope + "trackingrate", "TrackingRate", "Sidereal")]
    [InlineData(Telescope + "utcdate", "UTCDate", "asduio6fghZZ")]
    [InlineData(Telescope + "utcdate", "UTCDate", "21/11/2026 06:00:00")]
    public async Task A_value_that_cannot_be_read_is_refused_with_the_parameters_name(string path, string name, string value)
    {
        await using var host = await RunningHost.StartAsync(new TestFocuser(), new TestTelescope());
        (await host.PutAsync(path, $"{name}={Uri.EscapeDataString(value)}")).ShouldBeRefused(HttpStatusCode.BadRequest, name);
    }

    [Theory]
    [InlineData(Focuser + "move", "Position=99999999999")]
    [InlineData(Focuser + "move", "Position=-99999999999")]
    [InlineData(Focuser + "move", "Position=50001")]
    [InlineData(Telescope + "targetdeclination", "TargetDeclination=1e999")]
    [InlineData(Telescope + "targetdeclination", "TargetDeclination=90.001")]
    [InlineData(Telescope + "trackingrate", "TrackingRate=5")]
    [InlineData(Telescope + "trackingrate", "TrackingRate=-1")]
    public async Task A_value_out_of_range_is_the_devices_error(string path, string form)
    {
        await using var host = await RunningHost.StartAsync(new TestFocuser(), new TestTelescope());
        Assert.Equal(0x401, (await host.PutAsync(path, form)).Error);
    }

    [Theory]
    [InlineData("-12.5", -12.5)]
    [InlineData("+1.25e1", 12.5)]
    [InlineData(".5", 0.5)]
    [InlineData("45", 45)]
    public async Task A_number_is_read_in_the_invariant_culture(string text, double expected)
    {
        await using var host = await RunningHost.StartAsync(new TestTelescope());
        Assert.Equal(0, (await host.PutAsync(Telescope + "targetdeclination", "TargetDeclination=" + Uri.EscapeDataString(text))).Error);
        Assert.Equal(expected, (await host.GetAsync(Telescope + "targetdeclination")).Value.GetDouble());
    }

    [Theory]
    [InlineData("2026-11-21T06:18:47.1234567Z", "2026-11-21T06:18:47.1234567Z")]
    [InlineData("2026-11-21T06:18:47.123Z", "2026-11-21T06:18:47.1230000Z")]
    [InlineData("2026-11-21T06:18:47", "2026-11-21T06:18:47.0000000Z")]
    [InlineData("2026-11-21T06:18:47+02:00", "2026-11-21T04:18:47.0000000Z")]
    public async Task A_time_goes_in_and_out_as_utc(string sent, string returned)
    {
        await using var host = await RunningHost.StartAsync(new TestTelescope());
        Assert.Equal(0, (await host.PutAsync(Telescope + "utcdate", "UTCDate=" + Uri.EscapeDataString(sent))).Error);
        Assert.Equal(returned, (await host.GetAsync(Telescope + "utcdate")).Value.GetString());
    }

    [Fact]
    public async Task A_missing_parameter_is_named()
    {
        await using var host = await RunningHost.StartAsync(new TestFocuser(), new TestTelescope());
        (await host.PutAsync(Focuser + "move", "ClientID=1")).ShouldBeRefused(HttpStatusCode.BadRequest, "Position is missing");
        (await host.PutAsync(Focuser + "move?Position=1")).ShouldBeRefused(HttpStatusCode.BadRequest, "form in the body");
        (await host.GetAsync(Telescope + "axisrates")).ShouldBeRefused(HttpStatusCode.BadRequest, "query string");
    }

    [Fact]
    public async Task A_parameter_given_twice_is_refused()
    {
        var focuser = new TestFocuser();
        await using var host = await RunningHost.StartAsync(focuser, new TestTelescope());
        (await host.PutAsync(Focuser + "move", "Position=1&Position=2")).ShouldBeRefused(HttpStatusCode.BadRequest, "more than once");
        (await host.GetAsync(Telescope + "axisrates?Axis=0&axis=1")).ShouldBeRefused(HttpStatusCode.BadRequest, "more than once");
        Assert.Equal(25000, focuser.Position);
    }

    [Fact]
    public async Task Text_is_decoded_and_may_be_empty()
    {
        await using var host = await RunningHost.StartAsync(new TestTelescope());
        var answer = await host.PutAsync(Telescope + "action", "Action=echo&Parameters=caf%C3%A9+%26+a%3Db%2B");
        Assert.Equal("café & a=b+", answer.Value.GetString());
        Assert.Equal("", (await host.PutAsync(Telescope + "action", "Action=echo&Parameters=")).Value.GetString());
        (await host.PutAsync(Telescope + "action", "Action=echo")).ShouldBeRefused(HttpStatusCode.BadRequest, "Parameters is missing");
    }

    [Fact]
    public async Task A_form_has_a_size_limit()
    {
        await using var host = await RunningHost.StartAsync(new TestTelescope());
        var most = new string('x', 60_000);
        Assert.Equal(most, (await host.PutAsync(Telescope + "action", "Action=echo&Parameters=" + most)).Value.GetString());
        (await host.PutAsync(Telescope + "action", "Action=echo&Parameters=" + new string('x', 70_000)))
            .ShouldBeRefused(HttpStatusCode.RequestEntityTooLarge, "65536 bytes");
    }

    [Fact]
    public async Task A_form_of_unknown_length_has_the_same_limit()
    {
        await using var host = await RunningHost.StartAsync(new TestTelescope());
        var endless = new PushedContent(400_000);
        (await host.SendAsync(HttpMethod.Put, Telescope + "action", endless)).ShouldBeRefused(HttpStatusCode.RequestEntityTooLarge, "65536 bytes");
    }

    [Fact]
    public async Task A_body_that_is_no_form_is_refused_but_none_at_all_is_fine()
    {
        await using var host = await RunningHost.StartAsync(new TestTelescope());
        var json = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
        (await host.SendAsync(HttpMethod.Put, Telescope + "park", json)).ShouldBeRefused(HttpStatusCode.BadRequest, "application/json");
        Assert.Equal(0, (await host.SendAsync(HttpMethod.Put, Telescope + "park")).Error);
        Assert.Equal(0, (await host.SendAsync(HttpMethod.Put, Telescope + "park", new ByteArrayContent([]))).Error);
    }

    /// <summary>A form sent in chunks, without a length.</summary>
    private sealed class PushedContent : HttpContent
    {
        private readonly int _length;

        public PushedContent(int length)
        {
            _length = length;
            Headers.ContentType = new("application/x-www-form-urlencoded");
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var part = new byte[4096];
            Array.Fill(part, (byte)'x');
            for (var sent = 0; sent < _length; sent += part.Length)
                await stream.WriteAsync(part);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
