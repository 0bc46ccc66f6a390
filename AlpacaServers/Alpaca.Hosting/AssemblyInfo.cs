using Alpaca.Contract;

[assembly: GenerateAlpaca(AlpacaProduct.Dispatch)]
