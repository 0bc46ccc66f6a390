using System.Reflection;
using Alpaca.Contract;

namespace Alpaca.Client;

/// <summary>Makes the typed clients.</summary>
public static partial class DeviceClients
{
    /// <summary>A client of a device that a server lists.</summary>
    /// <returns>An implementation of the device type's interface, for example <see cref="IFocuser"/>.</returns>
    /// <exception cref="NotSupportedException">The standard has no such device type.</exception>
    public static IAlpacaDevice Create(ConfiguredDevice device, AlpacaConnection connection)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(connection);
        return Create(device.DeviceType.ToLowerInvariant(), device.Number, connection)
            ?? throw new NotSupportedException($"{device.Name} at {connection.BaseAddress} has the type {device.DeviceType}, which this version does not know.");
    }

    /// <summary>A client of a device whose type and number are known.</summary>
    /// <typeparam name="T">The device type's interface, for example <see cref="IFocuser"/>.</typeparam>
    public static T Create<T>(AlpacaConnection connection, int number = 0)
        where T : class, IAlpacaDevice
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        return (T)(object)Create(TypeOf<T>(), number, connection)!;
    }

    /// <summary>A client of a server's device of one type: the only one, or the one with this name or unique ID.</summary>
    /// <typeparam name="T">The device type's interface, for example <see cref="IFocuser"/>.</typeparam>
    /// <exception cref="InvalidOperationException">There is none, or more than one; the message lists those there are.</exception>
    public static async ValueTask<T> CreateAsync<T>(AlpacaConnection connection, string? nameOrUniqueID = null, CancellationToken cancel = default)
        where T : class, IAlpacaDevice
    {
        var server = await AlpacaServer.ReadAsync(connection, cancel);
        var type = TypeOf<T>();
        var candidates = server.Devices.Where(d => d.DeviceType == type).ToList();
        var chosen = candidates.Where(d => nameOrUniqueID is null || d.UniqueID == nameOrUniqueID || d.Name == nameOrUniqueID).ToList();
        if (chosen.Count != 1)
        {
            var there = candidates.Count == 0 ? "none" : string.Join(", ", candidates.Select(d => $"{d.Number} \"{d.Name}\" ({d.UniqueID})"));
            throw new InvalidOperationException(
                $"{server.Name} at {connection.BaseAddress} should have one {type}{(nameOrUniqueID is null ? string.Empty : $" called \"{nameOrUniqueID}\"")}; " +
                $"it has: {there}. Name one of them in the configuration.");
        }

        return Create<T>(connection, chosen[0].Number);
    }

    private static string TypeOf<T>() => typeof(T).GetCustomAttribute<AlpacaDeviceAttribute>()?.DeviceType
        ?? throw new ArgumentException($"{typeof(T).Name} is not the interface of a device type.");
}
