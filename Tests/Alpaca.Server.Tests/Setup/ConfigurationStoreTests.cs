namespace Alpaca.Server.Tests.Setup;

public sealed class ConfigurationStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("alpaca-store-tests-").FullName;

    private string ConfigurationPath => Path.Combine(_folder, "deep", "server.yaml");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_file_that_is_not_there_is_made_with_its_folder_for_its_owner_only()
    {
        var store = new ConfigurationStore(ConfigurationPath);
        Assert.False(store.Exists);
        Assert.Equal(10, store.Configuration.Devices.Count);
        var yaml = new YamlText(store.Text);
        yaml.Set("server.name", "Hilltop");
        store.Save(yaml.Text);
        Assert.True(store.Exists);
        Assert.StartsWith("# Configuration of alpaca-server.", File.ReadAllText(ConfigurationPath), StringComparison.Ordinal);
        Assert.Equal("Hilltop", ConfigurationFile.Load(ConfigurationPath).Sections.Server.Name);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(ConfigurationPath));
    }

    [Fact]
    public void A_saved_file_keeps_its_permissions_and_a_link_stays_a_link()
    {
        if (OperatingSystem.IsWindows())
            return;
        const UnixFileMode Shared = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead;
        var real = Write("server: {name: A}\n");
        File.SetUnixFileMode(real, Shared);
        var link = Path.Combine(_folder, "link.yaml");
        File.CreateSymbolicLink(link, real);
        new ConfigurationStore(link).Save("server: {name: B}\n");
        Assert.Equal("server: {name: B}\n", File.ReadAllText(real));
        Assert.Equal(real, new FileInfo(link).LinkTarget);
        Assert.Equal(Shared, File.GetUnixFileMode(real));
        Assert.Equal(["server.yaml"], Directory.EnumerateFiles(Path.GetDirectoryName(real)!).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("server: {name: Theirs}\n")]
    [InlineData(null)]
    public void A_file_that_somebody_else_changed_or_removed_is_not_overwritten(string? theirs)
    {
        var path = Write("server: {name: A}\n");
        var store = new ConfigurationStore(path);
        var before = store.Revision;
        if (theirs is null)
            File.Delete(path);
        else
            File.WriteAllText(path, theirs);
        Assert.True(store.IsChangedElsewhere);
        Assert.Contains("changed by somebody else", Assert.Throws<ConfigurationException>(() => store.Save("server: {name: B}\n")).Message, StringComparison.Ordinal);
        Assert.Equal(theirs, File.Exists(path) ? File.ReadAllText(path) : null);
        store.Reload();
        Assert.NotEqual(before, store.Revision);
        store.Save("server: {name: B}\n");
        Assert.Equal("server: {name: B}\n", File.ReadAllText(path));
    }

    [Fact]
    public void A_wrong_text_is_neither_saved_nor_taken_over()
    {
        var path = Write("server: {name: A}\n");
        var store = new ConfigurationStore(path);
        Assert.Throws<ConfigurationException>(() => store.Save("server: {nam: B}\n"));
        Assert.Equal("server: {name: A}\n", File.ReadAllText(path));
        File.WriteAllText(path, "server: {nam: C}\n");
        Assert.Throws<ConfigurationException>(store.Reload);
        Assert.Equal("server: {name: A}\n", store.Text);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_to_says_so_and_what_to_do()
    {
        // Root may write anywhere: a file in the place of the folder stops even root.
        File.WriteAllText(Path.Combine(_folder, "deep"), "");
        var store = new ConfigurationStore(ConfigurationPath);
        var message = Assert.Throws<ConfigurationException>(() => store.Save("server: {name: B}\n")).Message;
        Assert.Contains("cannot be written", message, StringComparison.Ordinal);
        Assert.Contains("the right to write", message, StringComparison.Ordinal);
    }

    private string Write(string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(ConfigurationPath)!);
        File.WriteAllText(ConfigurationPath, text);
        return ConfigurationPath;
    }
}
