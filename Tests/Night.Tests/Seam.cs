using System.Reflection;

namespace Night.Tests;

/// <summary>Stands between sequencer and a device: sees every call, and answers some of them in the device's place.</summary>
internal static class Seam
{
    /// <param name="device">The device behind the seam.</param>
    /// <param name="answer">Gets the member's name and its arguments; what it returns goes back in place of the device's answer, null lets the call through.</param>
    public static T On<T>(T device, Func<string, object?[], object?> answer)
        where T : class
    {
        var proxy = DispatchProxy.Create<T, SeamProxy>();
        var seam = (SeamProxy)(object)proxy;
        (seam.Device, seam.Answer) = (device, answer);
        return proxy;
    }
}

/// <summary>An interface proxy, so that no member can be forgotten.</summary>
public class SeamProxy : DispatchProxy
{
    internal object Device { get; set; } = null!;

    internal Func<string, object?[], object?> Answer { get; set; } = null!;

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        Answer(targetMethod!.Name, args ?? []) ?? targetMethod.Invoke(Device, BindingFlags.DoNotWrapExceptions, null, args, null);
}
