using Microsoft.CodeAnalysis;

namespace Alpaca.Contract.Generator;

/// <summary>One member of a device: a C# method and its place on the wire.</summary>
internal sealed class MemberModel
{
    private MemberModel(IMethodSymbol method, AttributeData attribute, string kind)
    {
        MethodName = method.Name;
        IsRead = kind == "GetAttribute";
        Name = (string?)attribute.ConstructorArguments[0].Value ?? NameOf(method.Name, kind == "SetAttribute");
        Summary = Documentation.Summary(method);
        var result = (INamedTypeSymbol)method.ReturnType;
        Returns = result.TypeArguments.Length == 1 ? new TypeModel(result.TypeArguments[0]) : null;
        Parameters = method.Parameters
            .Where(p => p.Type.Name != "CancellationToken")
            .Select(p => new ParameterModel(p, kind == "SetAttribute" ? Name : Pascal(p.Name), Documentation.Parameter(method, p.Name)))
            .ToList();
        var state = Find(method, "InDeviceStateAttribute");
        InDeviceState = state is not null;
        CountedBy = (string?)state?.NamedArguments.FirstOrDefault(a => a.Key == "CountedBy").Value.Value;
        Since = (int?)Find(method, "SinceAttribute")?.ConstructorArguments[0].Value ?? 1;
        BeyondTheDescription = (string?)Find(method, "BeyondTheDescriptionAttribute")?.ConstructorArguments[0].Value;
    }

    public string MethodName { get; }

    /// <summary>ASCOM name in Pascal case.</summary>
    public string Name { get; }

    public string Route => Name.ToLowerInvariant();

    public bool IsRead { get; }

    public string Verb => IsRead ? "GET" : "PUT";

    public string Summary { get; }

    public TypeModel? Returns { get; }

    public IReadOnlyList<ParameterModel> Parameters { get; }

    public bool InDeviceState { get; }

    public string? CountedBy { get; }

    /// <summary>The version of the interface it came with.</summary>
    public int Since { get; }

    public string? BeyondTheDescription { get; }

    public static MemberModel? TryRead(IMethodSymbol method)
    {
        var attribute = method.GetAttributes().FirstOrDefault(a => a.AttributeClass?.BaseType?.Name == "AlpacaMemberAttribute");
        return attribute is null ? null : new MemberModel(method, attribute, attribute.AttributeClass!.Name);
    }

    private static AttributeData? Find(IMethodSymbol method, string attribute) =>
        method.GetAttributes().FirstOrDefault(a => a.AttributeClass?.Name == attribute);

    private static string NameOf(string methodName, bool isWrite)
    {
        var name = methodName.EndsWith("Async", System.StringComparison.Ordinal) ? methodName.Substring(0, methodName.Length - 5) : methodName;
        return isWrite ? name.Substring("Set".Length) : name;
    }

    private static string Pascal(string camel) => char.ToUpperInvariant(camel[0]) + camel.Substring(1);
}

/// <summary>One parameter of a member.</summary>
internal sealed class ParameterModel(IParameterSymbol parameter, string wireName, string summary)
{
    public string Name { get; } = parameter.Name;

    public string WireName { get; } = wireName;

    public TypeModel Type { get; } = new(parameter.Type);

    public string Summary { get; } = summary;
}
