namespace DataServices.Fits.Tests;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void The_file_has_its_name_only_once_it_is_complete()
    {
        var path = _directory.File("frame.fits");

        AtomicFile.Write(path, temporary =>
        {
            File.WriteAllText(temporary, "whole");
            Assert.False(File.Exists(path));
            Assert.Empty(Directory.GetFiles(_directory.Path, "*.fits"));
        });

        Assert.Equal("whole", File.ReadAllText(path));
        Assert.Single(Directory.GetFileSystemEntries(_directory.Path));
    }

    [Fact]
    public void A_failure_leaves_nothing_behind_and_names_the_file()
    {
        var path = _directory.File("frame.fits");

        var error = Assert.Throws<IOException>(() => FitsWriter.Write(path, file =>
        {
            file.AppendImage<ushort>(new ushort[4], [2, 2], new FitsHeader());
            throw new IOException("the disk is full");
        }));

        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains("the disk is full", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_directory.Path));
    }

    [Fact]
    public void An_existing_file_is_kept_unless_replacing_it_was_asked_for()
    {
        var path = _directory.File("frame.fits");
        File.WriteAllText(path, "old");

        var error = Assert.Throws<IOException>(() => AtomicFile.Write(path, temporary => File.WriteAllText(temporary, "new")));
        Assert.Contains("exists already", error.Message, StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(path));

        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(path, _ => throw new InvalidOperationException("no"), overwrite: true));
        Assert.Equal("old", File.ReadAllText(path));

        AtomicFile.Write(path, temporary => File.WriteAllText(temporary, "new"), overwrite: true);
        Assert.Equal("new", File.ReadAllText(path));
    }

    [Fact]
    public void A_directory_that_is_missing_is_named()
    {
        var error = Assert.Throws<DirectoryNotFoundException>(() => AtomicFile.Write(_directory.File("no/such/frame.fits"), _ => { }));

        Assert.Contains("no/such", error.Message, StringComparison.Ordinal);
    }
}
