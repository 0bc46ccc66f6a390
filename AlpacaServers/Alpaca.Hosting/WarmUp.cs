using System.Reflection;
using System.Runtime.CompilerServices;
using Alpaca.Contract;
using Microsoft.Extensions.Logging;

namespace Alpaca.Hosting;

/// <summary>
/// Has the code behind every member of the published devices compiled before somebody asks for it: the first call of a member would otherwise wait for the compiler,
/// several tenths of a second on a small computer. Runs beside the first requests and touches no device.
/// </summary>
internal static class WarmUp
{
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>Leaves the first moments to the first answers.</summary>
    private static readonly TimeSpan s_delay = TimeSpan.FromMilliseconds(500);

    /// <summary>Prepares the drivers and what stands between them and the socket.</summary>
    /// <param name="devices">What is published.</param>
    /// <param name="log">Where a driver whose code cannot be prepared is named; it may still work.</param>
    /// <param name="cancel">The server stops.</param>
    /// <returns>How many methods were compiled.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<RegisteredDevice> devices, ILogger log, CancellationToken cancel)
    {
        var count = 0;
        try
        {
            await Task.Delay(s_delay, TimeProvider.System, cancel);
            foreach (var type in Types(devices))
            {
                count += Prepare(type, log);
                cancel.ThrowIfCancellationRequested();
                await Task.Yield();
            }
        }
        catch (OperationCanceledException)
        {
            // The server was stopped before it was warm.
        }

        return count;
    }

    private static HashSet<Type> Types(IReadOnlyList<RegisteredDevice> devices)
    {
        var types = new HashSet<Type> { typeof(AlpacaExchange), typeof(JsonReply), typeof(RequestRouter), typeof(RequestParameters) };
        foreach (var device in devices)
        {
            types.Add(device.Kind.Members.Method.DeclaringType!);
            for (var type = device.Device.GetType(); type is not null && type != typeof(object); type = type.BaseType)
                types.Add(type);
            types.UnionWith(device.Device.GetType().GetInterfaces().Where(i => i.IsAssignableTo(typeof(IAlpacaDevice))));
        }

        foreach (var type in types.ToArray())
        {
            // The bodies of asynchronous members and of lambdas.
            types.UnionWith(type.GetNestedTypes(BindingFlags.Public | BindingFlags.NonPublic).Where(t => t.IsDefined(typeof(CompilerGeneratedAttribute))));
        }

        return types;
    }

    private static int Prepare(Type type, ILogger log)
    {
        if (type.ContainsGenericParameters)
            return 0;
        var count = 0;
        try
        {
            foreach (var method in type.GetMethods(Declared))
            {
                if (method.IsAbstract || method.ContainsGenericParameters || method.GetMethodBody() is null)
                    continue;
                RuntimeHelpers.PrepareMethod(method.MethodHandle);
                count++;
            }
        }
        catch (Exception e) when (e is TypeLoadException or FileNotFoundException or BadImageFormatException or InvalidProgramException)
        {
            log.LogWarning(e, "Part of {Type} cannot be prepared; its first use will say more.", type.FullName);
        }

        return count;
    }
}
