using System.Runtime.CompilerServices;
using Alpaca.Contract;

[assembly: GenerateAlpaca(AlpacaProduct.Client)]
[assembly: InternalsVisibleTo("Alpaca.Client.Tests")]
