namespace DataServices.Fits;

/// <summary>How solve-field ended.</summary>
/// <param name="SolutionPath">The file with the solution, or null when it found none.</param>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="LastWords">The end of what it wrote to standard error.</param>
public sealed record SolveFieldResult(string? SolutionPath, int ExitCode, string LastWords)
{
    /// <summary>The header with the world coordinates; null when there is no solution. Blocks while it reads.</summary>
    /// <exception cref="FitsException">The solution cannot be read.</exception>
    public FitsHeader? ReadHeader()
    {
        if (SolutionPath is null)
            return null;
        using var file = FitsFile.Open(SolutionPath);
        for (var hdu = 0; hdu < file.HduCount; hdu++)
        {
            var header = file.ReadHeader(hdu);
            if (header.Text("CTYPE1") is not null)
                return header;
        }

        return null;
    }
}
