using System.IO.Compression;
using DataServices.Fits;

namespace DataServices.TelescopeOrg;

/// <summary>Whether a downloaded file is whole: FITS by its headers' geometry, zip by its directory and the CRC of every member.</summary>
internal static class FileCheck
{
    private const long MaxUnpacked = 4L << 30;

    /// <summary>Null when the file is whole, else what is wrong with it.</summary>
    public static string? Fault(string path, FileKind kind)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        return kind == FileKind.Zip ? ZipFault(file) : FitsStructure.Read(file).Fault;
    }

    private static string? ZipFault(Stream file)
    {
        try
        {
            using var archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            if (archive.Entries.Count == 0)
                return "the archive is empty";
            if (archive.Entries.Sum(entry => entry.Length) > MaxUnpacked)
                return "the archive unpacks to more than 4 GB";
            return archive.Entries.Select(MemberFault).FirstOrDefault(fault => fault is not null);
        }
        catch (InvalidDataException e)
        {
            return $"it is no whole zip archive ({e.Message})";
        }
    }

    private static string? MemberFault(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        var buffer = new byte[81920];
        var (crc, length) = (0u, 0L);
        for (int count; (count = stream.Read(buffer)) > 0;)
        {
            crc = Crc32.Append(crc, buffer.AsSpan(0, count));
            length += count;
            if (length > entry.Length)
                break;
        }

        return length == entry.Length && crc == entry.Crc32 ? null : $"the member {entry.FullName} does not agree with its length and CRC";
    }
}
