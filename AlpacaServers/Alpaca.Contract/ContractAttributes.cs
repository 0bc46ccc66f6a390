namespace Alpaca.Contract;

/// <summary>Marks an interface as one ASCOM device type. Everything that depends on the list of members is generated from it.</summary>
/// <param name="deviceType">The type as URLs spell it: all lower case.</param>
[AttributeUsage(AttributeTargets.Interface)]
public sealed class AlpacaDeviceAttribute(string deviceType) : Attribute
{
    /// <summary>The type as URLs spell it, for example <c>focuser</c>.</summary>
    public string DeviceType { get; } = deviceType;

    /// <summary>The newest version of the ASCOM interface that this contract describes.</summary>
    public int InterfaceVersion { get; init; }
}

/// <summary>What every member attribute carries.</summary>
/// <param name="name">The ASCOM name where it differs from the C# name without "Async" (and, for a write, without "Set").</param>
public abstract class AlpacaMemberAttribute(string? name) : Attribute
{
    /// <summary>The ASCOM name in Pascal case, or null when it follows from the C# name. The route is this name in lower case.</summary>
    public string? Name { get; } = name;
}

/// <summary>A GET: reads a property, or asks a question that takes parameters in the query string.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class GetAttribute(string? name = null) : AlpacaMemberAttribute(name);

/// <summary>A PUT that writes a property; its one form field has the property's name.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SetAttribute(string? name = null) : AlpacaMemberAttribute(name);

/// <summary>A PUT that commands something; its form fields are the parameters' names in Pascal case.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PutAttribute(string? name = null) : AlpacaMemberAttribute(name);

/// <summary>The property belongs to the operational state that DeviceState returns in one reply.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class InDeviceStateAttribute : Attribute
{
    /// <summary>For a member that takes an id: the member that says how many ids there are. The state then has one value per id, named with it.</summary>
    public string? CountedBy { get; init; }
}

/// <summary>
/// The version of the interface that a member came with, for members that devices of an older version lack. A device can publish such a version: see the server's
/// <c>interface_version</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SinceAttribute(int version) : Attribute
{
    /// <summary>For members of all types: the version that each type got with ASCOM Platform 7, which is the newest of each.</summary>
    public const int Platform7 = int.MaxValue;

    /// <summary>The version, or <see cref="Platform7"/>.</summary>
    public int Version { get; } = version;
}

/// <summary>Why a member is here although the official API description does not list it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BeyondTheDescriptionAttribute(string reason) : Attribute
{
    /// <summary>The reason, for the reader and for the test that compares the two.</summary>
    public string Reason { get; } = reason;
}

/// <summary>Asks the generator for one of its products in this assembly.</summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class GenerateAlpacaAttribute(AlpacaProduct product) : Attribute
{
    /// <summary>The product asked for.</summary>
    public AlpacaProduct Product { get; } = product;
}

/// <summary>What the generator makes from the contract.</summary>
public enum AlpacaProduct
{
    /// <summary>The description of the API as data, DeviceState and the interface version: lives in the contract's own assembly.</summary>
    Description,

    /// <summary>The server's dispatch tables.</summary>
    Dispatch,

    /// <summary>The typed clients.</summary>
    Client,
}
