using Emulators.HipercamServer;

namespace DataServices.Hipercam.Tests;

/// <summary>Where the words of the rarer modes go.</summary>
public class UltracamGeometryTests
{
    [Fact]
    public void Three_pairs_follow_each_other_in_the_frame()
    {
        using var folder = new Folder();
        (int Nx, int Ny)[] sizes = [(12, 5), (7, 4), (30, 3)];
        var writer = new UltracamRunWriter("ap7_250_window3pair", sizes.Sum(size => 6 * size.Nx * size.Ny)).Set("X_BIN_FAC", "2").Set("Y_BIN_FAC", "3");
        for (var pair = 1; pair <= 3; pair++)
        {
            // One column and two rows more than bins fill: they are not read out.
            writer.Set($"X{pair}L_START", $"{10 * pair}").Set($"X{pair}R_START", $"{600 + pair}").Set($"Y{pair}_START", $"{100 * pair}")
                .Set($"X{pair}_SIZE", $"{2 * sizes[pair - 1].Nx + 1}").Set($"Y{pair}_SIZE", $"{3 * sizes[pair - 1].Ny + 2}");
        }

        writer.Write(folder["run001"], 1);
        using var file = UltracamRunFile.Open(folder["run001"]);
        using var frame = file.ReadFrame(1);
        Assert.Equal("3-PAIR", file.Run.ModeName);
        var start = 0;
        for (var pair = 0; pair < 3; pair++)
        {
            var (nx, ny) = sizes[pair];
            for (var ccd = 0; ccd < 3; ccd++)
            {
                Window left = frame.Ccds[ccd][$"{2 * pair + 1}"], right = frame.Ccds[ccd][$"{2 * pair + 2}"];
                Assert.Equal(new WindowGeometry($"{2 * pair + 1}", 10 * (pair + 1), 100 * (pair + 1), nx, ny, 2, 3, "LL"), left.Geometry);
                Assert.Equal(new WindowGeometry($"{2 * pair + 2}", 601 + pair, 100 * (pair + 1), nx, ny, 2, 3, "LR"), right.Geometry);
                for (var pixel = 0; pixel < nx * ny; pixel++)
                {
                    Assert.Equal(UltracamRunWriter.Word(1, start + 6 * pixel + 2 * ccd), left.RawRow(pixel / nx)[pixel % nx]);
                    Assert.Equal(UltracamRunWriter.Word(1, start + 6 * pixel + 2 * ccd + 1), right.RawRow(pixel / nx)[nx - 1 - pixel % nx]);
                }
            }

            start += 6 * nx * ny;
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    public void ULTRASPEC_windows_follow_each_other_up_to_the_first_without_a_size(int windows)
    {
        using var folder = new Folder();
        (int Nx, int Ny)[] sizes = [(20, 4), (9, 6), (33, 2), (5, 5)];
        var writer = new UltracamRunWriter("ccd201_winbin_cfg", sizes.Take(windows).Sum(size => size.Nx * size.Ny), isUltraspec: true);
        for (var i = 1; i <= 4; i++)
        {
            var (nx, ny) = i <= windows ? sizes[i - 1] : (0, 0);
            writer.Set($"X{i}_START", $"{100 * i}").Set($"Y{i}_START", $"{50 * i}").Set($"X{i}_SIZE", $"{nx}").Set($"Y{i}_SIZE", $"{ny}");
        }

        writer.Write(folder["run001"], 1);
        using var file = UltracamRunFile.Open(folder["run001"]);
        using var frame = file.ReadFrame(1);
        Assert.Equal(($"USPEC-{windows}", windows), (file.Run.ModeName, frame["1"].Windows.Count));
        var start = 0;
        for (var i = 0; i < windows; i++)
        {
            var (nx, ny) = sizes[i];
            var window = frame["1"].Windows[i];
            Assert.Equal(new WindowGeometry($"{i + 1}", 100 * (i + 1) - 16, 50 * (i + 1), nx, ny, 1, 1, "LL"), window.Geometry);
            for (var pixel = 0; pixel < nx * ny; pixel++)
                Assert.Equal(UltracamRunWriter.Word(1, start + pixel), window.RawRow(pixel / nx)[pixel % nx]);
            start += nx * ny;
        }
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    public void A_window_of_columns_without_light_is_empty(string output)
    {
        using var folder = new Folder();
        var writer = new UltracamRunWriter("ccd201_winbin_cfg", 16 * 3 + 5 * 2, isUltraspec: true).Set("OUTPUT", output)
            .Set("X1_START", "1").Set("Y1_START", "1").Set("X1_SIZE", "16").Set("Y1_SIZE", "3").Set("X2_START", "100").Set("Y2_START", "1").Set("X2_SIZE", "5").Set("Y2_SIZE", "2");
        writer.Write(folder["run001"], 1);
        using var file = UltracamRunFile.Open(folder["run001"]);
        using var frame = file.ReadFrame(1);
        Assert.Equal((0, 3), (frame["1"]["1"].Nx, frame["1"]["1"].Ny));
        Assert.Equal(UltracamRunWriter.Word(1, 48), frame["1"]["2"].RawRow(0)[output == "0" ? 0 : 4]);
    }

    [Fact]
    public void A_pair_without_rows_is_empty_and_the_next_one_follows()
    {
        using var folder = new Folder();
        var writer = new UltracamRunWriter("ap6_window2pair", 6 * 8 * 2);
        (int Nx, int Ny)[] sizes = [(8, 0), (8, 2)];
        for (var pair = 1; pair <= 2; pair++)
        {
            writer.Set($"X{pair}L_START", "10").Set($"X{pair}R_START", "600").Set($"Y{pair}_START", $"{100 * pair}")
                .Set($"X{pair}_SIZE", $"{sizes[pair - 1].Nx}").Set($"Y{pair}_SIZE", $"{sizes[pair - 1].Ny}");
        }

        writer.Write(folder["run001"], 1);
        using var file = UltracamRunFile.Open(folder["run001"]);
        using var frame = file.ReadFrame(1);
        Assert.Equal([0, 0, 2, 2], frame["2"].Windows.Select(window => window.Ny));
        Assert.Equal(UltracamRunWriter.Word(1, 2), frame["2"]["3"].RawRow(0)[0]);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    public void The_two_windows_of_ULTRASPEC_drift_share_each_row_which_avalanche_mirrors_as_a_whole(string output)
    {
        using var folder = new Folder();
        const int first = 30, second = 20, rows = 7;
        new UltracamRunWriter("ccd201_driftscan_cfg", (first + second) * rows, isUltraspec: true).Set("X_BIN_FAC", "2").Set("Y_BIN_FAC", "2").Set("OUTPUT", output)
            .Set("X1_START", "9").Set("X2_START", "500").Set("Y1_START", "3").Set("Y2_START", "77").Set("X1_SIZE", $"{first}").Set("X2_SIZE", $"{second}")
            .Set("Y1_SIZE", $"{rows}").Set("Y2_SIZE", "99").Write(folder["run001"], 1);
        using var file = UltracamRunFile.Open(folder["run001"]);
        using var frame = file.ReadFrame(1);
        var isMirrored = output == "1";
        // Columns 9 to 16 carry no light: four bins of the first window.
        WindowGeometry[] expected = isMirrored
            ? [new("1", 1074 - 9 - 2 * first, 3, first - 4, rows, 2, 2, "LR"), new("2", 1074 - 500 - 2 * second, 3, second, rows, 2, 2, "LR")]
            : [new("1", 1, 3, first - 4, rows, 2, 2, "LL"), new("2", 484, 3, second, rows, 2, 2, "LL")];
        Assert.Equal(expected, frame["1"].Windows.Select(window => window.Geometry));
        ushort Pixel(int x, int y) => UltracamRunWriter.Word(1, (first + second) * y + (isMirrored ? first + second - 1 - x : x));
        for (var y = 0; y < rows; y++)
        {
            Assert.Equal(Enumerable.Range(4, first - 4).Select(x => Pixel(x, y)), frame["1"]["1"].RawRow(y).ToArray());
            Assert.Equal(Enumerable.Range(first, second).Select(x => Pixel(x, y)), frame["1"]["2"].RawRow(y).ToArray());
        }
    }

    [Theory]
    [InlineData(false, 101, 603)]
    [InlineData(true, 103, 601)]
    public void The_oldest_runs_lose_the_pixel_read_first_and_the_switch_moves_the_other_window(bool correctTrim, int left, int right)
    {
        using var folder = new Folder();
        new UltracamRunWriter("ap5_window1pair", 6 * 16 * 3) { Revision = null, HeaderWords = 14 }.Set("X_BIN_FAC", "2").Set("X1L_START", "101").Set("X1R_START", "601")
            .Set("Y1_START", "201").Set("X1_SIZE", "32").Set("Y1_SIZE", "3").Write(folder["run001"], 1);
        using var file = UltracamRunFile.Open(folder["run001"], correctTrim);
        using var frame = file.ReadFrame(1);
        Assert.Equal(new WindowGeometry("1", left, 201, 15, 3, 2, 1, "LL"), frame["1"]["1"].Geometry);
        Assert.Equal(new WindowGeometry("2", right, 201, 15, 3, 2, 1, "LR"), frame["1"]["2"].Geometry);
        Assert.Equal(Enumerable.Range(1, 15).Select(x => UltracamRunWriter.Word(1, 6 * (16 + x))), frame["1"]["1"].RawRow(1).ToArray());
        Assert.Equal(Enumerable.Range(1, 15).Select(x => UltracamRunWriter.Word(1, 6 * (16 + 16 - x) + 1)), frame["1"]["2"].RawRow(1).ToArray());
    }
}
