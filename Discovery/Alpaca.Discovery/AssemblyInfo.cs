using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Alpaca.Discovery.Tests")]
