using System.Net;
using System.Net.Sockets;
using Alpaca.Contract;

namespace Alpaca.Client.Tests;

public sealed class LinkFailureTests
{
    private const string Ten = """{"Value":10,"ClientTransactionID":1,"ServerTransactionID":1,"ErrorNumber":0,"ErrorMessage":""}""";
    private const string Done = """{"ClientTransactionID":1,"ServerTransactionID":1,"ErrorNumber":0,"ErrorMessage":""}""";

    [Fact]
    public async Task What_the_device_refuses_is_its_own_error_and_is_not_repeated()
    {
        await using var server = RawServer.Json("""{"ErrorNumber":1035,"ErrorMessage":"The focuser is too cold.","ClientTransactionID":1,"ServerTransactionID":1}""");
        using var connection = server.Connect();
        var error = await Assert.ThrowsAsync<AlpacaException>(() => Focuser(connection).PositionAsync().AsTask());
        Assert.Equal((AlpacaError.InvalidOperation, "The focuser is too cold."), (error.Error, error.Message));
        Assert.Equal(1, connection.Counters.DeviceErrors);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("1024", 0x400)]
    [InlineData("2147746816", 0x400)] // 0x80040400, as COM had it
    [InlineData("-2147220480", 0x400)] // the same as a signed number
    [InlineData("1280", 0x500)]
    [InlineData("4095", 0xFFF)]
    public async Task Error_numbers_of_all_generations_are_understood(string number, int expected)
    {
        await using var server = RawServer.Json($$"""{"ErrorNumber":{{number}},"ErrorMessage":null}""");
        using var connection = server.Connect();
        var error = await Assert.ThrowsAsync<AlpacaException>(() => Focuser(connection).PositionAsync().AsTask());
        Assert.Equal(expected, error.Number);
        Assert.Contains("gave no reason", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_at_the_address_is_unreachable_and_says_so()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = new Uri($"http://{listener.LocalEndpoint}/");
        listener.Stop();
        using var connection = new AlpacaConnection(address, RawServer.Quick);
        var failure = await Assert.ThrowsAsync<AlpacaLinkException>(() => Focuser(connection).MoveAsync(10).AsTask());
        Assert.Equal((LinkFailure.Unreachable, "focuser 0", "move", false), (failure.Kind, failure.Device, failure.Member, failure.OutcomeUnknown));
        Assert.StartsWith($"focuser 0 at {address.GetLeftPart(UriPartial.Authority)}, PUT move: no connection", failure.Message, StringComparison.Ordinal);
        Assert.Equal(address, failure.Server);
    }

    [Fact]
    public async Task A_read_that_failed_on_the_way_is_repeated_twice_and_then_given_up()
    {
        await using var server = new RawServer(RawServer.Reply("oops", "text/plain", "500 Oh"), RawServer.Reply("{\"Value\":", length: 100), RawServer.Reply(Ten));
        using var connection = server.Connect();
        Assert.Equal(10, await Focuser(connection).PositionAsync());
        Assert.Equal((3, 2, 2), (connection.Counters.Requests, connection.Counters.Retries, connection.Counters.LinkFailures));

        var cut = RawServer.Reply("{\"Value\":", length: 100);
        await using var broken = new RawServer(cut, cut, cut, RawServer.Reply(Ten));
        using var other = broken.Connect();
        var failure = await Assert.ThrowsAsync<AlpacaLinkException>(() => Focuser(other).PositionAsync().AsTask());
        Assert.Equal(LinkFailure.BrokenReply, failure.Kind);
        Assert.Equal(3, broken.Requests.Count);
        Assert.Equal(3, other.Counters.LinkFailures);
    }

    [Fact]
    public async Task A_command_is_never_repeated_and_its_outcome_is_unknown()
    {
        await using var server = new RawServer(RawServer.Reply("oops", "text/plain", "500 Oh"), RawServer.Reply(Done));
        using var connection = server.Connect();
        var failure = await Assert.ThrowsAsync<AlpacaLinkException>(() => Focuser(connection).MoveAsync(10).AsTask());
        Assert.Equal((LinkFailure.HttpStatus, 500, true), (failure.Kind, failure.HttpStatus, failure.OutcomeUnknown));
        Assert.Contains("\"oops\"", failure.Message, StringComparison.Ordinal);
        Assert.Contains("read the device's state", failure.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_command_whose_answer_is_lost_on_a_used_connection_is_not_sent_again()
    {
        await using var server = RawServer.Json(Ten);
        using var connection = server.Connect();
        var focuser = Focuser(connection);
        await focuser.PositionAsync();
        await Assert.ThrowsAsync<AlpacaLinkException>(() => focuser.MoveAsync(10).AsTask());
        Assert.Single(server.Requests, r => r.StartsWith("PUT", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_never_answers_meets_the_deadline_and_is_not_asked_again()
    {
        await using var server = new RawServer(null, RawServer.Reply(Ten));
        using var connection = server.Connect(RawServer.Quick with { RequestTimeout = TimeSpan.FromMilliseconds(100) });
        var failure = await Assert.ThrowsAsync<AlpacaLinkException>(() => Focuser(connection).PositionAsync().AsTask());
        Assert.Equal(LinkFailure.Timeout, failure.Kind);
        Assert.Contains("within 0.1 s", failure.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_body_that_never_ends_meets_the_deadline_too()
    {
        await using var server = new RawServer(RawServer.Reply("""{"Value":10,""", length: 1000)) { StaysOpen = true };
        using var connection = server.Connect(RawServer.Quick with { RequestTimeout = TimeSpan.FromMilliseconds(100) });
        var failure = await Assert.ThrowsAsync<AlpacaLinkException>(() => Focuser(connection).PositionAsync().AsTask());
        Assert.Equal(LinkFailure.Timeout, failure.Kind);
    }

    [Fact]
    public async Task Whoever_cancels_gets_a_cancellation_and_not_a_failure()
    {
        await using var server = new RawServer([null]);
        using var connection = server.Connect();
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Focuser(connection).PositionAsync(cancel.Token).AsTask());
        Assert.Equal(0, connection.Counters.LinkFailures);
    }

    [Theory]
    [InlineData("{\"Value\":10", "application/json", LinkFailure.BrokenReply)]
    [InlineData("{\"Value\":10} trailing", "application/json", LinkFailure.BrokenReply)]
    [InlineData("", "application/json", LinkFailure.BrokenReply)]
    [InlineData("<html>Hello</html>", "application/json", LinkFailure.BrokenReply)]
    [InlineData("<html>Hello</html>", "text/html", LinkFailure.ContentType)]
    [InlineData(Ten, "text/plain", LinkFailure.ContentType)]
    [InlineData("{\"ErrorNumber\":0}", "application/json", LinkFailure.InvalidReply)]
    [InlineData("{\"Value\":\"10\"}", "application/json", LinkFailure.InvalidReply)]
    [InlineData("{\"Value\":10.5}", "application/json", LinkFailure.InvalidReply)]
    [InlineData("{\"Value\":99999999999}", "application/json", LinkFailure.InvalidReply)]
    [InlineData("{\"Value\":null}", "application/json", LinkFailure.InvalidReply)]
    [InlineData("{\"Value\":true}", "application/json", LinkFailure.InvalidReply)]
    [InlineData("{\"Value\":[10]}", "application/json", LinkFailure.InvalidReply)]
    [InlineData("{\"Value\":10,\"ErrorNumber\":\"0\"}", "application/json", LinkFailure.InvalidReply)]
    [InlineData("[10]", "application/json", LinkFailure.InvalidReply)]
    [InlineData("10", "application/json", LinkFailure.InvalidReply)]
    public async Task An_answer_that_is_none_is_classified_and_never_a_number(string body, string type, LinkFailure kind)
    {
        var answer = RawServer.Reply(body, type);
        await using var server = new RawServer(answer, answer, answer);
        using var connection = server.Connect();
        var failure = await Assert.ThrowsAsync<AlpacaLinkException>(() => Focuser(connection).PositionAsync().AsTask());
        Assert.Equal(kind, failure.Kind);
        Assert.Equal(kind == LinkFailure.BrokenReply ? 3 : 1, server.Requests.Count);
    }

    [Theory]
    [InlineData(Ten, "")]
    [InlineData(Ten, "application/json; charset=utf-8")]
    [InlineData(Ten, "text/json")]
    [InlineData("""{"value":10,"errornumber":0,"errormessage":null,"clienttransactionid":1}""", "application/json")]
    [InlineData("""{"ErrorNumber":0,"Extra":{"Value":11,"a":[{}]},"VALUE":10,"ClientTransactionID":1}""", "application/json")]
    [InlineData("\uFEFF{\"Value\":10,\"ClientTransactionID\":1}\r\n", "application/json")]
    public async Task Harmless_liberties_of_other_servers_are_taken_as_meant(string body, string type)
    {
        await using var server = new RawServer(RawServer.Reply(body, type));
        using var connection = server.Connect();
        Assert.Equal(10, await Focuser(connection).PositionAsync());
        Assert.Equal(0, connection.Counters.MismatchedTransactions);
    }

    [Theory]
    [InlineData("""{"Value":10,"ClientTransactionID":77}""")]
    [InlineData("""{"Value":10,"ClientTransactionID":-1}""")]
    [InlineData("""{"Value":10}""")]
    public async Task Another_transactions_number_is_counted_and_tolerated(string body)
    {
        await using var server = RawServer.Json(body);
        using var connection = server.Connect();
        Assert.Equal(10, await Focuser(connection).PositionAsync());
        Assert.Equal(1, connection.Counters.MismatchedTransactions);
    }

    [Fact]
    public async Task An_answer_without_end_is_refused()
    {
        await using var server = RawServer.Json("{\"Value\":\"" + new string('x', 5 << 20) + "\"}");
        using var connection = server.Connect();
        var failure = await Assert.ThrowsAsync<AlpacaLinkException>(() => Focuser(connection).NameAsync().AsTask());
        Assert.Equal(LinkFailure.InvalidReply, failure.Kind);
    }

    [Fact]
    public async Task The_clock_is_held_from_before_a_request_to_after_its_last_repetition()
    {
        await using var server = new RawServer(RawServer.Reply("oops", status: "503 Busy"), RawServer.Reply(Ten));
        var holds = new List<string>();
        using var connection = server.Connect(RawServer.Quick with { AroundRequest = () => new Hold(holds) });
        await Focuser(connection).PositionAsync();
        Assert.Equal(["held", "released"], holds);
    }

    private static IFocuser Focuser(AlpacaConnection connection) => DeviceClients.Create<IFocuser>(connection);

    private sealed class Hold : IDisposable
    {
        private readonly List<string> _log;

        public Hold(List<string> log) => (_log = log).Add("held");

        public void Dispose() => _log.Add("released");
    }
}
