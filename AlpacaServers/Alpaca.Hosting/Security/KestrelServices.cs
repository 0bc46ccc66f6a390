using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Alpaca.Hosting;

/// <summary>
/// The services that Kestrel's TLS takes from the framework's container. Plain HTTP needs none of them and starts faster without, so the container is made for TLS only,
/// and nothing in it is ever started.
/// </summary>
internal static class KestrelServices
{
    public static IHost Create(ILoggerFactory loggers) => new HostBuilder()
        .ConfigureWebHost(web => web.UseKestrelCore().Configure(_ => { }))
        .ConfigureServices(services => services.AddSingleton(loggers))
        .Build();
}
