using System.Reflection;
using Alpaca.Contract;

namespace Alpaca.Client.Tests;

/// <summary>A device of any type that notes how each member was called and answers what the test wants.</summary>
public class RecordingDevice : DispatchProxy
{
    public List<string> Calls { get; } = [];

    public List<object?[]> Arguments { get; } = [];

    /// <summary>What the next call returns.</summary>
    public object? Answer { get; set; }

    public Exception? Failure { get; set; }

    public static (IAlpacaDevice Device, RecordingDevice Record) Create(Type deviceInterface)
    {
        var device = (IAlpacaDevice)DispatchProxy.Create(deviceInterface, typeof(RecordingDevice));
        return (device, (RecordingDevice)(object)device);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        Calls.Add(targetMethod!.Name);
        Arguments.Add(args!);
        if (Failure is not null)
            throw Failure;
        if (targetMethod.ReturnType == typeof(ValueTask))
            return default(ValueTask);
        return Activator.CreateInstance(targetMethod.ReturnType, Answer);
    }
}
