namespace DataServices.Fits;

/// <summary>Files that appear whole or not at all, and stay after a power cut: temporary name, fsync, rename, fsync of the directory.</summary>
public static class AtomicFile
{
    /// <summary>Writes <paramref name="path"/> through a temporary file beside it. When anything fails the temporary file is removed.</summary>
    /// <param name="path">The final name. Its directory must exist.</param>
    /// <param name="write">Creates and completes the file whose name it is given.</param>
    /// <param name="overwrite">Whether a file of that name may be replaced; otherwise it is an error and stays as it is.</param>
    /// <exception cref="IOException">The file could not be written; the message names it.</exception>
    public static void Write(string path, Action<string> write, bool overwrite = false)
    {
        ArgumentNullException.ThrowIfNull(write);
        path = Path.GetFullPath(path);
        var directory = Path.GetDirectoryName(path) ?? throw new IOException($"{path}: is a directory, not a file name.");
        if (!Directory.Exists(directory))
            throw new DirectoryNotFoundException($"{path}: the directory {directory} does not exist.");
        RefuseExisting(path, overwrite);

        // A leading dot and the suffix keep the unfinished file out of every "*.fits".
        var temporary = Durable.TemporaryName(path);
        try
        {
            write(temporary);
            Durable.Sync(temporary);
            RefuseExisting(path, overwrite);
            File.Move(temporary, path, overwrite);
            Durable.SyncDirectory(directory);
        }
        catch (Exception error)
        {
            TryDelete(temporary);
            if (error is IOException or UnauthorizedAccessException && !error.Message.Contains(path, StringComparison.Ordinal))
                throw new IOException($"{path}: cannot be written: {error.Message}", error);
            throw;
        }
    }

    private static void RefuseExisting(string path, bool overwrite)
    {
        if (!overwrite && File.Exists(path))
            throw new IOException($"{path}: exists already and is not overwritten. Remove it or choose another name.");
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The first error is the one that matters and is on its way; a left-over is hidden and named as temporary.
        }
    }
}
