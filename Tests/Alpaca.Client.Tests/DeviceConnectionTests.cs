using Alpaca.Contract;

namespace Alpaca.Client.Tests;

public sealed class DeviceConnectionTests
{
    private const string Done = """{"ErrorNumber":0,"ErrorMessage":""}""";
    private const string True = """{"Value":true}""";
    private const string False = """{"Value":false}""";
    private const string Lacks = """{"ErrorNumber":1024,"ErrorMessage":"Not implemented."}""";

    [Fact]
    public async Task A_new_device_is_connected_by_Connect_and_Connecting()
    {
        var asked = await ConnectAsync(Json("""{"Value":4}"""), Json(Done), Json(True), Json(False), Json(True));
        Assert.Equal(["GET interfaceversion", "PUT connect", "GET connecting", "GET connecting", "GET connected"], asked);
    }

    [Fact]
    public async Task An_old_device_is_connected_by_writing_Connected()
    {
        var asked = await ConnectAsync(Json("""{"Value":3}"""), Json(Done), Json(True));
        Assert.Equal(["GET interfaceversion", "PUT connected", "GET connected"], asked);
    }

    [Fact]
    public async Task A_device_that_has_no_version_counts_as_old()
    {
        var asked = await ConnectAsync(Json(Lacks), Json(Done), Json(True));
        Assert.Equal(["GET interfaceversion", "PUT connected", "GET connected"], asked);
    }

    [Theory]
    [InlineData("404 Not Found")]
    [InlineData("400 Bad Request")]
    [InlineData("405 Method Not Allowed")]
    public async Task A_server_that_overstates_its_version_is_connected_the_old_way(string status)
    {
        var asked = await ConnectAsync(Json("""{"Value":4}"""), RawServer.Reply("no", "text/plain", status), Json(Done), Json(True));
        Assert.Equal(["GET interfaceversion", "PUT connect", "PUT connected", "GET connected"], asked);
        asked = await ConnectAsync(Json("""{"Value":4}"""), Json(Lacks), Json(Done), Json(True));
        Assert.Equal(["GET interfaceversion", "PUT connect", "PUT connected", "GET connected"], asked);
    }

    [Fact]
    public async Task What_went_wrong_while_connecting_is_passed_on()
    {
        var error = await Assert.ThrowsAsync<AlpacaException>(
            () => ConnectAsync(Json("""{"Value":4}"""), Json(Done), Json("""{"ErrorNumber":1280,"ErrorMessage":"No power."}""")));
        Assert.Equal("No power.", error.Message);
    }

    [Fact]
    public async Task Connecting_that_is_over_without_success_is_an_error()
    {
        var error = await Assert.ThrowsAsync<AlpacaException>(() => ConnectAsync(Json("""{"Value":4}"""), Json(Done), Json(False), Json(False)));
        Assert.Equal(AlpacaError.NotConnected, error.Error);
        Assert.StartsWith("focuser 0 at http://127.0.0.1:", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hardware_that_takes_longer_than_the_deadline_is_given_up()
    {
        var answers = Enumerable.Repeat(Json(True), 1000).Prepend(Json(Done)).Prepend(Json("""{"Value":4}""")).ToArray();
        await using var server = new RawServer(answers);
        using var connection = server.Connect();
        var failure = await Assert.ThrowsAsync<TimeoutException>(
            () => DeviceClients.Create<IFocuser>(connection).ConnectAndWaitAsync(new LeapingClock(), TimeSpan.FromSeconds(20)).AsTask());
        Assert.Contains("within 20 s", failure.Message, StringComparison.Ordinal);
        Assert.InRange(server.Requests.Count, 70, 100);
    }

    private static byte[] Json(string body) => RawServer.Reply(body);

    private static async Task<IReadOnlyList<string>> ConnectAsync(params byte[][] answers)
    {
        await using var server = new RawServer(answers);
        using var connection = server.Connect();
        await DeviceClients.Create<IFocuser>(connection).ConnectAndWaitAsync(new LeapingClock(), TimeSpan.FromSeconds(20));
        return [.. server.Requests.Select(r => r[..4] + r.Split(' ')[1].Split('/')[^1].Split('?')[0])];
    }

    /// <summary>A clock on which every wait is over at once and has taken its time.</summary>
    private sealed class LeapingClock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _ticks += dueTime.Ticks;
            return System.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
