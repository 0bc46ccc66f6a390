using System.Collections.Concurrent;
using DataServices.Fits;

namespace DataServices.TelescopeOrg;

/// <summary>
/// The files of jobs as the original lays them out: <c>root/3/6/369256.fits</c>. A file appears whole and checked or not at all; one task of one
/// process fetches it while all others wait; what a killed process left is removed.
/// </summary>
internal sealed class JobCache(TelescopeOrgOptions options, TimeProvider clock)
{
    private static readonly TimeSpan _lockPoll = TimeSpan.FromMilliseconds(200);
    private readonly string _root = Path.GetFullPath(options.CacheDirectory);

    // Size and time of the files that were found whole: checked at first use, and again when they change.
    private readonly ConcurrentDictionary<string, (long Length, DateTime Written)> _whole = new();

    /// <summary>Where a job's file is kept. (The second directory of a one-digit job is ".", which is the first again.)</summary>
    public string PathOf(int jobId, FileKind kind)
    {
        var file = FileName(jobId, kind);
        return Path.Combine(_root, file[..1], file[1..2], file);
    }

    public static string FileName(int jobId, FileKind kind) => $"{jobId}.{(kind == FileKind.Zip ? "zip" : "fits")}";

    /// <summary>The file, from the cache or by <paramref name="fetch"/>, which writes it to the name it is given.</summary>
    public async Task<string> GetAsync(int jobId, FileKind kind, Func<string, CancellationToken, Task> fetch, CancellationToken cancel)
    {
        var path = Path.GetFullPath(PathOf(jobId, kind));
        if (IsWhole(path, kind))
            return Used(path);

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using var turn = await LockAsync(path, cancel);
        if (IsWhole(path, kind))
            return Used(path);
        RemoveDamaged(path, kind);
        // Whoever holds the lock is the only one who writes, so every partial file is an orphan.
        foreach (var pattern in new[] { $"{Path.GetFileName(path)}.part-*", $".{Path.GetFileName(path)}.*.tmp" })
        {
            foreach (var orphan in Directory.EnumerateFiles(Path.GetDirectoryName(path)!, pattern))
                File.Delete(orphan);
        }

        var part = $"{path}.part-{Guid.NewGuid():N}";
        try
        {
            await fetch(part, cancel);
            AtomicFile.Write(path, temporary => File.Move(part, temporary), overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }

        Remember(path);
        KeepBound(path);
        return Used(path);
    }

    private bool IsWhole(string path, FileKind kind)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
            return false;
        if (_whole.TryGetValue(path, out var known) && known == (file.Length, file.LastWriteTimeUtc))
            return true;
        if (FileCheck.Fault(path, kind) is not null)
            return false;
        Remember(path);
        return true;
    }

    private void RemoveDamaged(string path, FileKind kind)
    {
        if (!File.Exists(path))
            return;
        options.Warn?.Invoke($"{path} was damaged ({FileCheck.Fault(path, kind)}) and is fetched again.");
        File.Delete(path);
    }

    private void Remember(string path)
    {
        var file = new FileInfo(path);
        _whole[path] = (file.Length, file.LastWriteTimeUtc);
    }

    private string Used(string path)
    {
        try
        {
            File.SetLastAccessTimeUtc(path, clock.GetUtcNow().UtcDateTime);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            // A cache shared read-only serves as well; only its order of removal does not learn of this use.
        }

        return path;
    }

    // Another process of ours is shut out by the file's lock, another task by a second handle on it. The lock ends with the process.
    private async Task<FileStream> LockAsync(string path, CancellationToken cancel)
    {
        var directory = Path.Combine(_root, ".locks");
        Directory.CreateDirectory(directory);
        var name = Path.Combine(directory, Path.GetFileName(path) + ".lock");
        while (true)
        {
            try
            {
                return new FileStream(name, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
            }
            catch (IOException e) when (e is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException))
            {
                cancel.ThrowIfCancellationRequested();
            }

            await Task.Delay(_lockPoll, clock, cancel);
        }
    }

    private void KeepBound(string keep)
    {
        if (options.MaxCacheBytes is not { } bound)
            return;
        var files = new DirectoryInfo(_root).EnumerateFiles("*", SearchOption.AllDirectories).Where(file => file.Extension is ".fits" or ".zip").ToList();
        var total = files.Sum(file => file.Length);
        foreach (var file in files.Where(file => file.FullName != keep).OrderBy(file => file.LastAccessTimeUtc))
        {
            if (total <= bound)
                return;
            total -= file.Length;
            // A reader that has it open keeps its bytes.
            file.Delete();
            _whole.TryRemove(file.FullName, out _);
        }
    }
}
