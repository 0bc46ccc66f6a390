using System.Globalization;
using Alpaca.Contract.Description;
using Microsoft.AspNetCore.Http;

namespace Alpaca.Hosting;

/// <summary>The one routing step: from the path's spans to the generated handler of a device's member, or to one of the few other pages.</summary>
internal sealed class RequestRouter(DeviceRegistry devices, ImageTraffic images, RequestGate gate, ManagementApi management, ObservationPages observation, SetupPages setup)
{
    private const string DeviceApi = "/api/v1/";

    /// <summary>Methods are compared to the letter: "put" is none, and not to be carried out by way of being generous.</summary>
    private const string Get = "GET";
    private const string Put = "PUT";

    public ValueTask RouteAsync(AlpacaExchange exchange)
    {
        gate.Admit(exchange);
        var path = exchange.Http.Request.Path.Value.AsSpan();
        if (path.StartsWith(DeviceApi, StringComparison.Ordinal))
            return RouteDeviceAsync(exchange, path[DeviceApi.Length..]);
        if (management.TryAnswer(exchange, path) || observation.TryAnswer(exchange, path))
            return default;
        if (setup.TryAnswer(exchange, path, out var page))
        {
            exchange.Page = PageKind.Setup;
            return page;
        }

        throw NotFound(
            $"There is nothing at {Shown(path)}. Devices are at {DeviceApi}<type>/<number>/<member>, this server's pages at /setup, its description at /openapi/v1.json.");
    }

    /// <summary>GET or 405.</summary>
    public static void RequireGet(HttpRequest request)
    {
        if (request.Method is not Get)
            throw WrongVerb(request.Method, "GET");
    }

    private static RequestRefusedException NotFound(string message) => new(StatusCodes.Status404NotFound, message);

    private static RequestRefusedException Malformed(string message) => new(StatusCodes.Status400BadRequest, message);

    private static RequestRefusedException WrongVerb(string method, string allowed) =>
        new(StatusCodes.Status405MethodNotAllowed, $"{method} does not work here; use {allowed.Replace(", ", " or ", StringComparison.Ordinal)}.") { Allow = allowed };

    private static string Shown(ReadOnlySpan<char> text)
    {
        const int Limit = 80;
        return text.Length <= Limit ? text.ToString() : string.Concat(text[..Limit], "...");
    }

    private ValueTask RouteDeviceAsync(AlpacaExchange exchange, ReadOnlySpan<char> path)
    {
        Span<Range> parts = stackalloc Range[4];
        if (path.Split(parts, '/') != 3)
            throw Malformed($"A device's member is at {DeviceApi}<type>/<number>/<member>, for example {DeviceApi}focuser/0/position.");
        var type = path[parts[0]];
        var member = path[parts[2]];
        var device = Find(type, path[parts[1]]);
        var handlers = device.Kind.Members(member);
        if (handlers is { Get: null, Put: null })
            throw NotFound($"A {type} has no member \"{Shown(member)}\".{CaseHint(member)}");

        if (!device.Has(handlers))
            throw NotFound($"{device.Name} is published with version {device.InterfaceVersion} of its interface, which has no member \"{member}\".");

        var request = exchange.Http.Request;
        exchange.Address(device, handlers);
        if (request.Method is Get && handlers.Get is { } get)
        {
            exchange.ReadQuery();
            devices.Hear(exchange.ClientID, device);
            if (device.InterfaceVersion is { } version && member is "interfaceversion")
                return exchange.ReplyIntegerAsync(new(version));
            return handlers.Returns is WireType.ImageArray ? images.RunAsync(get, device.Device, exchange) : get(device.Device, exchange);
        }

        if (request.Method is Put && handlers.Put is { } put)
            return PutAsync(exchange, device, put);
        throw WrongVerb(request.Method, handlers switch { { Put: null } => "GET", { Get: null } => "PUT", _ => "GET, PUT" });
    }

    private ValueTask PutAsync(AlpacaExchange exchange, RegisteredDevice device, MemberHandler put)
    {
        var form = FormBody.ReadAsync(exchange.Http.Request);
        return form.IsCompletedSuccessfully ? Go(form.Result) : Awaited(form);

        ValueTask Go(string text)
        {
            exchange.ReadForm(text);
            devices.Hear(exchange.ClientID, device);
            return put(device.Device, exchange);
        }

        async ValueTask Awaited(ValueTask<string> pending) => await Go(await pending);
    }

    private RegisteredDevice Find(ReadOnlySpan<char> type, ReadOnlySpan<char> number)
    {
        if (uint.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) && devices.Find(type, parsed) is { } device)
            return device;
        if (Dispatch.FindKind(type) is null)
            throw NotFound($"There is no device type \"{Shown(type)}\".{CaseHint(type)}");
        throw number.IsEmpty || number.ContainsAnyExceptInRange('0', '9')
            ? Malformed($"\"{Shown(number)}\" is not a device number: devices are numbered from 0.")
            : NotFound($"This server has no {type} {Shown(number)}. /management/v1/configureddevices lists what it has.");
    }

    private static string CaseHint(ReadOnlySpan<char> name) =>
        name.ContainsAnyInRange('A', 'Z') ? " Paths are all lower case." : string.Empty;
}
