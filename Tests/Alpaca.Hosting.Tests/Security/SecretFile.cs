namespace Alpaca.Hosting.Tests.Security;

/// <summary>A file that only its owner can read, gone after the test.</summary>
internal sealed class SecretFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("alpaca-secret-");

    public SecretFile(string text)
    {
        Path = System.IO.Path.Combine(_folder.FullName, "credentials");
        File.WriteAllText(Path, text);
        File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    public string Path { get; }

    public void Dispose() => _folder.Delete(recursive: true);
}
