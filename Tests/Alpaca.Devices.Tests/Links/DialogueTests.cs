using Alpaca.Devices.Links;
using Emulators.Kit;

namespace Alpaca.Devices.Tests.Links;

public sealed class DialogueTests
{
    private static readonly TimeSpan s_reply = TimeSpan.FromSeconds(1);

    private static void Talk(Func<EchoEmulator, Dialogue, Task> scene) => Scene.Run(async clock =>
    {
        var emulator = new EchoEmulator(clock);
        await using var port = new MemoryPort(emulator, clock, "/dev/echo");
        await scene(emulator, new Dialogue(port.Open(), s_reply) { Retries = 0 });
    });

    [Fact]
    public void A_command_gets_its_reply() => Talk(async (_, dialogue) => Assert.Equal("HELLO", await dialogue.CommandAsync("hello#", '#')));

    [Fact]
    public void A_missing_reply_names_port_command_deadline_and_last_bytes() => Talk(async (emulator, dialogue) =>
    {
        emulator.Faults.SplitNext(3, TimeSpan.FromHours(1));
        var failure = await Assert.ThrowsAsync<LinkException>(async () => await dialogue.CommandAsync("hello#", '#'));
        Assert.Equal("/dev/echo: no answer within 1 s after \"hello#\"; received \"HEL\".", failure.Message);
        Assert.Equal(1, dialogue.Counters.Timeouts);
    });

    [Fact]
    public void The_rest_of_a_late_reply_is_not_taken_for_the_next_one() => Talk(async (emulator, dialogue) =>
    {
        // 20 ms of silence prove nothing about the 5 s that follow: the rest comes long before the second command.
        emulator.Faults.SplitNext(3, TimeSpan.FromSeconds(1.005));
        await Assert.ThrowsAsync<LinkException>(async () => await dialogue.CommandAsync("hello#", '#'));
        Assert.Equal("AGAIN", await dialogue.CommandAsync("again#", '#'));
        Assert.Equal("MORE", await dialogue.CommandAsync("more#", '#'));
    });

    [Fact]
    public void A_question_is_asked_again_after_a_lost_reply() => Scene.Run(async clock =>
    {
        var emulator = new EchoEmulator(clock);
        await using var port = new MemoryPort(emulator, clock, "port");
        var dialogue = new Dialogue(port.Open(), s_reply);
        emulator.Faults.DropNext(3);
        Assert.Equal(12, await dialogue.AskAsync<int>("12#", '#', text => int.TryParse(text, out var number) ? number : null));
        Assert.Equal(1, dialogue.Counters.Retries);
        Assert.Equal(["12#", "12#"], emulator.Heard);
    });

    [Fact]
    public void An_answer_that_makes_no_sense_is_an_error_and_not_a_value() => Talk(async (_, dialogue) =>
    {
        var failure = await Assert.ThrowsAsync<LinkException>(async () => await dialogue.AskAsync<int>("abc#", '#', text => int.TryParse(text, out var number) ? number : null));
        Assert.Equal(LinkFault.Malformed, failure.Fault);
        Assert.Equal(DriverError.MalformedReply, failure.Number);
        Assert.Contains("received \"ABC\"", failure.Message, StringComparison.Ordinal);
    });

    [Fact]
    public void A_command_is_never_sent_twice() => Talk(async (emulator, dialogue) =>
    {
        emulator.Faults.Silence(Timeout.InfiniteTimeSpan);
        await Assert.ThrowsAsync<LinkException>(async () => await dialogue.CommandAsync("move#", '#'));
        Assert.Equal(["move#"], emulator.Heard);
    });

    [Fact]
    public void Endless_chatter_without_a_terminator_is_no_reply() => Talk(async (emulator, dialogue) =>
    {
        emulator.Faults.PrefixNext(new byte[600]);
        Assert.Equal(LinkFault.Malformed, (await Assert.ThrowsAsync<LinkException>(async () => await dialogue.CommandAsync("x#", '#'))).Fault);
    });
}
