using System.Reflection;
using System.Runtime.Loader;
using DataServices.Hipercam;

namespace DataServices.App.Hipercam;

/// <summary>
/// Instruments that are not built in: every assembly in the folder that ALPACA_INSTRUMENTS names is loaded, and every public
/// <see cref="IInstrument"/> in it that can be made without arguments is known by its name.
/// </summary>
internal static class InstrumentFolder
{
    public const string Variable = "ALPACA_INSTRUMENTS";

    public static IReadOnlyList<IInstrument> Load()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } folder)
            return [];
        if (!Directory.Exists(folder))
            throw new RunNotFoundException($"{Variable}: there is no folder {folder}.");
        return [.. Directory.EnumerateFiles(Path.GetFullPath(folder), "*.dll").Order(StringComparer.Ordinal).SelectMany(Load)];
    }

    private static IEnumerable<IInstrument> Load(string path)
    {
        try
        {
            var types = new PlugIn(path).LoadFromAssemblyPath(path).GetExportedTypes();
            return types.Where(type => type is { IsAbstract: false, IsClass: true } && type.IsAssignableTo(typeof(IInstrument)) && type.GetConstructor(Type.EmptyTypes) is not null)
                .Select(type => (IInstrument)Activator.CreateInstance(type)!).ToList();
        }
        catch (Exception error) when (error is BadImageFormatException or IOException or TypeLoadException or TargetInvocationException)
        {
            throw new RunException($"{path}: cannot be used as an instrument: {(error.InnerException ?? error).Message}", error);
        }
    }

    // What this program has too is shared with it: an instrument must see the same IInstrument. The rest comes from beside the plug-in.
    private sealed class PlugIn(string path) : AssemblyLoadContext(Path.GetFileNameWithoutExtension(path))
    {
        private readonly AssemblyDependencyResolver _resolver = new(path);

        protected override Assembly? Load(AssemblyName assemblyName)
        {
            if (File.Exists(Path.Combine(AppContext.BaseDirectory, assemblyName.Name + ".dll")))
                return null;
            return _resolver.ResolveAssemblyToPath(assemblyName) is { } found ? LoadFromAssemblyPath(found) : null;
        }
    }
}
