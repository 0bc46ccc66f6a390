namespace DataServices.TelescopeOrg.Tests;

public sealed class ConfigTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("telescope-org-config-");

    private string File => Path.Combine(_directory.FullName, "telescope.ini");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void User_password_and_cache_are_read_and_the_home_directory_filled_in()
    {
        Write("# mine\n[telescope.org]\nuser = tester\npassword = s3=cret\n[cache]\njobs = ~/.cache/jobs\nwcs = /var/wcs\nlimit_mb = 3\n");
        var config = Load();
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        Assert.Equal(("tester", Path.Join(home, ".cache/jobs"), "/var/wcs"), (config.Credentials.User, config.JobsDirectory, config.WcsDirectory));
        Assert.Equal("s3=cret", config.Credentials.Password);
        Assert.Equal(3_000_000, config.MaxCacheBytes);
        Assert.Empty(config.Warnings);
        Assert.Equal(Path.Join(home, ".config/telescope.ini"), TelescopeOrgConfig.Expand("~/.config/telescope.ini"));
    }

    [Theory]
    [InlineData("[telescope.org]\nuser = a\npassword = b\n", "[cache]")]
    [InlineData("[cache]\njobs = x\n", "[telescope.org]")]
    [InlineData("[telescope.org]\nuser = a\npassword = b\n[cache]\njobs = x\nlimit_mb = lots\n", "limit_mb")]
    [InlineData("[telescope.org]\nuser = a\n[cache]\njobs = x\n", "password")]
    public void A_missing_section_or_key_is_named(string text, string missing)
    {
        Write(text);
        var error = Assert.Throws<FormatException>(() => Load());
        Assert.Contains(missing, error.Message, StringComparison.Ordinal);
        Assert.Contains(File, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_that_is_not_understood_is_numbered_but_not_quoted()
    {
        Write("[telescope.org]\nuser = a\nhunter2\n");
        var error = Assert.Throws<FormatException>(() => Load());
        Assert.Contains("line 3", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_an_error_that_says_what_to_write() =>
        Assert.Contains("[telescope.org]", Assert.Throws<FileNotFoundException>(() => Load()).Message, StringComparison.Ordinal);

    [Fact]
    public void A_password_file_is_refused_when_others_can_read_it()
    {
        if (OperatingSystem.IsWindows())
            return;
        var secret = Path.Combine(_directory.FullName, "secret");
        System.IO.File.WriteAllText(secret, "s3cret\n");
        Write($"[telescope.org]\nuser = tester\npassword_file = {secret}\n[cache]\njobs = x\n");
        System.IO.File.SetUnixFileMode(secret, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        Assert.Contains("chmod 600", Assert.Throws<UnauthorizedAccessException>(() => Load()).Message, StringComparison.Ordinal);
        System.IO.File.SetUnixFileMode(secret, UnixFileMode.UserRead);
        Assert.Equal("s3cret", Load().Credentials.Password);
    }

    [Theory]
    [InlineData("me@example.org", "(contact: me@example.org)")]
    [InlineData("Zo\u00eb (roof), +31 20", "(contact: Zo roof, +31 20)")]
    public void Whom_to_write_to_stands_in_the_user_agent(string contact, string expected)
    {
        Write($"[telescope.org]\nuser = tester\npassword = x\ncontact = {contact}\n[cache]\njobs = x\n");
        var agent = TelescopeOrgOptions.AgentOf(Load().Contact!);
        Assert.EndsWith(expected, agent, StringComparison.Ordinal);
        using var http = new HttpClient();
        Assert.True(http.DefaultRequestHeaders.UserAgent.TryParseAdd(agent));
    }

    [Fact]
    public void A_config_file_with_a_password_that_others_can_read_works_with_a_warning()
    {
        if (OperatingSystem.IsWindows())
            return;
        Write("[telescope.org]\nuser = tester\npassword = s3cret\n[cache]\njobs = x\n");
        System.IO.File.SetUnixFileMode(File, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        var warning = Assert.Single(Load().Warnings);
        Assert.Contains("chmod 600", warning, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void The_environment_serves_in_place_of_the_file()
    {
        var variables = new Dictionary<string, string> { ["TELESCOPE_ORG_USER"] = "tester", ["TELESCOPE_ORG_PASSWORD"] = "s3cret" };
        Assert.Equal("s3cret", TelescopeOrgConfig.FromEnvironment(variables.GetValueOrDefault)!.Credentials.Password);
        Assert.Null(TelescopeOrgConfig.FromEnvironment(_ => null));
        variables.Remove("TELESCOPE_ORG_PASSWORD");
        Assert.Throws<FormatException>(() => TelescopeOrgConfig.FromEnvironment(variables.GetValueOrDefault));
    }

    private TelescopeOrgConfig Load() => TelescopeOrgConfig.Load(File, _ => null);

    private void Write(string text)
    {
        System.IO.File.WriteAllText(File, text);
        if (!OperatingSystem.IsWindows())
            System.IO.File.SetUnixFileMode(File, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
