namespace Alpaca.Contract.Description;

/// <summary>The whole device API as data, generated from the interfaces: what the OpenAPI document and the conformance tests read.</summary>
public static partial class ApiDescription
{
    /// <summary>The members every device has.</summary>
    public static DeviceDescription Common { get; } = CreateCommon();

    /// <summary>The device types, by name.</summary>
    public static IReadOnlyList<DeviceDescription> Devices { get; } = CreateDevices();
}

/// <summary>One device type.</summary>
/// <param name="DeviceType">As URLs spell it; <c>{device_type}</c> for the common members.</param>
/// <param name="InterfaceVersion">The newest version of the ASCOM interface in the contract; 0 for the common members.</param>
/// <param name="Summary">What it is, in a sentence.</param>
/// <param name="Members">Its members in the order of the interface.</param>
public sealed record DeviceDescription(string DeviceType, int InterfaceVersion, string Summary, IReadOnlyList<MemberDescription> Members);

/// <summary>One member: a route and a verb.</summary>
/// <param name="Name">ASCOM name in Pascal case.</param>
/// <param name="Verb">GET or PUT.</param>
/// <param name="Parameters">In the order of the interface.</param>
/// <param name="Returns">The type of Value, or null if there is none.</param>
/// <param name="InDeviceState">Whether DeviceState carries it.</param>
/// <param name="Summary">From the interface's documentation.</param>
/// <param name="BeyondTheDescription">Why it is here although the official description lacks it, or null.</param>
/// <param name="Enumeration">If Value is an enumeration or a list of one, the type whose members are its values.</param>
public sealed record MemberDescription(
    string Name,
    string Verb,
    IReadOnlyList<ParameterDescription> Parameters,
    WireType? Returns,
    bool InDeviceState,
    string Summary,
    string? BeyondTheDescription,
    Type? Enumeration = null)
{
    /// <summary>The last part of the URL.</summary>
    public string Route { get; } = Name.ToLowerInvariant();
}

/// <summary>One parameter of a member.</summary>
/// <param name="Name">As forms spell it: case matters there.</param>
/// <param name="Type">Its type on the wire.</param>
/// <param name="Summary">From the interface's documentation.</param>
/// <param name="Enumeration">Of an enumeration, the type whose members are its values.</param>
public sealed record ParameterDescription(string Name, WireType Type, string Summary, Type? Enumeration = null);

/// <summary>A type as JSON knows it.</summary>
public enum WireType
{
    Boolean,
    Integer,
    Number,
    String,
    DateTime,
    Enumeration,
    StringList,
    IntegerList,
    EnumerationList,
    AxisRateList,
    StateList,
    ImageArray,
}
