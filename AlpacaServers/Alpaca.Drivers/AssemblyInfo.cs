using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Alpaca.Drivers.Tests")]
