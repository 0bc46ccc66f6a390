using System.Text;

namespace Alpaca.Hosting.Tests.Hostile;

/// <summary>Requests that are wrong as HTTP: each gets the right refusal or a closed connection, none gets anything done, and nobody else notices.</summary>
[Collection(HostileTests.Name)]
public sealed class MalformedTests
{
    private const string Path = "/api/v1/focuser/0/move";
    private const string Form = "Content-Type: application/x-www-form-urlencoded\r\n";
    private const string Host = "Host: localhost\r\n";

    /// <summary>Name, the bytes as Latin-1, and the statuses that are right; 0 is a connection closed without a word.</summary>
    private static readonly (string What, string Bytes, int[] Right)[] s_requests =
    [
        ("no HTTP at all", "hello\r\n\r\n", [400]),
        ("binary", "\0\u0001\u0002\u00ff\u00fe\r\n\r\n", [400, 0]),
        ("TLS on a plain port", "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003\r\n\r\n", [400, 0]),
        ("HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", [400, 505, 0]),
        ("HTTP/3.0", $"GET {Path} HTTP/3.0\r\n{Host}\r\n", [505, 400]),
        ("HTTP/0.9", "GET /setup\r\n", [400]),
        ("no host", $"GET {Path} HTTP/1.1\r\n\r\n", [400]),
        ("two hosts", $"GET {Path} HTTP/1.1\r\n{Host}{Host}\r\n", [400]),
        ("host with a space", "GET /setup HTTP/1.1\r\nHost: local host\r\n\r\n", [400]),
        ("host with a NUL", "GET /setup HTTP/1.1\r\nHost: localhost\0\r\n\r\n", [400]),
        ("host with user", "GET /setup HTTP/1.1\r\nHost: localhost@evil.example.com\r\n\r\n", [400, 421]),
        ("host that is only a port", "GET /setup HTTP/1.1\r\nHost: :80\r\n\r\n", [400, 421]),
        ("NUL in the path", $"GET /api/v1/focuser\0/0/position HTTP/1.1\r\n{Host}\r\n", [400]),
        ("encoded NUL in the path", $"GET /api/v1/focuser%00/0/position HTTP/1.1\r\n{Host}\r\n", [400]),
        ("invalid UTF-8 in the path", $"GET /api/v1/focuser/0/%ff%fe%c0%af HTTP/1.1\r\n{Host}\r\n", [400, 404]),
        ("raw invalid UTF-8 in the path", $"GET /api/v1/focuser/0/\u00ff\u00fe HTTP/1.1\r\n{Host}\r\n", [400, 404]),
        ("climbing path", $"GET /../../../../etc/passwd HTTP/1.1\r\n{Host}\r\n", [400, 404]),
        ("encoded climbing path", $"GET /setup/%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\n{Host}\r\n", [400, 404]),
        ("encoded slash", $"GET /api/v1/focuser%2f0/position HTTP/1.1\r\n{Host}\r\n", [400, 404]),
        ("absolute form of another host", $"GET http://evil.example.com/setup HTTP/1.1\r\n{Host}\r\n", [400, 421]),
        ("absolute form, host of a stranger", "GET http://evil.example.com/setup HTTP/1.1\r\nHost: evil.example.com\r\n\r\n", [421]),
        ("absolute form that is ours", $"GET http://localhost/api/v1/focuser/0/position HTTP/1.1\r\n{Host}\r\n", [200]),
        ("asterisk", $"OPTIONS * HTTP/1.1\r\n{Host}\r\n", [400, 404, 405]),
        ("CONNECT", $"CONNECT evil.example.com:443 HTTP/1.1\r\nHost: evil.example.com:443\r\n\r\n", [400, 404, 405, 421]),
        ("TRACE", $"TRACE {Path} HTTP/1.1\r\n{Host}\r\n", [405]),
        ("unknown verb", $"EXPLODE {Path} HTTP/1.1\r\n{Host}\r\n", [405]),
        ("verb in lower case", $"put {Path} HTTP/1.1\r\n{Host}{Form}Content-Length: 10\r\n\r\nPosition=1", [400, 405]),
        ("very long verb", $"{new string('P', 9000)} / HTTP/1.1\r\n{Host}\r\n", [400, 414, 431]),
        ("long request line", $"GET {Path}?{new string('x', 9000)} HTTP/1.1\r\n{Host}\r\n", [414]),
        ("giant header", $"GET {Path} HTTP/1.1\r\n{Host}X: {new string('x', 40000)}\r\n\r\n", [431]),
        ("a thousand headers", $"GET {Path} HTTP/1.1\r\n{Host}{string.Concat(Enumerable.Range(0, 1000).Select(i => $"X-{i}: y\r\n"))}\r\n", [431]),
        ("folded header", $"GET {Path} HTTP/1.1\r\n{Host}X: a\r\n b\r\n\r\n", [400]),
        ("header without a colon", $"GET {Path} HTTP/1.1\r\n{Host}nonsense\r\n\r\n", [400]),
        ("space before the colon", $"GET {Path} HTTP/1.1\r\n{Host}Content-Length : 0\r\n\r\n", [400]),
        ("NUL in a header", $"GET {Path} HTTP/1.1\r\n{Host}X: a\0b\r\n\r\n", [400]),
        ("invalid UTF-8 in a header", $"GET /api/v1/focuser/0/position HTTP/1.1\r\n{Host}Accept: \u00ff\u00fe\r\n\r\n", [200, 400]),
        ("bare line feeds", "GET /setup HTTP/1.1\nHost: localhost\n\n", [200, 400]),
        ("two lengths that differ", $"PUT {Path} HTTP/1.1\r\n{Host}{Form}Content-Length: 10\r\nContent-Length: 0\r\n\r\nPosition=1", [400]),
        ("negative length", $"PUT {Path} HTTP/1.1\r\n{Host}{Form}Content-Length: -1\r\n\r\n", [400]),
        ("length beyond all numbers", $"PUT {Path} HTTP/1.1\r\n{Host}{Form}Content-Length: 99999999999999999999\r\n\r\n", [400]),
        ("length of a planet", $"PUT {Path} HTTP/1.1\r\n{Host}{Form}Content-Length: 9223372036854775807\r\n\r\n", [413]),
        ("length that is a word", $"PUT {Path} HTTP/1.1\r\n{Host}{Form}Content-Length: ten\r\n\r\n", [400]),
        ("no length", $"PUT {Path} HTTP/1.1\r\n{Host}{Form}\r\n", [400, 411]),
        ("length and chunks (smuggling)", $"PUT {Path} HTTP/1.1\r\n{Host}{Form}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\nA\r\nPosition=1\r\n0\r\n\r\n", [400]),
        ("transfer encoding nobody knows", $"PUT {Path} HTTP/1.1\r\n{Host}{Form}Transfer-Encoding: zstd\r\n\r\n", [400, 411, 501]),
        ("chunk size that is none", $"PUT {Path} HTTP/1.1\r\n{Host}{Form}Transfer-Encoding: chunked\r\n\r\nZZ\r\nPosition=1\r\n0\r\n\r\n", [400]),
        ("chunk size beyond all numbers", $"PUT {Path} HTTP/1.1\r\n{Host}{Form}Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n", [400]),
        ("negative chunk", $"PUT {Path} HTTP/1.1\r\n{Host}{Form}Transfer-Encoding: chunked\r\n\r\n-1\r\n", [400]),
        ("chunk longer than it says", $"PUT {Path} HTTP/1.1\r\n{Host}{Form}Transfer-Encoding: chunked\r\n\r\n2\r\nPosition=1\r\n0\r\n\r\n", [400]),
        ("good chunks, bad parameter", $"PUT {Path} HTTP/1.1\r\n{Host}{Form}Transfer-Encoding: chunked\r\n\r\n5\r\nPosit\r\n5\r\nion=x\r\n0\r\n\r\n", [400]),
        ("chunks longer than any form", $"PUT {Path} HTTP/1.1\r\n{Host}{Form}Transfer-Encoding: chunked\r\n\r\n{100_000:X}\r\nPosition=1&{new string('x', 99_989)}\r\n0\r\n\r\n", [413]),
        ("form that is not UTF-8", $"PUT {Path} HTTP/1.1\r\n{Host}{Form}Content-Length: 12\r\n\r\nPosition=\u00ff\u00fe\u0000", [400]),
        ("form of percent signs", $"PUT {Path} HTTP/1.1\r\n{Host}{Form}Content-Length: 14\r\n\r\nPosition=%%%%%", [400]),
        ("expectation nobody knows", $"PUT {Path} HTTP/1.1\r\n{Host}{Form}Expect: miracles\r\nContent-Length: 0\r\n\r\n", [400, 417]),
        ("web socket", $"GET /setup HTTP/1.1\r\n{Host}Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\nSec-WebSocket-Version: 13\r\n\r\n", [200, 400, 426]),
        ("HTTP/2 upgrade", $"GET /setup HTTP/1.1\r\n{Host}Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n", [200, 400]),
    ];

    [Fact]
    public async Task Every_malformed_request_gets_the_right_refusal()
    {
        var wrong = new List<string>();
        await using var ground = await Ground.StartAsync();
        foreach (var (what, bytes, right) in s_requests)
        {
            await using var wire = await ground.ConnectAsync();
            await wire.SendAsync(bytes);
            var (status, _, body) = await wire.ReadReplyAsync();
            if (!right.Contains(status))
                wrong.Add($"{what}: {status} {Encoding.UTF8.GetString(body)}");
            if (ground.Focuser.Position != 25000)
                wrong.Add($"{what} moved the focuser.");
            await ground.Focuser.MoveAsync(25000);
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.InRange((await ground.MetricsAsync())["alpaca_refused_total", ("reason", "not_http")], 20, s_requests.Length);
        await ground.ShouldStandAsync();
    }

    [Fact]
    public async Task They_do_no_more_harm_in_pieces()
    {
        await using var ground = await Ground.StartAsync();
        await Task.WhenAll(s_requests.Select(async request =>
        {
            await using var wire = await ground.ConnectAsync();
            try
            {
                foreach (var piece in Encoding.Latin1.GetBytes(request.Bytes).Chunk(Math.Max(1, request.Bytes.Length / 40)))
                    await wire.SendAsync(piece);
            }
            catch (IOException)
            {
                // It has heard enough.
            }

            var (status, _, _) = await wire.ReadReplyAsync();
            Assert.True(status == 0 || request.Right.Contains(status), $"{request.What}: {status}");
        }));
        await ground.ShouldStandAsync();
    }

    [Fact]
    public async Task Garbage_behind_a_good_request_is_refused_and_the_good_one_is_answered()
    {
        await using var ground = await Ground.StartAsync();
        await using var wire = await ground.ConnectAsync();
        await wire.SendAsync($"GET /api/v1/telescope/0/name HTTP/1.1\r\n{Host}\r\nGET /api/v1/focuser/0/position HTTP/1.1\r\n{Host}\r\n\0\0garbage garbage\r\n\r\nPUT {Path} HTTP/1.1\r\n{Host}{Form}Content-Length: 10\r\n\r\nPosition=1");
        Assert.Equal(200, (await wire.ReadReplyAsync()).Status);
        Assert.Equal(200, (await wire.ReadReplyAsync()).Status);
        Assert.Equal(400, (await wire.ReadReplyAsync()).Status);
        Assert.Empty(await wire.ReadToEndAsync());
        await ground.ShouldStandAsync();
    }

    [Fact]
    public async Task A_refused_body_is_not_taken_for_the_next_request()
    {
        await using var ground = await Ground.StartAsync();
        await using var wire = await ground.ConnectAsync();
        var smuggled = $"PUT {Path} HTTP/1.1\r\n{Host}{Form}Content-Length: 10\r\n\r\nPosition=1";
        await wire.SendAsync($"PUT /api/v1/focuser/0/nothing HTTP/1.1\r\n{Host}{Form}Content-Length: {smuggled.Length}\r\n\r\n{smuggled}GET /api/v1/telescope/0/name HTTP/1.1\r\n{Host}\r\n");
        Assert.Equal(404, (await wire.ReadReplyAsync()).Status);
        var (status, _, body) = await wire.ReadReplyAsync();
        Assert.True(status == 0 || (status == 200 && Encoding.UTF8.GetString(body).Contains("TestTelescope", StringComparison.Ordinal)), $"{status}");
        await ground.ShouldStandAsync();
    }

    [Fact]
    public async Task Thousands_of_pipelined_requests_are_answered_one_after_the_other()
    {
        await using var ground = await Ground.StartAsync();
        await using var wire = await ground.ConnectAsync();
        const int Count = 5000;
        var all = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat($"GET /api/v1/telescope/0/name HTTP/1.1\r\n{Host}\r\n", Count)));
        var sending = wire.SendAsync(all);
        for (var i = 0; i < Count; i++)
            Assert.Equal(200, (await wire.ReadReplyAsync()).Status);
        await sending;
        await ground.ShouldStandAsync();
    }
}
