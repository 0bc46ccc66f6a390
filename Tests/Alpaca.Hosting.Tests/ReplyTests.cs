using System.Text.Json;
using Alpaca.Contract;
using Alpaca.Hosting.Tests.Devices;

namespace Alpaca.Hosting.Tests;

public sealed class ReplyTests
{
    private const string Focuser = "/api/v1/focuser/0/";
    private const string Telescope = "/api/v1/telescope/0/";

    [Fact]
    public async Task An_error_of_the_device_comes_with_status_200_and_a_value_of_the_right_type()
    {
        await using var host = await RunningHost.StartAsync(new TestFocuser { Connected = false });
        var answer = await host.GetAsync(Focuser + "position?ClientTransactionID=3");
        Assert.Equal(
            """{"Value":0,"ClientTransactionID":3,"ServerTransactionID":1,"ErrorNumber":1031,"ErrorMessage":"TestFocuser is not connected. Connect it first."}""",
            answer.Text);
        Assert.Equal("application/json; charset=utf-8", answer.ContentType);
    }

    [Theory]
    [InlineData(Telescope + "doesrefraction", JsonValueKind.False)]
    [InlineData(Telescope + "focallength", JsonValueKind.Number)]
    [InlineData(Telescope + "alignmentmode", JsonValueKind.Number)]
    [InlineData("/api/v1/camera/0/sensorname", JsonValueKind.String)]
    [InlineData("/api/v1/camera/0/gains", JsonValueKind.Array)]
    [InlineData("/api/v1/camera/0/imagearray", JsonValueKind.Array)]
    public async Task A_member_the_device_lacks_is_not_implemented(string path, JsonValueKind emptyValue)
    {
        await using var host = await RunningHost.StartAsync(new TestTelescope(), new TestCamera());
        var answer = await host.GetAsync(path);
        Assert.Equal(path.EndsWith("imagearray", StringComparison.Ordinal) ? 0x40B : 0x400, answer.Error);
        Assert.NotEmpty(answer.Message);
        Assert.Equal(emptyValue, answer.Json.GetProperty("Value").ValueKind);
    }

    [Fact]
    public async Task The_range_is_checked_before_the_connection()
    {
        await using var host = await RunningHost.StartAsync(new TestFocuser { Connected = false });
        Assert.Equal(0x401, (await host.PutAsync(Focuser + "move", "Position=-10")).Error);
        Assert.Equal(0x407, (await host.PutAsync(Focuser + "move", "Position=10")).Error);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public async Task A_number_that_is_none_is_the_drivers_error(double value)
    {
        await using var host = await RunningHost.StartAsync(new TestFocuser { StepSize = () => new(value) });
        Assert.Equal(0x500, (await host.GetAsync(Focuser + "stepsize")).Error);
    }

    [Fact]
    public async Task An_unexpected_exception_is_logged_whole_and_told_without_its_trace()
    {
        var log = new LogRecorder();
        var cause = new InvalidOperationException("internal secret");
        await using var host = await RunningHost.StartAsync(new AlpacaHostOptions { Loggers = log }, new TestFocuser { StepSize = () => throw cause });
        var answer = await host.GetAsync(Focuser + "stepsize");
        Assert.Equal(0x500, answer.Error);
        Assert.Contains("TestFocuser failed", answer.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", answer.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(" at ", answer.Message, StringComparison.Ordinal);
        Assert.Same(cause, Assert.Single(log.Entries).Cause);
    }

    [Fact]
    public async Task Trouble_with_the_hardware_is_told_in_its_own_words()
    {
        await using var host = await RunningHost.StartAsync(
            new TestFocuser { StepSize = () => ValueTask.FromException<double>(new TimeoutException("No reply on /dev/ttyUSB0 within 2 s.")) });
        var answer = await host.GetAsync(Focuser + "stepsize");
        Assert.Equal(0x500, answer.Error);
        Assert.Contains("No reply on /dev/ttyUSB0 within 2 s.", answer.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0x500, 0x500)]
    [InlineData(0xABC, 0xABC)]
    [InlineData(7, 0x500)]
    [InlineData(0x1000, 0x500)]
    public async Task Only_the_standards_error_numbers_leave_the_server(int thrown, int sent)
    {
        await using var host = await RunningHost.StartAsync(new TestFocuser { StepSize = () => throw new AlpacaException(thrown, "Trouble.") });
        Assert.Equal(sent, (await host.GetAsync(Focuser + "stepsize")).Error);
    }

    [Fact]
    public async Task A_good_request_follows_a_failed_one_on_the_same_connection()
    {
        await using var host = await RunningHost.StartAsync(new TestFocuser(), new TestTelescope());
        Assert.Equal(0x400, (await host.GetAsync(Telescope + "focallength?ClientTransactionID=9")).Error);
        Assert.Equal("""{"Value":true,"ClientTransactionID":0,"ServerTransactionID":2,"ErrorNumber":0,"ErrorMessage":""}""", (await host.GetAsync(Focuser + "absolute")).Text);
    }

    [Fact]
    public async Task Lists_and_enumerations_have_the_standards_form()
    {
        await using var host = await RunningHost.StartAsync(new TestTelescope());
        Assert.Equal("[0,3]", (await host.GetAsync(Telescope + "trackingrates")).Value.GetRawText());
        Assert.Equal("""[{"Minimum":0.5,"Maximum":4}]""", (await host.GetAsync(Telescope + "axisrates?Axis=0")).Value.GetRawText());
        Assert.Equal("[]", (await host.GetAsync(Telescope + "axisrates?Axis=2")).Value.GetRawText());
        Assert.Equal("-1", (await host.GetAsync(Telescope + "sideofpier")).Value.GetRawText());
        Assert.Equal("[]", (await host.GetAsync(Telescope + "supportedactions")).Value.GetRawText());
        Assert.Equal(0x401, (await host.GetAsync(Telescope + "axisrates?Axis=3")).Error);
    }

    [Fact]
    public async Task Device_state_holds_what_can_be_read_and_the_time()
    {
        var options = new AlpacaHostOptions { Clock = new FixedClock(new(2026, 11, 21, 6, 18, 47, 123, TimeSpan.Zero)) };
        await using var host = await RunningHost.StartAsync(options, new TestTelescope());
        var state = (await host.GetAsync(Telescope + "devicestate")).Value;
        Assert.Equal(
            """
            [{"Name":"AtHome","Value":true},{"Name":"AtPark","Value":false},{"Name":"Declination","Value":12.5},{"Name":"SideOfPier","Value":-1},
            {"Name":"Slewing","Value":false},{"Name":"Tracking","Value":true},{"Name":"UTCDate","Value":"0001-01-01T00:00:00.0000000Z"},
            {"Name":"TimeStamp","Value":"2026-11-21T06:18:47.1230000Z"}]
            """.ReplaceLineEndings(""),
            state.GetRawText());
    }

    [Fact]
    public async Task Device_state_counts_switches()
    {
        await using var host = await RunningHost.StartAsync(new TestSwitch());
        var names = (await host.GetAsync("/api/v1/switch/0/devicestate")).Value.EnumerateArray().Select(v => v.GetProperty("Name").GetString());
        Assert.Equal(["GetSwitch0", "GetSwitchValue0", "StateChangeComplete0", "GetSwitch1", "StateChangeComplete1", "TimeStamp"], names);
    }

    [Fact]
    public async Task Thirty_two_clients_at_once_each_get_their_own_answer()
    {
        await using var host = await RunningHost.StartAsync(new TestFocuser(), new TestTelescope());
        var numbers = await Task.WhenAll(Enumerable.Range(1, 32).Select(client => Task.Run(async () =>
        {
            var seen = new List<int>();
            for (var i = 0; i < 50; i++)
            {
                var id = (client * 1000) + i;
                var answer = (i % 3) switch
                {
                    0 => await host.GetAsync($"{Focuser}maxstep?ClientTransactionID={id}"),
                    1 => await host.PutAsync(Focuser + "move", $"Position={id}&ClientTransactionID={id}"),
                    _ => await host.GetAsync($"{Telescope}focallength?ClientTransactionID={id}"),
                };
                Assert.Equal(id, answer.Json.GetProperty("ClientTransactionID").GetInt32());
                Assert.Equal(i % 3 == 2 ? 0x400 : 0, answer.Error);
                seen.Add(answer.Json.GetProperty("ServerTransactionID").GetInt32());
            }

            return seen;
        })));
        Assert.Equal(Enumerable.Range(1, 32 * 50), numbers.SelectMany(n => n).Order());
    }
}
