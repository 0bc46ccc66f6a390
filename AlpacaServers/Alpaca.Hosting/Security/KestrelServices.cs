using Microsoft.Extensions.Logging;

namespace Alpaca.Hosting;

/// <summary>The one service that Kestrel's TLS asks for; there is no container.</summary>
internal sealed class KestrelServices(ILoggerFactory loggers) : IServiceProvider
{
    public object? GetService(Type serviceType) => serviceType == typeof(ILoggerFactory) ? loggers : null;
}
