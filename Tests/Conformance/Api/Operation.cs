namespace Conformance.Api;

/// <summary>What a value is on the wire.</summary>
public enum ValueKind
{
    Boolean,
    Integer,
    Number,
    String,

    /// <summary>A string with a UTC time in ISO 8601 form.</summary>
    DateTime,
    StringList,
    IntegerList,
    ObjectList,

    /// <summary>Nested arrays of numbers, or ImageBytes.</summary>
    Image,
}

/// <summary>One parameter of an operation, besides the client's ids.</summary>
/// <param name="Name">As a form must spell it.</param>
/// <param name="Kind">What its value is.</param>
public sealed record Parameter(string Name, ValueKind Kind);

/// <summary>One verb of one member of one device type, as the official API description has it.</summary>
/// <param name="Verb">GET or PUT.</param>
/// <param name="DeviceType">As URLs spell it.</param>
/// <param name="Member">As URLs spell it.</param>
/// <param name="Parameters">Without ClientID and ClientTransactionID, which every operation takes.</param>
/// <param name="Returns">What Value is; null if the reply has none.</param>
/// <param name="IsCommon">Whether every device type has it.</param>
public sealed record Operation(string Verb, string DeviceType, string Member, IReadOnlyList<Parameter> Parameters, ValueKind? Returns, bool IsCommon)
{
    public bool IsGet => Verb == "GET";

    public override string ToString() => $"{Verb} {Member}";
}
