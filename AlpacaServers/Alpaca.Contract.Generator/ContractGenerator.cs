using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Alpaca.Contract.Generator;

/// <summary>
/// Turns the interfaces marked with AlpacaDevice into everything that would otherwise be a second list of members.
/// Which product an assembly gets, it says itself with the GenerateAlpaca attribute.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class ContractGenerator : IIncrementalGenerator
{
    private const int Description = 0;
    private const int Dispatch = 1;
    private const int Client = 2;

    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var sources = context.CompilationProvider.SelectMany(static (compilation, _) => Generate(compilation));
        context.RegisterSourceOutput(sources, static (output, source) =>
            output.AddSource(source.FileName, SourceText.From(source.Text, Encoding.UTF8)));
    }

    private static ImmutableArray<GeneratedSource> Generate(Compilation compilation)
    {
        var products = compilation.Assembly.GetAttributes()
            .Where(a => a.AttributeClass?.Name == "GenerateAlpacaAttribute")
            .Select(a => (int)a.ConstructorArguments[0].Value!)
            .ToList();
        if (products.Count == 0)
            return ImmutableArray<GeneratedSource>.Empty;

        var contract = ContractModel.Read(compilation);
        var sources = ImmutableArray.CreateBuilder<GeneratedSource>();
        foreach (var product in products)
        {
            switch (product)
            {
                case Description:
                    sources.Add(new GeneratedSource("ApiDescription.g.cs", DescriptionWriter.Write(contract)));
                    sources.AddRange(contract.Devices.Select(d => new GeneratedSource(d.InterfaceName + ".State.g.cs", DeviceStateWriter.Write(d))));
                    break;
                case Dispatch:
                    sources.Add(new GeneratedSource("Dispatch.g.cs", DispatchWriter.Write(contract)));
                    break;
                case Client:
                    sources.Add(new GeneratedSource("DeviceClient.g.cs", ClientWriter.WriteCommon(contract)));
                    sources.AddRange(contract.Devices.Select(d => new GeneratedSource(d.ClassName + "Client.g.cs", ClientWriter.Write(d))));
                    break;
                default:
                    break;
            }
        }

        return sources.ToImmutable();
    }
}
