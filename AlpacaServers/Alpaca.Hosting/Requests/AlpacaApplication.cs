using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Abstractions;
using Microsoft.AspNetCore.Http.Features;

namespace Alpaca.Hosting;

/// <summary>What Kestrel calls for each request. It sits on the server directly, with no middleware in between.</summary>
internal sealed class AlpacaApplication(RequestRouter router, AlpacaHostOptions options, ServerMeter meter, CancellationToken stopping) : IHttpApplication<AlpacaExchange>
{
    private uint _transactions;

    public AlpacaExchange CreateContext(IFeatureCollection contextFeatures)
    {
        // Kestrel keeps one slot per connection for the application's context: what makes requests free of allocations.
        var container = contextFeatures as IHostContextContainer<AlpacaExchange>;
        var exchange = container?.HostContext;
        if (exchange is null)
        {
            exchange = new AlpacaExchange(options, meter, stopping);
            if (container is not null)
                container.HostContext = exchange;
        }

        exchange.Begin(contextFeatures, NextTransaction());
        return exchange;
    }

    public Task ProcessRequestAsync(AlpacaExchange context)
    {
        try
        {
            var pending = router.RouteAsync(context);
            if (pending.IsCompletedSuccessfully)
                return Task.CompletedTask;
            return Awaited(pending, context);
        }
        catch (Exception e)
        {
            context.Fail(e);
            return Task.CompletedTask;
        }

        static async Task Awaited(ValueTask pending, AlpacaExchange exchange)
        {
            try
            {
                await pending;
            }
            catch (Exception e)
            {
                exchange.Fail(e);
            }
        }
    }

    public void DisposeContext(AlpacaExchange context, Exception? exception) => context.End();

    private uint NextTransaction()
    {
        uint number;
        do
            number = Interlocked.Increment(ref _transactions);
        while (number == 0);
        return number;
    }
}
