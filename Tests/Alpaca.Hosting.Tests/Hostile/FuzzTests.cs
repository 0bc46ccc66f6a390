using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Xunit.Abstractions;

namespace Alpaca.Hosting.Tests.Hostile;

/// <summary>
/// Requests nobody thought of: mutations of valid ones, for some seconds. What guides them is what the server answers: an input whose reply has a shape that was not seen before
/// (status, error number, words of the message) is kept and mutated further. Coverage of the code itself is not measured: that would need instrumented assemblies.
/// </summary>
[Collection(HostileTests.Name)]
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int AtOnce = 16;
    private static readonly TimeSpan s_length = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan s_moment = TimeSpan.FromMilliseconds(40);

    [Theory]
    [InlineData(1)]
    [InlineData(20261121)]
    public async Task Whatever_is_asked_the_answer_is_a_proper_one_and_nobody_else_notices(int seed)
    {
        await using var ground = await Ground.StartAsync();
        var corpus = new RequestCorpus(seed);
        var began = TimeProvider.System.GetTimestamp();
        var sent = 0;
        while (TimeProvider.System.GetElapsedTime(began) < s_length)
        {
            var requests = Enumerable.Range(0, AtOnce).Select(_ => corpus.Next()).ToArray();
            var replies = await Task.WhenAll(requests.Select(request => AskAsync(ground, request)));
            for (var i = 0; i < AtOnce; i++)
                corpus.Learn(requests[i], Check(requests[i], replies[i]));
            sent += AtOnce;
        }

        output.WriteLine($"seed {seed}: {sent} requests, {corpus.Shapes} shapes of reply, {corpus.Count} inputs kept");
        Assert.True(corpus.Shapes >= 25, $"Only {corpus.Shapes} shapes of reply were met in {sent} requests: the fuzzing does not reach far.");
        await ground.Focuser.SetConnectedAsync(true);
        await ground.Focuser.MoveAsync(25000);
        await ground.ShouldStandAsync();
    }

    /// <summary>Sends a request and takes the first reply. A server that waits for more is told, after a moment, that no more will come.</summary>
    private static async Task<(int Status, string Head, byte[] Body)> AskAsync(Ground ground, byte[] request)
    {
        await using var wire = await ground.ConnectAsync();
        try
        {
            await wire.SendAsync(request);
            var reply = wire.ReadReplyAsync();
            await Task.WhenAny(reply, Task.Delay(s_moment, TimeProvider.System));
            if (!reply.IsCompleted)
                wire.Socket.Shutdown(SocketShutdown.Send);
            return await reply;
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            return (0, "", []);
        }
    }

    /// <summary>Checks a reply and reduces it to its shape.</summary>
    private static string Check(byte[] request, (int Status, string Head, byte[] Body) reply)
    {
        var (status, head, body) = reply;
        var text = Encoding.UTF8.GetString(body);
        var about = $"{Encoding.Latin1.GetString(request)}\n-> {status} {text}";
        if (status == 0)
            return "closed";
        Assert.True(status is (>= 200 and < 500) or 505 or 501, about);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        if (status != 200)
            return $"{status} {Words(text)}";
        if (!head.Contains("application/json", StringComparison.Ordinal))
            return $"200 {head.Split("\r\n").FirstOrDefault(l => l.StartsWith("Content-Type", StringComparison.Ordinal))}";
        var json = JsonDocument.Parse(body).RootElement;
        if (!json.TryGetProperty("ErrorNumber", out var error))
            return "200 json";
        Assert.True(error.GetInt32() is 0 or (>= 0x400 and <= 0xFFF), about);
        Assert.Equal(error.GetInt32() != 0, json.GetProperty("ErrorMessage").GetString()!.Length > 0);
        Assert.True(json.GetProperty("ServerTransactionID").GetUInt32() > 0, about);
        _ = json.GetProperty("ClientTransactionID").GetUInt32();
        return $"200 {error} {json.EnumerateObject().Count()} {Words(json.GetProperty("ErrorMessage").GetString()!)}";
    }

    /// <summary>A message without what it quotes: its first words, letters only.</summary>
    private static string Words(string message) =>
        string.Join(' ', message.Split(' ').Select(w => w.All(char.IsAsciiLetter) ? w : "?").Take(8));
}
