using System.Reflection;
using System.Runtime.InteropServices;

namespace Alpaca.Astronomy.Erfa;

/// <summary>Finds the ERFA library by the name the system's linker knows it by.</summary>
internal static class ErfaLibrary
{
    public const string Name = "liberfa";

    private static readonly string[] Candidates = ["liberfa.so.1", "liberfa.1.dylib", "erfa.dll"];

    public static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) => name == Name ? Load(Candidates) : 0;

    /// <summary>Loads the first library that is there.</summary>
    /// <exception cref="DllNotFoundException">None is; the message says what to install.</exception>
    public static nint Load(IEnumerable<string> candidates)
    {
        foreach (var candidate in candidates)
            if (NativeLibrary.TryLoad(candidate, out var handle)) return handle;
        throw new DllNotFoundException(
            "The astronomy library ERFA (liberfa.so.1) is not installed. On Debian and Ubuntu: sudo apt install liberfa1");
    }
}
