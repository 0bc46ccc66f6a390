global using static Alpaca.Contract.NotImplementedMember;
using Alpaca.Contract;

[assembly: GenerateAlpaca(AlpacaProduct.Description)]
