using Microsoft.CodeAnalysis;

namespace Alpaca.Contract.Generator;

/// <summary>A C# type of the contract and what it is on the wire.</summary>
internal sealed class TypeModel
{
    public TypeModel(ITypeSymbol type)
    {
        Name = type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
        var element = type is INamedTypeSymbol { Name: "IReadOnlyList" } list ? list.TypeArguments[0] : null;
        Element = element?.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
        Wire = element is null ? Scalar(type) : List(element);
    }

    /// <summary>The full C# name.</summary>
    public string Name { get; }

    /// <summary>The full C# name of a list's element, or null.</summary>
    public string? Element { get; }

    /// <summary>The member of WireType. Generated code calls readers and writers by this name.</summary>
    public string Wire { get; }

    public bool IsEnumeration => Wire == "Enumeration";

    /// <summary>The type argument that readers of enumerations take, or nothing.</summary>
    public string Argument => Wire switch
    {
        "Enumeration" => "<" + Name + ">",
        "EnumerationList" => "<" + Element + ">",
        _ => string.Empty,
    };

    private static string Scalar(ITypeSymbol type) => type.TypeKind == TypeKind.Enum ? "Enumeration" : type.Name switch
    {
        "Boolean" => "Boolean",
        "Int32" => "Integer",
        "Double" => "Number",
        "String" => "String",
        "DateTimeOffset" => "DateTime",
        "ImageArray" => "ImageArray",
        var other => throw new System.NotSupportedException("The contract uses " + other + ", which has no form on the wire."),
    };

    private static string List(ITypeSymbol element) => element.TypeKind == TypeKind.Enum ? "EnumerationList" : element.Name switch
    {
        "String" => "StringList",
        "Int32" => "IntegerList",
        "AxisRate" => "AxisRateList",
        "StateValue" => "StateList",
        var other => throw new System.NotSupportedException("The contract uses a list of " + other + ", which has no form on the wire."),
    };
}
