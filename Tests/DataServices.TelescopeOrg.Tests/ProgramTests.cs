using System.Diagnostics;
using System.Text.Json.Nodes;
using DataServices.Fits.Tests;

namespace DataServices.TelescopeOrg.Tests;

/// <summary>The program itself, as people start it.</summary>
public sealed class ProgramTests : SiteFixture
{
    [Fact]
    public async Task A_process_killed_while_it_downloads_leaves_no_file_and_the_next_one_succeeds()
    {
        // 29 KiB at 20 s each: time enough to kill it in between, however busy the machine.
        await Site.ControlAsync("{\"slow\": 20000}");
        using (var program = Start("download", "420001", "--out", Folder))
        {
            await WaitForPartAsync();
            program.Kill(entireProcessTree: true);
            await program.WaitForExitAsync();
        }

        var left = Assert.Single(FilesInCache());
        Assert.Contains(".part-", left, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(Folder, "420001.fits")));

        await Site.ControlAsync("{\"slow\": 0}");
        var (code, output, _) = await RunAsync("download", "420001", "--out", Folder, "--json");
        Assert.Equal(0, code);
        Assert.Equal(28800, (int)JsonNode.Parse(output)!["bytes"]!);
        Assert.Equal([Path.Combine("4", "2", "420001.fits")], FilesInCache());
    }

    [Fact]
    public async Task Every_list_and_page_comes_as_json()
    {
        Assert.Equal(3, JsonNode.Parse((await RunAsync("folders", "--json")).Output)!.AsArray().Count);
        Assert.Equal(40, JsonNode.Parse((await RunAsync("requests", "--folder", "461", "--sort", "object", "--json")).Output)!.AsArray().Count);
        Assert.Equal(420002, (int)JsonNode.Parse((await RunAsync("jid", "770002", "--json")).Output)!["jid"]!);
        Assert.Equal("2024-11-11T00:02:39Z", (string?)JsonNode.Parse((await RunAsync("job", "420001", "--json")).Output)!["completion"]);
        Assert.Equal("[420120,420119]", JsonNode.Parse((await RunAsync("jobs", "--until", "2024-12-01", "--camera", "coast", "--json")).Output)!.ToJsonString());
    }

    [Fact]
    public async Task Mistakes_end_in_a_sentence_and_an_exit_code_without_the_password()
    {
        var (code, _, error) = await RunAsync("job", "5");
        Assert.Equal(1, code);
        Assert.Contains("job 5", error, StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync("jobs", "--camera", "Hubble")).Code);
        Assert.Equal(1, (await RunAsync("submit", "--ra", "1:2:3", "--dec=-4:5:6", "--exposure", "200", "--telescope", "COAST", "--filter", "BVR")).Code);

        WriteConfig("hunter22");
        (code, var output, error) = await RunAsync("folders");
        Assert.Equal(1, code);
        Assert.Contains("password", error, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter22", output + error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_config_file_that_others_can_read_works_and_every_verb_warns()
    {
        if (OperatingSystem.IsWindows())
            return;
        WriteConfig("s3cret");
        File.SetUnixFileMode(Path.Combine(Folder, "telescope.ini"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        var (code, output, error) = await RunAsync("jid", "770002", "--json");
        Assert.Equal((0, 420002), (code, (int)JsonNode.Parse(output)!["jid"]!));
        Assert.Contains("chmod 600", error, StringComparison.Ordinal);

        // A frame that is no frame: solving fails, the warning is the point.
        Assert.Contains("chmod 600", (await RunAsync("solve", Path.Combine(Folder, "telescope.ini"))).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_narrow_field_without_solution_names_packages_and_the_other_way()
    {
        var cube = await Client().GetFileAsync(420001);
        var (code, output, error) = await RunAsync("solve", cube, "--program", ShellScript.Create(Path.Combine(Folder, "solve-field"), "exit 1"), "--json");
        Assert.Equal((1, 1), (code, JsonNode.Parse(output)!.AsArray().Count));
        Assert.Contains("apt install astrometry-data-tycho2-07 astrometry-data-tycho2-08 astrometry-data-tycho2-09", error, StringComparison.Ordinal);
        Assert.Contains("nova.astrometry.net", error, StringComparison.Ordinal);
        Assert.Contains("apikey", error, StringComparison.Ordinal);

        (code, _, error) = await RunAsync("solve", cube, "--program", "/no/such/tool");
        Assert.Equal(1, code);
        Assert.Contains("apt install astrometry.net", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_zip_lists_its_members()
    {
        var (code, output, _) = await RunAsync("download", "420001", "--zip", "--json", "--out", Path.Combine(Folder, "out"));
        Assert.Equal(0, code);
        Assert.Equal(3, JsonNode.Parse(output)!["members"]!.AsArray().Count);
        Assert.Equal([Path.Combine("4", "2", "420001.zip")], Directory.EnumerateFiles(Cache, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Cache, path)));
    }

    [Fact]
    public async Task A_verb_logs_in_and_out_once()
    {
        await RunAsync("logout");
        Assert.Equal(["login.php", "api-user.php", "logout.php"], (await Site.LogAsync()).Select(entry => entry.Path));
    }

    private async Task WaitForPartAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        while (!FilesInCache().Any(path => path.Contains(".part-", StringComparison.Ordinal)))
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, deadline.Token);
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var program = Start(arguments);
        var (output, error) = (program.StandardOutput.ReadToEndAsync(), program.StandardError.ReadToEndAsync());
        await program.WaitForExitAsync();
        return (program.ExitCode, await output, await error);
    }

    private Process Start(params string[] arguments)
    {
        var config = Path.Combine(Folder, "telescope.ini");
        if (!File.Exists(config))
            WriteConfig("s3cret");
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "dataservices.dll"), "telescope", .. arguments, "--config", config, "--base-url", Site.Url.ToString()])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }

    private void WriteConfig(string password)
    {
        var config = Path.Combine(Folder, "telescope.ini");
        File.WriteAllText(config, $"[telescope.org]\nuser = tester\npassword = {password}\n[cache]\njobs = {Cache}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(config, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
