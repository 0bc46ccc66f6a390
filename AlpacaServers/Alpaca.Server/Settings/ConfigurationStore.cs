using System.Security.Cryptography;
using System.Text;

namespace Alpaca.Server;

/// <summary>The configuration file of a running server: what it said when it was last read, and saving it safely.</summary>
/// <param name="path">The file; it need not be there.</param>
internal sealed class ConfigurationStore(string path)
{
    private const string FirstLine = "# Configuration of alpaca-server. \"alpaca-server config schema\" describes every key, \"alpaca-server config check FILE\" checks the file.\n";

    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private string? _text = ReadOrNull(path);

    /// <summary>Where a server looks for its configuration that is not told where it is.</summary>
    public static string DefaultPath
    {
        get
        {
            var home = Environment.GetEnvironmentVariable("XDG_CONFIG_HOME");
            return System.IO.Path.Combine(
                string.IsNullOrEmpty(home) ? System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config") : home,
                "alpaca",
                "server.yaml");
        }
    }

    /// <summary>The file.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>True if the file is there.</summary>
    public bool Exists => _text is not null;

    /// <summary>What it said when it was last read or saved.</summary>
    public string Text => _text ?? FirstLine;

    /// <summary>Tells one state of the file from another.</summary>
    public string Revision => Convert.ToHexStringLower(SHA256.HashData(s_utf8.GetBytes(_text ?? "")))[..16];

    /// <summary>True if somebody else has changed, made or removed the file since.</summary>
    public bool IsChangedElsewhere => ReadOrNull(Path) != _text;

    /// <summary>The configuration as it was last read.</summary>
    /// <exception cref="ConfigurationException">It is wrong.</exception>
    public ServerConfiguration Configuration => _text is null ? new ServerConfiguration() : ConfigurationFile.Parse(Path, _text);

    /// <summary>Reads the file again. If it is wrong, what was read before stays.</summary>
    /// <exception cref="ConfigurationException">It is wrong.</exception>
    public ServerConfiguration Reload()
    {
        var text = ReadOrNull(Path);
        var configuration = text is null ? new ServerConfiguration() : ConfigurationFile.Parse(Path, text);
        _text = text;
        return configuration;
    }

    /// <summary>Saves a new text, whole or not at all, with the file's own permissions, after it has been read as strictly as at a start.</summary>
    /// <exception cref="ConfigurationException">The text is wrong, somebody else has changed the file, or it cannot be written. The file is as it was.</exception>
    public ServerConfiguration Save(string text)
    {
        var configuration = ConfigurationFile.Parse(Path, text);
        try
        {
            if (IsChangedElsewhere)
                throw new ConfigurationException($"{Path} was changed by somebody else since the server read it. Nothing was saved. Let the server read the file again, then make the change on what is there now.");
            Write(text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{Path} cannot be written: {e.Message} Nothing was saved. The server's user needs the right to write to the file and its folder.", e);
        }

        _text = text;
        return configuration;
    }

    private static string? ReadOrNull(string path)
    {
        try
        {
            return s_utf8.GetString(File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            throw new ConfigurationException($"{path} cannot be read: {e.Message}", e);
        }
    }

    private void Write(string text)
    {
        // A link stays a link: what it points to is replaced.
        var target = new FileInfo(Path).LinkTarget is null ? Path : File.ResolveLinkTarget(Path, returnFinalTarget: true)!.FullName;
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
        var temporary = $"{target}.new-{Environment.ProcessId}";
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = File.Exists(target) ? File.GetUnixFileMode(target) : UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using (var file = new FileStream(temporary, options))
            {
                file.Write(s_utf8.GetBytes(text));
                file.Flush(flushToDisk: true);
            }

            // The mode at creation is cut by the process's mask.
            if (!OperatingSystem.IsWindows() && File.Exists(target))
                File.SetUnixFileMode(temporary, File.GetUnixFileMode(target));
            File.Move(temporary, target, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
