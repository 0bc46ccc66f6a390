using Alpaca.Astronomy.Clocks;
using Sequencer.Core.Records;

namespace Sequencer.Core.Tests.Records;

public sealed class JournalTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("journal-").FullName;
    private readonly VirtualClock _clock = new(new DateTimeOffset(2026, 1, 10, 6, 0, 0, 123, TimeSpan.Zero));

    private string File => Path.Combine(_root, "journal.jsonl");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void A_line_is_time_event_and_fields_in_order_with_plain_values()
    {
        using (var journal = new Journal(File, _clock))
        {
            journal.Write(
                "test", ("text", "µ \"quoted\""), ("number", 1.23456789), ("nan", double.NaN), ("minus", -0.0000001), ("whole", 5), ("flag", true),
                ("span", TimeSpan.FromMilliseconds(1500)), ("list", new[] { "a", "b" }), ("none", null), ("when", new DateTimeOffset(2026, 1, 10, 8, 0, 0, TimeSpan.FromHours(2))));
        }

        Assert.Equal(
            """{"t":"2026-01-10T06:00:00.123Z","event":"test","text":"µ \"quoted\"","number":1.234568,"nan":null,"minus":0,"whole":5,"flag":true,"span":1.5,"list":["a","b"],"none":null,"when":"2026-01-10T06:00:00.000Z"}""" + "\n",
            System.IO.File.ReadAllText(File));
    }

    [Fact]
    public void A_journal_is_appended_to_and_a_damaged_last_line_spoils_nothing_after_it()
    {
        using (var journal = new Journal(File, _clock)) journal.Write("first");
        System.IO.File.AppendAllText(File, """{"t":"2026-01-10T06:00:00.123Z","eve""");
        using (var journal = new Journal(File, _clock)) journal.Write("second");
        Assert.Equal(["first", "second"], Journal.Read(File).Select(entry => entry.Event));
    }

    [Fact]
    public void Listeners_get_each_line_as_it_is_in_the_file()
    {
        var heard = new List<string>();
        using (var journal = new Journal(File, _clock))
        {
            journal.Written += entry => heard.Add(entry.ToString());
            journal.Dome("open");
            journal.Safety(false, ["rain", "wind"]);
        }

        Assert.Equal(System.IO.File.ReadAllLines(File), heard);
        Assert.Equal("""{"t":"2026-01-10T06:00:00.123Z","event":"safety","safe":false,"reasons":["rain","wind"]}""", heard[1]);
    }

    [Fact]
    public void A_line_can_be_read_by_others_as_soon_as_it_is_written()
    {
        using var journal = new Journal(File, _clock);
        journal.NightStart("Mauna Loa", "2026-01-09", "unit", 7, 600);
        var entry = Assert.Single(Journal.Read(File));
        Assert.Equal(7, entry.Number("seed"));
        Assert.Equal("Mauna Loa", entry.Text("site"));
    }

    [Fact]
    public void Paths_are_relative_to_the_output_root_so_that_equal_nights_give_equal_journals()
    {
        using var journal = new Journal(Path.Combine(_root, "logs", "journal.jsonl"), _clock, _root);
        Assert.Equal("images/M42/a.fits", journal.Relative(Path.Combine(_root, "images", "M42", "a.fits")));
        Assert.Equal("/elsewhere/a.fits", journal.Relative("/elsewhere/a.fits"));
    }

    [Fact]
    public void A_value_without_plain_form_is_refused_and_leaves_no_line()
    {
        using (var journal = new Journal(File, _clock))
        {
            var error = Assert.Throws<InvalidSerializationException>(() => journal.Write("test", ("value", new object())));
            Assert.Contains("Object", error.Message, StringComparison.Ordinal);
        }

        Assert.Empty(System.IO.File.ReadAllText(File));
    }

    [Fact]
    public void A_second_sequencer_cannot_write_the_same_journal()
    {
        using var journal = new Journal(File, _clock);
        Assert.Throws<IOException>(() => new Journal(File, _clock));
    }
}
