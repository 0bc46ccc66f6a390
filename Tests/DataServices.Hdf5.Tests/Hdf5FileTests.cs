using System.Buffers.Binary;

namespace DataServices.Hdf5.Tests;

public sealed class Hdf5FileTests : IDisposable
{
    private static readonly TableLayout _layout = TableLayout.Parse("id:U32 at:T32 flag:B8 four:I16x4=-1 rate:F32 place:I32=-1");
    private readonly string _directory = Directory.CreateTempSubdirectory("hdf5-test-").FullName;

    private string Path => System.IO.Path.Combine(_directory, "a.h5");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void A_layout_is_packed_and_knows_its_defaults()
    {
        Assert.Equal(25, _layout.RowSize);
        Assert.Equal([0, 4, 8, 9, 17, 21], _layout.Columns.Select(column => column.Offset));
        Assert.Equal("0000000000000000" + "00" + "FFFFFFFFFFFFFFFF" + "00000000" + "FFFFFFFF", Convert.ToHexString(_layout.Defaults.Span));
    }

    [Fact]
    public void Rows_appended_in_several_sessions_are_read_back_and_counted()
    {
        using (var file = Hdf5File.Create(Path))
        {
            file.CreateGroup("/g", "a group");
            using (var table = Hdf5Table.Create(file, "/g/t", "a table", _layout))
                table.Append(Rows(1, 3000));
            file.Close();
        }

        using (var file = Hdf5File.Open(Path, writable: true))
        {
            using (var table = Hdf5Table.Open(file, "/g/t"))
                table.Append(Rows(3001, 10));
            file.Close();
        }

        using var again = Hdf5File.Open(Path);
        using var rows = Hdf5Table.Open(again, "/g/t");
        Assert.Equal(3010, rows.Count);
        Assert.Equal(3010, rows.DeclaredRows);
        Assert.Equal(_layout.Columns.Select(c => (c.Name, c.Kind, c.Count, c.Offset)), rows.Layout.Columns.Select(c => (c.Name, c.Kind, c.Count, c.Offset)));
        Assert.Equal(Rows(2999, 4), rows.Read(2998, 4));
        Assert.Equal("a table", again.TextAttribute("/g/t", "TITLE"));
        Assert.Equal(["/g/t"], again.Datasets());
    }

    [Fact]
    public void Blobs_of_any_length_come_back_including_empty_ones()
    {
        byte[][] blobs = [[], [0, 255, 0], new byte[100_000], []];
        blobs[2].AsSpan().Fill(7);
        using (var file = Hdf5File.Create(Path))
        {
            using (var array = Hdf5BlobArray.Create(file, "/b", "blobs", 512))
            {
                array.Append([.. blobs.Select(blob => (ReadOnlyMemory<byte>)blob)]);
                array.Append([new byte[] { 1 }]);
            }

            file.Close();
        }

        using var again = Hdf5File.Open(Path);
        Assert.True(Hdf5BlobArray.Is(again, "/b"));
        using var found = Hdf5BlobArray.Open(again, "/b");
        Assert.Equal([.. blobs, [1]], found.Read(0, found.Count));
    }

    [Fact]
    public void A_file_cut_in_half_is_an_error_that_names_it()
    {
        using (var file = Hdf5File.Create(Path))
        {
            using (var table = Hdf5Table.Create(file, "/t", "a table", _layout))
                table.Append(Rows(1, 5000));
            file.Close();
        }

        using (var raw = File.OpenWrite(Path))
            raw.SetLength(raw.Length / 2);
        var error = Assert.Throws<Hdf5Exception>(() => Hdf5File.Open(Path));
        Assert.Contains(Path, error.Message, StringComparison.Ordinal);
        Assert.Contains("truncated", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_node_copied_into_another_file_keeps_its_rows()
    {
        var other = System.IO.Path.Combine(_directory, "b.h5");
        using var source = Hdf5File.Create(Path);
        using (var table = Hdf5Table.Create(source, "/t", "a table", _layout))
            table.Append(Rows(1, 5));
        using var target = Hdf5File.Create(other);
        source.CopyTo("/t", target, "/u");
        source.Remove("/t");
        Assert.False(source.Exists("/t"));
        using var copied = Hdf5Table.Open(target, "/u");
        Assert.Equal(Rows(1, 5), copied.Read(0, 5));
    }

    private static byte[] Rows(int first, int count)
    {
        var rows = new byte[count * _layout.RowSize];
        for (var i = 0; i < count; i++)
        {
            _layout.Defaults.Span.CopyTo(rows.AsSpan(i * _layout.RowSize));
            BinaryPrimitives.WriteInt32LittleEndian(rows.AsSpan(i * _layout.RowSize), first + i);
        }

        return rows;
    }
}
