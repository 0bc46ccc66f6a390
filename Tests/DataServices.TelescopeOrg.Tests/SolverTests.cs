using DataServices.Fits;
using DataServices.Fits.Tests;

namespace DataServices.TelescopeOrg.Tests;

/// <summary>The cache of solutions and the call of solve-field. A script stands in for the tool: what it is given is the contract.</summary>
public sealed class SolverTests : SiteFixture
{
    [Fact]
    public async Task A_frame_is_solved_once_and_found_by_the_sum_over_its_data_afterwards()
    {
        var cube = await Client().GetFileAsync(420001);
        var solver = Solver(Script("cp \"$TEMPLATE\" \"$new\""));
        var solution = await solver.SolveAsync(cube);
        Assert.Equal(325.678, solution!.Number("CRVAL1"));

        var key = SolutionCache.KeyOf(cube);
        Assert.Matches("^[0-9a-f]{8}$", key);
        var path = solver.CachePath(cube);
        Assert.Equal(Path.Combine(Folder, "wcs", key[..1], key[1..2], $"{key}.wcs"), path);
        Assert.Contains("CRVAL1", await File.ReadAllTextAsync(path), StringComparison.Ordinal);

        // The same data under another name and by another solver: the tool is not started again.
        var copy = Path.Combine(Folder, "copy.fits");
        File.Copy(cube, copy);
        var again = await Solver("/no/such/tool").SolveAsync(copy);
        Assert.Equal(solution.Records(), again!.Records());
        Assert.Single(await File.ReadAllLinesAsync(Calls));
    }

    [Fact]
    public async Task The_tool_is_given_limits_scale_and_position_of_the_header()
    {
        await Solver(Script("cp \"$TEMPLATE\" \"$new\"")).SolveAsync(await Client().GetFileAsync(420001));
        var arguments = (await File.ReadAllLinesAsync(Calls))[0];
        Assert.Contains("--no-plots", arguments, StringComparison.Ordinal);
        Assert.Contains("--cpulimit 15 ", arguments, StringComparison.Ordinal);
        Assert.Contains("--scale-units arcsecperpix --scale-low 1 --scale-high 2 ", arguments, StringComparison.Ordinal);
        Assert.Matches(@"--ra 325\.678\d* --dec 43\.58608\d* --radius 2 ", arguments);
    }

    [Fact]
    public async Task What_has_no_solution_is_null_and_tried_again_next_time()
    {
        var cube = await Client().GetFileAsync(420001);
        var solver = Solver(Script("exit 1"));
        Assert.Null(await solver.SolveAsync(cube));
        Assert.Null(await solver.SolveAsync(cube));
        Assert.Equal(2, (await File.ReadAllLinesAsync(Calls)).Length);
        Assert.False(Directory.Exists(Path.Combine(Folder, "wcs")));
    }

    [Fact]
    public async Task A_missing_tool_is_named_with_its_package()
    {
        var error = await Assert.ThrowsAsync<SolveFieldMissingException>(async () => await Solver("/no/such/tool").SolveAsync(await Client().GetFileAsync(420001)));
        Assert.Contains("apt install astrometry.net", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_sum_is_the_one_that_cfitsio_writes()
    {
        var path = Path.Combine(Folder, "sum.fits");
        FitsWriter.WriteImage<ushort>(path, Enumerable.Range(0, 5000).Select(i => (ushort)(i * 13)).ToArray(), 100, 50, new FitsHeader());
        var text = System.Text.Encoding.ASCII.GetString(await File.ReadAllBytesAsync(path));
        var written = uint.Parse(text.AsSpan(text.IndexOf("DATASUM", StringComparison.Ordinal) + 10, 20).Trim([' ', '\'']).ToString().Split('\'')[0], System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal($"{written:x8}", SolutionCache.KeyOf(path));
    }

    [Theory]
    [InlineData("BRT COAST Telescope", 1, 2)]
    [InlineData("Cluster camera", 14, 16)]
    [InlineData("Somebody else's", 1, 16)]
    [InlineData("constellation", 1, 16)]
    [InlineData(null, 1, 16)]
    public void The_scale_follows_from_the_telescope(string? telescope, double low, double high)
    {
        var header = new FitsHeader();
        if (telescope is not null)
            header.Set("TELESCOP", telescope);
        var hints = SolveHints.FromHeader(header);
        Assert.Equal((low, high, 2000), (hints.ScaleLow, hints.ScaleHigh, hints.Equinox));
        Assert.Null(hints.Position);
    }

    [Fact]
    public void The_position_is_taken_from_the_first_pair_of_keywords_there_is()
    {
        var header = new FitsHeader().Set("RA-TEL", 1.5).Set("DEC-TEL", -2.25).Set("EQUINOX", 1950.0);
        Assert.Equal((new SkyPosition(1.5, -2.25), 1950), (SolveHints.FromHeader(header).Position!.Value, SolveHints.FromHeader(header).Equinox));
        header.Set("MNTRA", "03 30 00").Set("MNTDEC", "-10 30 00");
        Assert.Equal(new SkyPosition(3.5, -10.5), SolveHints.FromHeader(header).Position);
        header.Set("OBJCTRA", "04:30:00").Set("OBJCTDEC", "+20:15:00");
        Assert.Equal(new SkyPosition(4.5, 20.25), SolveHints.FromHeader(header).Position);
    }

    private string Calls => Path.Combine(Folder, "calls");

    private FieldSolver Solver(string program) => new(new() { Program = program, CacheDirectory = Path.Combine(Folder, "wcs") }, TimeProvider.System);

    // Notes its arguments, finds the name after --new-fits, and does what the test says.
    private string Script(string action)
    {
        var template = Path.Combine(Folder, "template.fits");
        if (!File.Exists(template))
            FitsWriter.WriteImage<short>(template, new short[4], 2, 2, new FitsHeader().Set("CTYPE1", "RA---TAN-SIP").Set("CTYPE2", "DEC--TAN-SIP").Set("CRVAL1", 325.678).Set("CRVAL2", 43.586));
        return ShellScript.Create(
            Path.Combine(Folder, "solve-field"),
            $"echo \"$*\" >>'{Calls}'\nTEMPLATE='{template}'\nwhile [ $# -gt 0 ]; do [ \"$1\" = --new-fits ] && new=$2; shift; done\n{action}");
    }
}
