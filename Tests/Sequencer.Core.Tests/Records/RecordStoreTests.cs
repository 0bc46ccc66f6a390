using Alpaca.Astronomy.Clocks;
using Sequencer.Core.Records;

namespace Sequencer.Core.Tests.Records;

public sealed class RecordStoreTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("records-").FullName;
    private readonly ManualClock _clock = new(new DateTimeOffset(2026, 1, 10, 6, 0, 0, TimeSpan.Zero));

    public static TheoryData<bool> Kinds => [true, false];

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private RecordStore Store(bool file) => file ? new FileRecordStore(_root, _clock) : new MemoryRecordStore(_clock);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_current_record_is_the_newest_and_its_permanent_copy_has_another_id(bool file)
    {
        var store = Store(file);
        store.InsertCurrent("weather", new Dictionary<string, object?> { ["safe"] = false });
        var id = store.InsertCurrent("weather", new Dictionary<string, object?> { ["safe"] = true });
        var current = store.Current("weather")!;
        Assert.True(current.Data.GetProperty("safe").GetBoolean());
        Assert.NotEqual(id, current.Id);
        Assert.Equal(2, store.All("weather").Count());
        Assert.True(store.Find("weather", id)!.Data.GetProperty("safe").GetBoolean());
        Assert.Equal(_clock.GetUtcNow(), current.Date);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_record_that_is_not_permanent_leaves_nothing_in_the_collection(bool file)
    {
        var store = Store(file);
        var id = store.InsertCurrent("status", new Dictionary<string, object?> { ["state"] = "ready" }, permanent: false);
        Assert.Equal(id, store.Current("status")!.Id);
        Assert.Empty(store.All("status"));
        store.ClearCurrent("status");
        Assert.Null(store.Current("status"));
    }

    [Fact]
    public void Files_have_the_names_and_the_envelope_that_uploaders_watch_for()
    {
        Store(true).InsertCurrent("state", new OrderedFields { { "source", "ready" }, { "dest", "scheduling" } });
        Assert.Equal(["current_state.json", "state.json"], Directory.GetFiles(_root).Select(Path.GetFileName).Order());
        Assert.Matches(
            """^\{"_id":"[0-9a-f-]{36}","data":\{"source":"ready","dest":"scheduling"\},"type":"state","date":"2026-01-10T06:00:00.000"\}\n$""",
            File.ReadAllText(Path.Combine(_root, "current_state.json")));
    }

    [Fact]
    public void A_damaged_line_does_not_hide_the_others()
    {
        var store = Store(true);
        store.Insert("state", 1);
        File.AppendAllText(Path.Combine(_root, "state.json"), "{\"_id\":\n");
        store.Insert("state", 2);
        Assert.Equal([1, 2], store.All("state").Select(record => record.Data.GetInt32()));
    }

    [Theory]
    [InlineData("../escape")]
    [InlineData("")]
    public void A_collection_cannot_leave_the_folder(string name) => Assert.Throws<ArgumentException>(() => Store(true).Insert(name, 1));

    [Fact]
    public void What_cannot_be_written_is_an_error() => Assert.Throws<InvalidSerializationException>(() => Store(true).Insert("state", new object()));
}
