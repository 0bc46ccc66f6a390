using System.Collections.Concurrent;
using System.Reflection;
using Alpaca.Contract;

namespace Conformance.Tests;

/// <summary>
/// A device of any type that notes each call and answers with a value of the member's type: what shows that a request reached the right member with the right arguments,
/// for all members of all types alike.
/// </summary>
public class RecordingDevice : DispatchProxy
{
    private readonly ConcurrentQueue<RecordedCall> _calls = [];

    public static IAlpacaDevice Create(Type contract) => (IAlpacaDevice)Create(contract, typeof(RecordingDevice));

    /// <summary>The calls since the last time this was asked.</summary>
    public static IReadOnlyList<RecordedCall> Taken(IAlpacaDevice device)
    {
        var calls = new List<RecordedCall>();
        while (((RecordingDevice)(object)device)._calls.TryDequeue(out var call))
            calls.Add(call);
        return calls;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        _calls.Enqueue(new RecordedCall(targetMethod!.Name, [.. args!.Where(a => a is not CancellationToken)]));
        var result = targetMethod.ReturnType;
        if (result == typeof(ValueTask))
            return default(ValueTask);
        var value = Sample(result.GetGenericArguments()[0]);
        return Activator.CreateInstance(result, value);
    }

    private static object Sample(Type type) =>
        type == typeof(bool) ? true
        : type == typeof(int) ? 42
        : type == typeof(double) ? 1.25
        : type == typeof(string) ? "text"
        : type == typeof(DateTimeOffset) ? new DateTimeOffset(2026, 11, 21, 6, 18, 47, TimeSpan.Zero)
        : type == typeof(ImageArray) ? ImageArray.CopyOf<int>([1, 2], 2, 1)
        : type == typeof(IReadOnlyList<string>) ? new[] { "text" }
        : type == typeof(IReadOnlyList<int>) ? new[] { 42 }
        : type == typeof(IReadOnlyList<AxisRate>) ? new[] { new AxisRate(0, 1.25) }
        : type == typeof(IReadOnlyList<StateValue>) ? new[] { new StateValue("Slewing", true) }
        : type == typeof(IReadOnlyList<DriveRate>) ? new[] { DriveRate.King }
        : type.IsEnum ? Enum.GetValues(type).GetValue(1)!
        : throw new NotSupportedException($"No sample of {type}.");
}

/// <summary>One call of a device's member.</summary>
/// <param name="Method">The C# name.</param>
/// <param name="Arguments">Without the cancellation token.</param>
public sealed record RecordedCall(string Method, IReadOnlyList<object?> Arguments);
